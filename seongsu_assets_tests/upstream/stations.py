"""The stations of the city: Seongsu among 619 rows of card data, 275 of them Seoul Metro's.
No counts here. Names other than Line 2's neighbours are invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Station:
    """A row of card data. `metro`: one of the lines 1 to 8, which have hourly counts."""

    line: str
    name: str
    code: str
    metro: bool


#: Rows a line has in the card data.
_LINES = {
    "1호선": 10, "2호선": 50, "3호선": 33, "4호선": 26, "5호선": 56, "6호선": 39, "7호선": 43,
    "8호선": 18, "9호선": 25, "9호선2~3단계": 13, "경부선": 39, "경인선": 20, "경원선": 30,
    "안산선": 13, "과천선": 9, "분당선": 34, "일산선": 10, "중앙선": 25, "경의선": 27, "경춘선": 20,
    "장항선": 6, "수인선": 13, "경강선": 11, "서해선": 11, "공항철도 1호선": 14, "우이신설선": 13,
    "신림선": 11,
}  # fmt: skip
_METRO = tuple(f"{number}호선" for number in range(1, 9))

#: Neighbours whose spelling is a trap, by code. `왕십리(성동구청)` carries a suffix.
_KNOWN = {
    "208": "왕십리(성동구청)",
    "209": "한양대",
    "210": "뚝섬",
    "211": "성수",
    "212": "건대입구",
    "216": "잠실(송파구청)",
}


def _stations() -> tuple[Station, ...]:
    made: list[Station] = []
    for order, (line, size) in enumerate(_LINES.items(), start=1):
        for number in range(1, size + 1):
            code = f"{order}{number:02}"
            made.append(
                Station(line, _KNOWN.get(code, f"{line[:2]}{number}"), code, line in _METRO)
            )
    return tuple(made)


STATIONS = _stations()
METRO = tuple(index for index, station in enumerate(STATIONS) if station.metro)
SEONGSU = next(index for index, station in enumerate(STATIONS) if station.code == "211")
