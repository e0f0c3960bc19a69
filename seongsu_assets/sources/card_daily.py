"""Daily card totals: the city's CARD_SUBWAY_MONTH files and plain date,boarding,alighting tables.
No hours here: a total is filed under WHOLE_DAY."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from seongsu_assets.domain import Reject
from seongsu_assets.sources.records import Record, count, day, day_or_none, torn
from seongsu_assets.sources.seoul_metro import Row, Station

#: The hour under which a day's total is filed. It is no slot of the day.
WHOLE_DAY = -1

_CARD = ("사용일자", "노선명", "역명", "승차총승객수", "하차총승객수")
_PLAIN = ("date", "boarding", "alighting")


@dataclass(frozen=True)
class CardDaily:
    """Where the columns stand. A plain table has no `line` and no `name`: it is the station's."""

    date: int
    line: int | None
    name: int | None
    boarding: int
    alighting: int
    width: int

    @staticmethod
    def recognise(header: Sequence[str]) -> "CardDaily | None":
        """The columns of this shape, or None when the header is another's."""
        where = {name.lower(): index for index, name in reversed(list(enumerate(header)))}
        if all(name in where for name in _CARD):
            date, line, name, on, off = (where[column] for column in _CARD)
            return CardDaily(date, line, name, on, off, len(header))
        if all(name in where for name in _PLAIN):
            date, on, off = (where[column] for column in _PLAIN)
            return CardDaily(date, None, None, on, off, len(header))
        return None

    def read(self, place: str, rows: Iterable[Row], station: Station) -> Iterator[Record | Reject]:
        """Two Records, or one Reject, for each row of the station."""
        for number, cells in rows:
            if not any(cells):
                continue
            where = f"{place} row {number}"
            if reason := torn(cells, self.width):
                yield self._refuse(where, cells, reason)
            elif self._is_ours(cells, station):
                try:
                    yield from self._records(where, cells)
                except ValueError as error:
                    yield self._refuse(where, cells, str(error))

    def _is_ours(self, cells: Sequence[str], station: Station) -> bool:
        if self.name is None or self.line is None:
            return True
        return station.is_named(cells[self.name]) and station.is_on(cells[self.line])

    def _records(self, place: str, cells: Sequence[str]) -> list[Record]:
        when, text = day(cells[self.date]), ",".join(cells)
        totals = {"boarding": cells[self.boarding], "alighting": cells[self.alighting]}
        values = {series: count(cell, series) for series, cell in totals.items()}
        return [
            Record(place, when, series, {WHOLE_DAY: value}, text)
            for series, value in values.items()
            if value is not None
        ]

    def _refuse(self, place: str, cells: Sequence[str], reason: str) -> Reject:
        when = day_or_none(cells[self.date]) if len(cells) > self.date else None
        return Reject(place, reason, ",".join(cells), when)
