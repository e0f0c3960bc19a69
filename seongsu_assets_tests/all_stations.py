"""Stations of Seoul Metro's yearly files as one domain: as many of them as are asked for.
No assertion is made here, and nothing is measured."""

import gzip
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from seongsu_assets.domain import Cadence, Covariate, Domain, Expectation, Lateness, Slot
from seongsu_assets.plan import Plan, Tuning
from seongsu_assets.sources.calendar import korean_calendar
from seongsu_assets.sources.station_files import StationFiles
from seongsu_assets_tests.official import shared_data

#: The files end with this day.
LAST = date(2024, 8, 31)
BETWEEN = "ExpectColumnValuesToBeBetween"
SLOTS = (
    Slot(4, hours=2, open=True),
    *(Slot(hour) for hour in range(6, 24)),
    Slot(24, hours=4, open=True, optional=True),
)
#: What holds of any station's hour and of any day of all of them.
EXPECTATIONS = (
    Expectation("hours_are_of_the_operating_day", "rows", "ExpectColumnValuesToBeInSet",
                {"column": "hour", "value_set": [slot.hour for slot in SLOTS]}),
    Expectation("rows_are_unique", "rows", BETWEEN, {"column": "duplicate", "max_value": 0}),
    Expectation("counts_are_not_negative", "rows", BETWEEN, {"column": "value", "min_value": 0}),
    Expectation("counts_are_whole", "rows", BETWEEN,
                {"column": "fraction", "min_value": 0, "max_value": 0}),
    Expectation("counts_are_in_reach", "rows", BETWEEN,
                {"column": "value", "max_value": 100_000}),
    Expectation("day_total_is_plausible", "days", BETWEEN,
                {"column": "total_to_usual", "min_value": 0.2, "max_value": 2.5}),
    Expectation("day_is_not_a_copy", "days", BETWEEN, {"column": "copied", "max_value": 0.5}),
)  # fmt: skip


def files() -> list[Path]:
    """The official files of all stations, oldest first; none where the shared data is absent."""
    folder = shared_data()
    found = (folder / "seoul" / "hourly").glob("*_all_stations.csv.gz") if folder else ()
    return sorted(found)


def codes() -> list[int]:
    """The codes of all stations in the newest file, in order."""
    return sorted({int(code) for code, _ in _lines(files()[-1])})


def some(many: int) -> list[int]:
    """So many of them, evenly spread over the codes and so over the lines."""
    known = codes()
    return [known[place * len(known) // many] for place in range(many)]


def still(stations: Sequence[int]) -> int:
    """How many of them are told to the end: one station got another code on the way."""
    newest = {int(code) for code, line in _lines(files()[-1]) if f"{LAST}" in line}
    return len(newest.intersection(stations))


def give(inbox: Path, stations: Sequence[int], newest: int = 0) -> None:
    """Put the files, or so many of the `newest`, into `inbox` with the lines of these stations
    alone; as they are where that is all."""
    inbox.mkdir(parents=True, exist_ok=True)
    wanted = set(map(str, stations))
    for file in files()[-newest:]:
        head, body = _text(file).split("\n", 1)
        kept = [line for code, line in _lines(file) if code in wanted]
        told = "\n".join([head, *kept]) + "\n" if len(wanted) < len(codes()) else f"{head}\n{body}"
        (inbox / file.name).write_bytes(gzip.compress(told.encode("cp949"), compresslevel=1))


def _text(file: Path) -> str:
    return gzip.decompress(file.read_bytes()).decode("cp949")


def _lines(file: Path) -> Iterator[tuple[str, str]]:
    """Every row with the code of its station."""
    head, *lines = _text(file).splitlines()
    place = head.split(",").index("역번호")
    return ((line.split(",", place + 1)[place], line) for line in lines)


def domain(name: str, stations: Sequence[int], inbox: Path) -> Domain:
    """The stations of these codes, all in the files of `inbox` when there are none: an open panel
    of both directions' sum by the hour, learned by one model, a week ahead."""
    return Domain(
        name=name,
        title="수도권 역 · Stations of Seoul Metro",
        unit="people per hour",
        cadence=Cadence(timezone="Asia/Seoul", start=date(2023, 1, 1), slots=SLOTS),
        series=(),
        fewest=max(len(stations) * 9 // 10, 1),  # stations open and close
        total="total",
        sources=[StationFiles(inbox, tuple(stations))],
        covariates=(Covariate("calendar", korean_calendar),),
        expectations=EXPECTATIONS,
        lateness=Lateness(lag_days=1, refetch_days=7, issue_hour=7),
        plan=Plan(
            learner="panel", memory_years=0, minimum_days=60,
            tuning=Tuning(leaves=63, rounds=150, rate=0.08, rows_in_leaf=200, half_life_days=180.0),
        ),
    )  # fmt: skip
