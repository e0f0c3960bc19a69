"""Files of many stations, read once: what each payload says of each station.
What a row means is for `seoul_metro`; no folder, no domain and no database here."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seongsu_assets.domain import Parsed, Payload, Reject
from seongsu_assets.errors import SourceError
from seongsu_assets.sources import bulk
from seongsu_assets.sources.records import Record, assemble, squeeze, torn
from seongsu_assets.sources.seoul_metro import Hourly, Row, Station
from seongsu_assets.sources.tables import Table, tables

_HEADER_WITHIN = 20


@dataclass(frozen=True)
class Census:
    """What the payloads say of each station, in their order; and the rows that are nobody's."""

    stations: dict[Station, list[Parsed]] = field(default_factory=dict[Station, list[Parsed]])
    rejects: list[Reject] = field(default_factory=list[Reject])


def read_stations(payloads: Iterable[Payload], names: Collection[str] = ()) -> Census:
    """Every station of the payloads; only those whose name or code is in `names` where any is.

    Raises SourceError for a table that does not tell stations apart, and for a name of nobody."""
    census, met = Census(), _Met(frozenset(names))
    for payload in payloads:
        read = _Read()
        every = list(tables(payload.request, payload.body))
        for table in every:
            columns = _columns(table)
            rows, whose, sure = _owned(table, columns, met, census.rejects)
            # Two tables may contradict each other: then each row is read by itself.
            plain = sure if len(every) == 1 else np.zeros(len(rows), dtype=bool)
            read.take(table.name, columns, rows, whose, plain)
        for station, parsed in read.parsed().items():
            census.stations.setdefault(station, []).append(parsed)
    if unmet := sorted(met.names - met.found):
        raise SourceError(
            f"the files hold no station {', '.join(unmet)}",
            remedy="write its name as the files do, without brackets, or its code",
        )
    return census


def _columns(table: Table) -> Hourly:
    for _, cells in islice(table.rows, _HEADER_WITHIN):
        columns = Hourly.recognise([squeeze(cell) for cell in cells])
        if columns and columns.line is not None and columns.code is not None:
            return columns
    raise SourceError(
        f"{table.name} has no header of many stations by the hour",
        remedy="give Seoul Metro's files with 호선, 역번호 and 역명, or leave --stations out",
    )


class _Met:
    """The stations met so far. One code and name is one station, however its line is spelled."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names, self.found = names, set[str]()
        self._known: dict[tuple[str, ...], Station | None] = {}
        self._same: dict[tuple[str, int], Station] = {}

    def __call__(self, line: str, code: str, name: str) -> Station | None:
        """None for one that is not wanted. ValueError where the code is no number."""
        key = (line, code, name)
        if key not in self._known:
            self._known[key] = self._new(line, int(float(code)), squeeze(name).split("(")[0])
        return self._known[key]

    def _new(self, line: str, code: int, name: str) -> Station | None:
        wanted = self.names & {name, str(code)}
        if self.names and not wanted:
            return None
        self.found |= wanted
        return self._same.setdefault((name, code), Station(name, squeeze(line), code))


class _Read:
    """What was read of a payload by station: plain rows, and those that were read one by one."""

    def __init__(self) -> None:
        self.plain: dict[Station, pd.DataFrame] = {}
        self.records: dict[Station, list[Record]] = defaultdict(list)
        self.rejects: dict[Station, list[Reject]] = defaultdict(list)

    def take(
        self, name: str, columns: Hourly, rows: list[Row], whose: list[Station],
        plain: NDArray[np.bool_],
    ) -> None:  # fmt: skip
        numbers = {station: number for number, station in enumerate(dict.fromkeys(whose))}
        owners = np.array([numbers[station] for station in whose], dtype=np.int64)
        told = bulk.read(name, columns, rows, owners, plain)
        order = np.argsort(told.whose, kind="stable")
        cuts = np.searchsorted(told.whose[order], np.arange(len(numbers) + 1))
        odd: dict[Station, list[Row]] = defaultdict(list)
        for place in np.flatnonzero(told.odd):
            odd[whose[place]].append(rows[place])
        for station, number in numbers.items():
            own = order[cuts[number] : cuts[number + 1]]
            self.plain[station] = told.rows.iloc[own].reset_index(drop=True)
            for each in columns.read(name, odd[station], station):
                if isinstance(each, Record):
                    self.records[station].append(each)
                else:
                    self.rejects[station].append(each)

    def parsed(self) -> dict[Station, Parsed]:
        return {station: self._of(station, rows) for station, rows in self.plain.items()}

    def _of(self, station: Station, rows: pd.DataFrame) -> Parsed:
        if station not in self.records and station not in self.rejects:
            return Parsed(rows)
        others = assemble(self.records[station], self.rejects[station])
        full = [each for each in (rows, others.rows) if len(each)] or [others.rows]
        return Parsed(pd.concat(full, ignore_index=True), others.rejects)


def _owned(
    table: Table, columns: Hourly, met: _Met, nobodys: list[Reject]
) -> tuple[list[Row], list[Station], NDArray[np.bool_]]:
    """The rows that are wanted, whose each is, and whether it says so without contradiction."""
    assert columns.code is not None
    rows, whose, sure = list[Row](), list[Station](), list[bool]()
    agree: dict[tuple[str, ...], bool] = {}
    for number, cells in table.rows:
        if not any(cells):
            continue
        reason = torn(cells, len(columns.header))
        told = ("", "", "") if reason else _whose(columns, cells)
        try:
            station = None if reason else met(*told)
        except ValueError:
            station, reason = None, f"역번호 is not a number: {cells[columns.code]!r}"
        if reason:
            nobodys.append(Reject(f"{table.name} row {number}", reason, ",".join(cells)))
        elif station:
            if told not in agree:
                agree[told] = columns.is_ours(cells, station)
            rows.append((number, cells))
            whose.append(station)
            sure.append(agree[told])
    return rows, whose, np.array(sure, dtype=bool)


def _whose(columns: Hourly, cells: Sequence[str]) -> tuple[str, str, str]:
    assert columns.line is not None
    assert columns.code is not None
    return cells[columns.line], cells[columns.code], cells[columns.name]
