"""Why a challenger was promoted, kept or rejected, in the words of people.
The rule and its own words are in `forecasting.promotion`; reasons that it does not know stay."""

import re

from ui.strings import Words

_GAIN = r"gains (?P<gain>[+-][\d.]+%)"
_RECENT = rf"{_GAIN} on (?P<days>\d+) recent days"
#: What `forecasting.promotion`, `warehouse.by_hand` and `assets.trial` write, and our words for it.
_KNOWN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), key)
    for pattern, key in (
        (r"no champion yet; (?P<ratio>[\d.]+) of seasonal naive", "first"),
        (r"does not beat seasonal naive \((?P<ratio>[\d.]+) of it\)", "naive"),
        (r"80 % intervals cover (?P<share>\d+%)", "range"),
        (
            r"(?P<days>\d+) days that the champion has not seen, (?P<needed>\d+) are needed",
            "unseen",
        ),
        (r"forecasts the same as the champion", "same"),
        (r"(?P<share>[\d.]+%) worse on recent days", "worse_recent"),
        (r"(?P<share>[\d.]+%) worse on the days before", "worse_before"),
        (r"(?P<share>[\d.]+%) worse on the busiest hours", "worse_busiest"),
        (rf"refresh: learned from (?P<more>\d+) more days, and not worse; {_RECENT}", "refresh"),
        (_RECENT, "gain"),
        (rf"{_RECENT}, too little", "too_little"),
        (rf"{_GAIN} in all, within chance", "chance"),
        (r"by hand: (?P<said>.*)", "by_hand"),
        (r"it cannot be examined: (?P<said>.*)", "unexamined"),
    )
)


def judged(reason: str, t: Words) -> str | None:
    """The reason in words; None for one that is not known here."""
    for pattern, key in _KNOWN:
        found = pattern.fullmatch(reason)
        if found:
            values = _values(found.groupdict(), t)
            return t("judged.all_seen" if values.get("days") == "0" else f"judged.{key}", **values)
    return None


def _values(found: dict[str, str], t: Words) -> dict[str, str]:
    """Shares without signs, ratios as shares."""
    values = dict(found)
    if "ratio" in found:
        values["ratio"] = t("percent", value=round(100 * float(found["ratio"])))
    if "gain" in found:
        kind = "less" if found["gain"].startswith("+") else "more"
        values["gain"] = t(f"judged.{kind}", share=found["gain"][1:])
    return values
