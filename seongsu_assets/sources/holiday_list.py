"""Korea's public holidays, of three tellers: reviewed overrides, KASI, and the `holidays` list.
What kind of day the neighbours of a holiday are is for `calendar` to say."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from seongsu_assets.sources.values import KST

#: Reviewed by hand, each with its ground; they win over both lists. The list was compared with the
#: official days of 2022 to 2027: what it lacks KASI adds, so only a wrong kind needs an entry.
OVERRIDES: dict[date, tuple[str, str]] = {
    # Announced for this one year (Cabinet, 2024-09-03); the list names it like a yearly holiday.
    date(2024, 10, 1): ("temporary", "국군의 날 임시공휴일"),
}
#: A word in the official name, and the kind of day it stands for. The first that fits counts.
KINDS_BY_WORD = {
    "대체": "substitute",
    "선거": "election",
    "임시": "temporary",
    "기독탄신일": "christmas",
    "신정": "new_year",
    "노동절": "labour_day",
}
#: The kind of every other public holiday.
PLAIN = "holiday"


@dataclass(frozen=True)
class Holiday:
    """A day's entry; `provenance` is override, official (KASI) or library."""

    kind: str
    name: str
    provenance: str


def holiday_list(years: range, official: pd.DataFrame | None = None) -> dict[date, Holiday]:
    """The public holidays of `years`. `official`: KASI's readings (READING_COLUMNS).

    Overrides win over KASI, KASI over the library. A day in both lists keeps the library's entry,
    which tells the days of a festival apart, unless only KASI's name tells its kind. A day that
    only the library has stays: `differences` reports it."""
    found = _library(years)
    for day, name in _official(official).items():
        entry, listed = Holiday(_kind(name), name, "official"), found.get(day)
        if day.year in years and (not listed or (listed.kind == PLAIN and entry.kind != PLAIN)):
            found[day] = entry
    chosen = {day: Holiday(*entry, "override") for day, entry in OVERRIDES.items()}
    return found | {day: entry for day, entry in chosen.items() if day.year in years}


def differences(official: pd.DataFrame | None) -> pd.DataFrame:
    """Days that only one of KASI and the library has, of the years that KASI has answered for:
    business_date, name, library and official (whether it has the day), and a note."""
    theirs = _official(official)
    years = sorted({day.year for day in theirs})
    ours = _library(range(years[0], years[-1] + 1)) if years else {}
    rows = [
        (day, theirs.get(day) or ours[day].name, day in ours, day in theirs, _note(day, theirs))
        for day in sorted(theirs.keys() ^ {day for day in ours if day.year in years})
    ]
    table = pd.DataFrame(rows, columns=["business_date", "name", "library", "official", "note"])
    return table.astype({"business_date": "datetime64[ns]", "library": bool, "official": bool})


def _note(day: date, theirs: dict[date, str]) -> str:
    if day in OVERRIDES:
        return "a reviewed override decides"
    if day in theirs:
        return "KASI adds it; the `holidays` list is to be updated"
    return "the list alone has it: it stays, and is to be reviewed"


def _library(years: range) -> dict[date, Holiday]:
    import holidays

    listed = holidays.country_holidays("KR", years=years, language="ko")
    return {day: Holiday(_kind(name), name, "library") for day, name in listed.items()}


def _official(readings: pd.DataFrame | None) -> dict[date, str]:
    """What KASI calls each holiday. Each of its answers is a whole year: what only an older one
    has was withdrawn."""
    if readings is None or readings.empty:
        return {}
    local = pd.to_datetime(readings["at"], utc=True).dt.tz_convert(KST)
    issued = pd.to_datetime(readings["issued_at"], utc=True)
    newest = issued.groupby(local.dt.year).transform("max")
    told = readings.assign(day=local.dt.date)[issued == newest]
    names = dict[date, str]()
    for day, said in zip(told["day"], told["attributes"], strict=True):
        if said["holiday"]:
            names[day] = f"{names[day]}; {said['name']}" if day in names else said["name"]
    return names


def _kind(name: str) -> str:
    return next((kind for word, kind in KINDS_BY_WORD.items() if word in name), PLAIN)
