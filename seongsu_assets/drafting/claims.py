"""What must be true of a drafted domain's data, as code: what its nature forbids, generously.
The claims are examined elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from seongsu_assets.drafting.draft import Draft
from seongsu_assets.drafting.python import call, literal, plain, quoted

BETWEEN, IN_SET = "BETWEEN", quoted("ExpectColumnValuesToBeInSet")
IMPORT = "from seongsu_assets.domain import Expectation"


@dataclass(frozen=True)
class Claim:
    """One claim as an argument each: `word` is code, `seen` a comment beside the bounds."""

    name: str
    frame: str
    word: str
    arguments: dict[str, Any]
    reason: str
    blocking: bool = True
    seen: str = ""

    def text(self) -> str:
        bounds = literal(self.arguments, " " * 8)
        lines = [quoted(self.name), quoted(self.frame), self.word, bounds, quoted(self.reason)]
        told = call("Expectation", lines + ["blocking=False"] * (not self.blocking), "    ")
        beside = f"{bounds},  # seen: {self.seen}\n"
        return told.replace(f"{bounds},\n", beside) if self.seen else told


def claims(known: Draft) -> str:
    """The module's text."""
    seen = known.nature
    told = "".join(f"    {claim.text()},\n" for claim in _claims(known))
    return f'''"""What must be true of {plain(known.title)} before anybody forecasts from it.
Thresholds and their grounds; how they are examined is not known here."""

{IMPORT}

BETWEEN = "ExpectColumnValuesToBeBetween"

#: Drafted from {plain(known.file)},
#: {seen.window.first} to {seen.window.last}, and generous. Narrow them where you know more.
EXPECTATIONS = (
{told})
'''


def _claims(known: Draft) -> Iterator[Claim]:
    """An empty value has no row, and so no claim: it is unknown, and the day is not whole."""
    seen, value = known.nature, {"column": "value"}
    hours = {"column": "hour", "value_set": [slot.hour for slot in seen.slots]}
    yield Claim("hours_are_of_the_day", "rows", IN_SET, hours, "No other hour was ever seen.")
    once = {"column": "duplicate", "max_value": 0}
    yield Claim("rows_are_unique", "rows", BETWEEN, once, "One series has one value at a time.")
    most, seldom = (
        value | {"max_value": seen.reach},
        "Several times the largest that was ever seen.",
    )
    yield Claim("values_are_in_reach", "rows", BETWEEN, most, seldom, seen=f"{seen.highest:g}")
    if seen.lowest >= 0:
        least = value | {"min_value": 0}
        yield Claim(
            "values_are_not_negative", "rows", BETWEEN, least, "None was.", seen=f"{seen.lowest:g}"
        )
    if seen.whole:
        none = {"column": "fraction", "min_value": 0, "max_value": 0}
        yield Claim("values_are_whole", "rows", BETWEEN, none, "All that were seen are whole.")
    if seen.series:
        names = {"column": "series", "value_set": list(seen.series)}
        why = "Another series needs a place in the declaration first."
        yield Claim("series_are_known", "rows", IN_SET, names, why)
        missing = {"column": "hours_missing", "max_value": 0}
        why = "What is missing stays unknown; the rest of its day is used."
        yield Claim("hours_are_complete", "days", BETWEEN, missing, why, blocking=False)
