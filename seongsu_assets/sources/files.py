"""Official files of a drop folder, as they were downloaded, become observations.
No decoding, no columns, no database here."""

from dataclasses import dataclass
from itertools import islice

from seongsu_assets.domain import Parsed, Payload, Reject
from seongsu_assets.errors import SourceError
from seongsu_assets.sources.card_daily import CardDaily
from seongsu_assets.sources.folder import Folder
from seongsu_assets.sources.records import Record, assemble, squeeze
from seongsu_assets.sources.seoul_metro import Hourly, Station
from seongsu_assets.sources.tables import Table, tables

_SHAPES = (Hourly, CardDaily)
_HEADER_WITHIN = 20
_ACCEPTED = (
    "accepted are Seoul Metro's hourly files (수송일자 or 날짜, 호선, 역번호, 역명, 구분, "
    "06시 이전, 06-07 ... 24시 이후), daily card files (사용일자, 노선명, 역명, 승차총승객수, "
    "하차총승객수) and date,boarding,alighting; as .csv, .xlsx, .gz or .zip"
)


@dataclass(frozen=True)
class Files(Folder):
    """Every file of a folder, read for one station."""

    station: Station

    def parse(self, payload: Payload) -> Parsed:
        """The station's rows, and what was refused. SourceError when nothing is understood."""
        return read_tables(payload, self.station)


def read_tables(payload: Payload, station: Station) -> Parsed:
    """Every table of a payload. A table that is not known is refused beside one that is."""
    records, rejects = list[Record](), list[Reject]()
    unknown, understood = list[SourceError](), 0
    for table in tables(payload.request, payload.body):
        try:
            read = _read(table, station)
        except SourceError as error:
            unknown.append(error)
            rejects.append(Reject(table.name, str(error), ""))
            continue
        understood += 1
        records += [each for each in read if isinstance(each, Record)]
        rejects += [each for each in read if isinstance(each, Reject)]
    if not understood:
        raise unknown[0] if unknown else SourceError(f"{payload.request} is empty")
    return assemble(records, rejects)


def _read(table: Table, station: Station) -> list[Record | Reject]:
    first = ""
    for _, cells in islice(table.rows, _HEADER_WITHIN):
        header = [squeeze(cell) for cell in cells]
        first = first or ",".join(cells)
        for shape in _SHAPES:
            if columns := shape.recognise(header):
                return _some(list(columns.read(table.name, table.rows, station)), table, station)
    raise SourceError(f"{table.name} has no known header; it begins '{first}'", remedy=_ACCEPTED)


def _some(read: list[Record | Reject], table: Table, station: Station) -> list[Record | Reject]:
    """A table that says nothing of the station was not what its sender meant to send."""
    if not read:
        raise SourceError(f"{table.name} holds no row of {station}", remedy="check the file")
    return read
