"""The rows of OA-12928 in each of its forms: the API's pages and the official table.
Which row is Seongsu's, and what its load means, is for `train_load` to say."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from seongsu_assets.domain import Payload, Reject
from seongsu_assets.errors import SourceError
from seongsu_assets.sources.pages import unbundle
from seongsu_assets.sources.records import squeeze, torn
from seongsu_assets.sources.seoul.envelope import seoul_page
from seongsu_assets.sources.tables import Table, tables
from seongsu_assets.sources.values import as_text, fields, needed, number, text

SERVICE = "subwConfusion"

#: The half hours of the operating day, 05:30 to 00:30.
SLOTS = tuple(f"{m // 60 % 24:02}:{m % 60:02}" for m in range(330, 1_471, 30))

_COLUMNS = {
    "요일구분": "day", "dow_se": "day",
    "역번호": "code", "sttn_no": "code",
    "출발역": "name", "dptre_sttn": "name",
    "상하구분": "way", "up_down_se": "way",
}  # fmt: skip
_SLOT = re.compile(r"time([0-9]{2})([0-9]{2})|([0-9]{1,2})시([0-9]{2})분")
_HEADER_WITHIN = 20

_DAYS = {"평일": "weekday", "토요일": "saturday", "일요일": "sunday", "공휴일": "sunday"}
_BLANKS = b"\xef\xbb\xbf \t\r\n"


@dataclass(frozen=True)
class Row:
    """One row of any station. `loads`: percent by half hour, None where nothing is said."""

    place: str
    day: str
    name: str
    code: str | None
    way: str
    loads: Mapping[str, float | None]
    record: str


def rows_of(payload: Payload) -> tuple[list[Row | Reject], int]:
    """Every row in its order, and how many less there are than were promised.

    SourceError for what is neither the API's answer nor an official table."""
    bodies = unbundle(payload.body)
    if bodies and bodies[0].lstrip(_BLANKS).startswith(b"{"):
        pages = [seoul_page(body, SERVICE) for body in bodies]
        records = [record for page in pages for record in page.rows]
        read = [_read(f"row {n}", record) for n, record in enumerate(records, start=1)]
        return read, pages[0].total - len(records)
    found = [_of_table(table) for table in tables(payload.request, payload.body)]
    return [row for rows in found for row in rows], 0


def _of_table(table: Table) -> list[Row | Reject]:
    for _, header in islice(table.rows, _HEADER_WITHIN):
        if {"요일구분", "출발역", "상하구분"} <= {squeeze(name) for name in header}:
            return [
                _read_cells(f"{table.name} row {position}", header, cells)
                for position, cells in table.rows
                if any(cells)
            ]
    raise SourceError(
        f"{table.name} is no table of train loads", remedy="give the official file, as downloaded"
    )


def _read_cells(place: str, header: Sequence[str], cells: Sequence[str]) -> Row | Reject:
    if reason := torn(cells, len(header)):
        return Reject(place, reason, as_text(cells))
    return _read(place, dict(zip(header, cells, strict=False)))


@lru_cache(maxsize=8)
def _columns(names: tuple[str, ...]) -> Mapping[str, str]:
    """Our name of each column that is known -> theirs. ValueError where two say the same."""
    known: dict[str, str] = {}
    for name in names:
        bare = squeeze(name).lower()
        slot = _SLOT.fullmatch(bare)
        hour, minute = (slot[1] or slot[3], slot[2] or slot[4]) if slot else ("", "")
        ours = f"{int(hour):02}:{minute}" if slot else _COLUMNS.get(bare)
        if ours in known:
            raise ValueError(f"{ours} is told twice: {known[ours]} and {name}")
        if ours:
            known[ours] = name
    return known


def _read(place: str, record: object) -> Row | Reject:
    try:
        return _row(place, fields(record), as_text(record))
    except ValueError as error:
        return Reject(place, str(error), as_text(record))


def _row(place: str, record: Mapping[str, object], words: str) -> Row:
    column = _columns(tuple(record))
    if lacking := [each for each in ("day", "name", "way", *SLOTS) if each not in column]:
        raise ValueError(f"has no {', '.join(lacking[:3])}")
    said = {ours: record[theirs] for ours, theirs in column.items()}
    day, code = needed(said["day"], "the kind of day"), said.get("code")
    if day not in _DAYS:
        raise ValueError(f"the kind of day is not known: {day}")
    return Row(
        place,
        _DAYS[day],
        squeeze(needed(said["name"], "the station")).split("(")[0],
        text(str(code) if type(code) is int else code, "the station's number"),
        needed(said["way"], "the direction"),
        {slot: number(said[slot], slot) for slot in SLOTS},
        words,
    )
