"""The official yearly files of Seongsu, written as they are published, for a rehearsal's history.
What follows them is for the APIs to tell."""

from datetime import date, timedelta
from pathlib import Path

from seongsu_assets.domain import Window
from seongsu_assets_tests.upstream.truth import Truth

DAYS = 760
#: The newest file of a rehearsal ends so long ago, as real ones do.
BEHIND = timedelta(days=40)
_SLOTS = [4, *range(6, 25)]
_HEADER = [
    "날짜,호선,역번호,역명,구분", "06시 이전",
    *(f"{hour:02}시-{hour + 1:02}시" for hour in range(6, 24)), "24시 이후",
]  # fmt: skip
_DIRECTIONS = {"boarding": "승차", "alighting": "하차"}


def past(today: date) -> Window:
    """The days that a rehearsal's files hold."""
    last = today - BEHIND
    return Window(last - timedelta(days=DAYS), last)


def write(truth: Truth, folder: Path, window: Window) -> list[Path]:
    """One file a year (cp949) of the days that are known; those that were there are written
    again."""
    folder.mkdir(parents=True, exist_ok=True)
    lines: dict[int, list[str]] = {}
    for day in window.days():
        lines.setdefault(day.year, []).extend(_lines(truth, day))
    paths: list[Path] = []
    for year, of_year in lines.items():
        path = folder / f"OA-12921_{year}_rehearsal.csv"
        path.write_text("\r\n".join([",".join(_HEADER), *of_year, ""]), encoding="cp949")
        paths.append(path)
    return paths


def _lines(truth: Truth, day: date) -> list[str]:
    told = truth.hourly(day)
    return [
        ",".join(
            [f"{day},2호선,211,성수,{_DIRECTIONS[series]}"]
            + [str(hours.get(slot, "")) for slot in _SLOTS]
        )
        for series, hours in told.items()
        if hours
    ]
