"""subwConfusion: how full the trains of an average day are, by half hour, as text.
No particular day, and nothing of the seeded counts: the city computes it from fares."""

import numpy as np

from seongsu_assets_tests.upstream.seoul import Call, page
from seongsu_assets_tests.upstream.stations import METRO, STATIONS
from seongsu_assets_tests.upstream.wire import Columns, Reply, Row, Table

SERVICE = "subwConfusion"
_DAYS = {"평일": 1.0, "토요일": 0.8, "일요일": 0.65}
_HALF_HOURS = tuple(np.arange(5.5, 25.0, 0.5).tolist())
_COLUMNS = tuple(f"time{int(at) % 24:02}{'30' if at % 1 else '00'}" for at in _HALF_HOURS)
_LAST_TRAIN = 24.0

#: Line, number, name and direction of a track. Since 2025 Seongsu's outer loop stands under 9001
#: and its branch under 9002.
Track = tuple[str, str, str, str]
_OF_SEONGSU: tuple[Track, ...] = (
    ("2호선", "9001", "성수E", "내선"),
    ("2호선", "9001", "성수E", "외선"),
    ("2호선", "9002", "성수", "내선"),
    ("2호선", "9002", "성수", "외선"),
)
_BRANCHES: tuple[Track, ...] = tuple(
    ("6호선", f"{9100 + n}", f"6호지{n}", "하선") for n in range(3)
)
#: Tracks from which no train starts: all zero.
_UNUSED = {("211", "외선"), ("9001", "내선"), ("9002", "내선")}
#: The half hour with the fullest trains and the load in it, where it is published as such.
_KNOWN = {("211", "내선"): 78.5, ("9001", "외선"): 63.3, ("9002", "외선"): 74.3}


def answer(call: Call) -> Reply | Table:
    """`.../{START}/{END}/`: 1,671 rows, two calls."""
    tracks = _tracks()
    total = len(_DAYS) * len(tracks)

    def rows(span: slice) -> list[Row]:
        whole = [(day, track) for day in _DAYS for track in tracks]
        return [_row(day, track) for day, track in whole[span]]

    return page(call, total, rows, Columns("DPTRE_STTN", "LINE", _COLUMNS), (SERVICE,))


def _tracks() -> tuple[Track, ...]:
    made: list[Track] = []
    for index in METRO:
        station = STATIONS[index]
        ways = ("내선", "외선") if station.line == "2호선" else ("상선", "하선")
        made += [(station.line, station.code, station.name, way) for way in ways]
    return (*made, *_OF_SEONGSU, *_BRANCHES)


def _row(day: str, track: Track) -> Row:
    line, code, name, way = track
    fullest = _KNOWN.get((code, way), 20 + int(code) % 60) * _DAYS[day]
    loads = [0.0 if (code, way) in _UNUSED else fullest * _share(day, at) for at in _HALF_HOURS]
    head = {"DOW_SE": day, "LINE": line, "STTN_NO": code, "DPTRE_STTN": name, "UP_DOWN_SE": way}
    return head | {
        column: f"{load:.1f} " for column, load in zip(_COLUMNS, loads, strict=True)
    }  # the blank behind the number is published so


def _share(day: str, at: float) -> float:
    """The load of a half hour over that of the fullest: two rushes on working days."""
    if day != "평일":
        return 0.0 if at >= _LAST_TRAIN else float(np.exp(-(((at - 17) / 6) ** 2)))
    morning, evening = 0.7 * np.exp(-(((at - 8) / 1.2) ** 2)), np.exp(-(((at - 18.5) / 2) ** 2))
    return float(min(1.0, max(0.1, morning + evening)))
