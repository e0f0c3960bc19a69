"""Files of many stations, read once: what each payload says of each station.
What a row means is for `seoul_metro`; no folder, no domain and no database here."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from sys import intern

from seongsu_assets.domain import Parsed, Payload, Reject
from seongsu_assets.errors import SourceError
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
        records: dict[Station, list[Record]] = defaultdict(list)
        rejects: dict[Station, list[Reject]] = defaultdict(list)
        for table in tables(payload.request, payload.body):
            columns = _columns(table)
            for station, rows in _divided(table, columns, met, census.rejects).items():
                for each in columns.read(table.name, rows, station):
                    if isinstance(each, Record):
                        records[station].append(each)
                    else:
                        rejects[station].append(each)
        for station in {**records, **rejects}:
            parsed = assemble(records[station], rejects[station])
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


def _divided(
    table: Table, columns: Hourly, met: _Met, nobodys: list[Reject]
) -> dict[Station, list[Row]]:
    """The rows of each station; a row that does not say whose it is goes to `nobodys`."""
    assert columns.line is not None
    assert columns.code is not None
    rows: dict[Station, list[Row]] = defaultdict(list)
    for number, cells in table.rows:
        if not any(cells):
            continue
        reason = torn(cells, len(columns.header))
        try:
            station = None if reason else met(*_whose(columns, cells))
        except ValueError:
            station, reason = None, f"역번호 is not a number: {cells[columns.code]!r}"
        if reason:
            nobodys.append(Reject(f"{table.name} row {number}", reason, ",".join(cells)))
        elif station:
            # The same few thousand counts come again and again: one string of each is enough.
            rows[station].append((number, [intern(cell) for cell in cells]))
    return rows


def _whose(columns: Hourly, cells: Sequence[str]) -> tuple[str, str, str]:
    assert columns.line is not None
    assert columns.code is not None
    return cells[columns.line], cells[columns.code], cells[columns.name]
