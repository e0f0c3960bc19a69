"""The official list of Korea's holidays (KASI's getRestDeInfo), as it was told on a day.
What kind of day a holiday makes is for the calendar to say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial
from typing import Any

from seongsu_assets.domain import Parsed, Payload, Terms, Window
from seongsu_assets.outside import Absence, Web
from seongsu_assets.sources.claims import between
from seongsu_assets.sources.data_go_kr import go_kr_items, go_kr_payload
from seongsu_assets.sources.feed import Reading, Saying, as_parsed, asked, each_record
from seongsu_assets.sources.providers import DATA_GO_KR
from seongsu_assets.sources.seoul.api_records import ymd
from seongsu_assets.sources.values import KST, needed

_PATH = "/B090041/openapi/service/SpcdeInfoService/getRestDeInfo"
#: The default of 10 cuts a year of about twenty.
_PAGE_SIZE = 100
_YEARS = range(1974, 2100)

TERMS = Terms(
    DATA_GO_KR,
    due_days=0,
    contract=(
        between(
            "a_year_has_its_holidays",
            "holidays",
            14,
            40,  # 2022 to 2027: 18 to 24
            "A list is taken for its whole year: a part of one would take holidays back.",
        ),
        between("it_is_one_year", "years", None, 1, "One year is asked for."),
        between(
            "every_record_is_understood",
            "refused",
            None,
            0,
            "A holiday that is not understood is missing from the calendar.",
            blocking=False,
        ),
    ),
)


@dataclass(frozen=True)
class Holidays:
    """One call a year: each answer tells the whole year anew, for temporary holidays are announced
    weeks before and elections move."""

    name: str = "kasi"
    terms: Terms = TERMS

    def fetch(self, window: Window, web: Web) -> Iterator[Payload | Absence]:
        """The years of `window` and the next, which is not due before it begins. What is absent is
        told under the first day of its year."""
        for year in range(window.first.year, window.last.year + 2):
            yield from asked(web, self.terms, date(year, 1, 1), partial(self._ask, web, year))

    def parse(self, payload: Payload) -> Parsed:
        """READING_COLUMNS: key is the holiday's name, issued_at the Korean midnight before it was
        received, at that of the day. attributes: holiday (a day off) and name."""
        items = go_kr_items(payload)
        issued_at = _midnight(payload.received_at.astimezone(KST).date())
        said = list(each_record(items, "item", partial(self._read, issued_at)))
        holidays = [
            each.at.astimezone(KST)
            for each in said
            if isinstance(each, Reading) and each.attributes["holiday"]
        ]
        facts = {
            "holidays": len(set(holidays)),
            "years": len({day.year for day in holidays}),
            "refused": sum(not isinstance(each, Reading) for each in said),
        }
        return as_parsed(said, len(items), facts)

    def _ask(self, web: Web, year: int) -> Payload:
        parameters = {"serviceKey": "{key}", "_type": "json", "solYear": str(year)}
        return go_kr_payload(self.name, web, DATA_GO_KR, _PATH, parameters, _PAGE_SIZE)

    def _read(self, issued_at: datetime, fields: Mapping[str, Any]) -> list[Saying]:
        day = ymd(fields.get("locdate"), "locdate")
        if day.year not in _YEARS:
            raise ValueError(f"locdate is out of reach: {day}")
        name = needed(fields.get("dateName"), "dateName")
        off = needed(fields.get("isHoliday"), "isHoliday")
        if off not in ("Y", "N"):
            raise ValueError(f"isHoliday is neither Y nor N: {off[:20]!r}")
        return [(name, issued_at, _midnight(day), {"holiday": off == "Y", "name": name})]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), KST).astimezone(UTC)
