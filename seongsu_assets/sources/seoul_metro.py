"""Seoul Metro's hourly counts per station and day (OA-12921), in every spelling it was published.
No archives, no encodings and no daily totals here."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from seongsu_assets.domain import Reject
from seongsu_assets.sources.records import Record, count, day, day_or_none, squeeze, torn

Row = tuple[int, Sequence[str]]

SERIES = {"승차": "boarding", "하차": "alighting"}

#: Seoul's operating day: one open slot before 06:00, then hours, then one open slot after 24:00.
BEFORE_SIX, AFTER_MIDNIGHT = 4, 24
_HOURS = {BEFORE_SIX, *range(6, 24)}

_DATE, _SERIES = ("수송일자", "날짜", "일자"), ("승하차구분", "구분")
_SLOT = re.compile(r"(\d{1,2})시?[-~](\d{1,2})시?(시간대)?")
_FIRST, _LAST = re.compile(r"0?6시?이전"), re.compile(r"24시?이후")

#: A file with more stations than this is the city's; with fewer, a foreign row is a mistake.
FEW_STATIONS = 5


@dataclass(frozen=True)
class Station:
    """A station as the files name it, such as Station("성수", "2호선", 211)."""

    name: str
    line: str
    code: int

    def is_named(self, name: str) -> bool:
        """Whether `name` is this station's; "왕십리(성동구청)" is 왕십리."""
        return squeeze(name).split("(")[0] == self.name

    def is_on(self, line: str) -> bool:
        """Whether `line` is this station's: "2호선", "02호선" and "2" are the same."""
        return _bare(line) == _bare(self.line)

    def is_coded(self, code: str) -> bool:
        return code.strip().lstrip("0").removesuffix(".0") == str(self.code)

    def __str__(self) -> str:
        return f"{self.name} ({self.line}, {self.code})"


def _bare(line: str) -> str:
    return squeeze(line).removesuffix("호선").lstrip("0")


@dataclass(frozen=True)
class Hourly:
    """Where the columns stand. `slots` maps a column's index to the hour it counts."""

    date: int
    line: int | None
    code: int | None
    name: int
    series: int
    slots: dict[int, int]
    total: int | None
    header: tuple[str, ...]

    @staticmethod
    def recognise(header: Sequence[str]) -> "Hourly | None":
        """The columns of this shape, or None when the header is another's."""
        where = {name: index for index, name in reversed(list(enumerate(header)))}
        dates = [where[name] for name in _DATE if name in where]
        series = [where[name] for name in _SERIES if name in where]
        slots = {n: hour for n, name in enumerate(header) if (hour := _hour(name)) is not None}
        if not dates or not series or "역명" not in where:
            return None
        if set(slots.values()) - {AFTER_MIDNIGHT} != _HOURS or len(set(slots.values())) < len(
            slots
        ):
            return None
        return Hourly(
            date=dates[0],
            line=where.get("호선"),
            code=where.get("역번호"),
            name=where["역명"],
            series=series[0],
            slots=slots,
            total=where.get("합계"),
            header=tuple(header),
        )

    def read(self, place: str, rows: Iterable[Row], station: Station) -> Iterator[Record | Reject]:
        """One Record or Reject for each row that is the station's, or should be."""
        others, settled = _Others(), set[tuple[str, str]]()
        for number, cells in rows:
            if not any(cells):
                continue
            where = f"{place} row {number}"
            if reason := torn(cells, len(self.header)):
                yield self._refuse(where, cells, reason)
            elif (claim := self._whose(cells, station)) == "other":
                others.add(self._label(cells), number, cells)
            else:
                settled.add((cells[self.date], cells[self.series]))
                yield self._record(where, cells, claim)
        for label, number, cells in others.few():
            if (cells[self.date], cells[self.series]) not in settled:
                reason = f"is another station's: {label}, not {station}"
                yield self._refuse(f"{place} row {number}", cells, reason)

    def is_ours(self, cells: Sequence[str], station: Station) -> bool:
        """Whether the row is the station's by its name, its code and its line."""
        return self._whose(cells, station) == "ours"

    def _whose(self, cells: Sequence[str], station: Station) -> str:
        """ "ours", "other", or the reason why the row contradicts itself."""
        named = station.is_named(cells[self.name])
        coded = named if self.code is None else station.is_coded(cells[self.code])
        if not named and not coded:
            return "other"
        lined = self.line is None or station.is_on(cells[self.line])
        if named and coded and lined:
            return "ours"
        return f"is another station's: {self._label(cells)}, not {station}"

    def _label(self, cells: Sequence[str]) -> str:
        parts = (self.name, self.line, self.code)
        return " ".join(cells[index] for index in parts if index is not None)

    def _record(self, place: str, cells: Sequence[str], claim: str) -> Record | Reject:
        if claim != "ours":
            return self._refuse(place, cells, claim)
        try:
            when = day(cells[self.date])
            series = direction(cells[self.series])
            counts = {
                hour: value
                for index, hour in self.slots.items()
                if (value := count(cells[index], self.header[index])) is not None
            }
            self._add_up(cells, counts)
        except ValueError as error:
            return self._refuse(place, cells, str(error))
        return Record(place, when, series, counts, ",".join(cells))

    def _add_up(self, cells: Sequence[str], counts: dict[int, int]) -> None:
        stated = None if self.total is None else count(cells[self.total], "합계")
        if stated is None:
            return
        missing = stated - sum(counts.values())
        # An hour that is not known may hold what is missing; nothing may hold less than nothing.
        if missing < 0 or (missing > 0 and len(counts) == len(self.slots)):
            raise ValueError(f"합계 says {stated:,}, the hours sum to {sum(counts.values()):,}")

    def _refuse(self, place: str, cells: Sequence[str], reason: str) -> Reject:
        when = day_or_none(cells[self.date]) if len(cells) > self.date else None
        return Reject(place, reason, ",".join(cells), when)


class _Others:
    """Rows of other stations, remembered while there are few of them."""

    def __init__(self) -> None:
        self.many = False
        self._rows: dict[str, list[Row]] = {}

    def add(self, label: str, number: int, cells: Sequence[str]) -> None:
        if self.many:
            return
        self._rows.setdefault(label, []).append((number, cells))
        if len(self._rows) > FEW_STATIONS:
            self.many = True
            self._rows.clear()

    def few(self) -> Iterator[tuple[str, int, Sequence[str]]]:
        for label, rows in self._rows.items():
            for number, cells in rows:
                yield label, number, cells


def _hour(name: str) -> int | None:
    """The hour that a column counts: "06시-07시" and "06 ~ 07" count 6."""
    if _FIRST.fullmatch(name):
        return BEFORE_SIX
    if _LAST.fullmatch(name):
        return AFTER_MIDNIGHT
    slot = _SLOT.fullmatch(name)
    return int(slot[1]) if slot and int(slot[2]) == int(slot[1]) + 1 else None


def direction(text: str) -> str:
    """The series of a 승차 or 하차. ValueError otherwise."""
    if series := SERIES.get(squeeze(text)):
        return series
    raise ValueError(f"'{text}' is neither 승차 nor 하차")
