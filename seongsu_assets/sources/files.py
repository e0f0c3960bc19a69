"""The drop folder: official files, as they were downloaded, become observations.
No decoding, no columns, no database here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from seongsu_assets.domain import Parsed, Payload, Reject, Window
from seongsu_assets.errors import SourceError
from seongsu_assets.outside import Web
from seongsu_assets.sources.card_daily import CardDaily
from seongsu_assets.sources.records import Record, assemble, squeeze
from seongsu_assets.sources.seoul_metro import Hourly, Station
from seongsu_assets.sources.tables import LARGEST, Table, tables

_NAME = "files"
_SHAPES = (Hourly, CardDaily)
_HEADER_WITHIN = 20
_ACCEPTED = (
    "accepted are Seoul Metro's hourly files (수송일자 or 날짜, 호선, 역번호, 역명, 구분, "
    "06시 이전, 06-07 ... 24시 이후), daily card files (사용일자, 노선명, 역명, 승차총승객수, "
    "하차총승객수) and date,boarding,alighting; as .csv, .xlsx, .gz or .zip"
)


@dataclass(frozen=True)
class Files:
    """Every file of a folder, read for one station. Hidden and `*.part` files are left alone."""

    folder: Path
    station: Station
    name: str = _NAME
    terms: None = None

    def fetch(
        self,
        window: Window,  # noqa: ARG002 - a file may hold any day
        web: Web | None = None,  # noqa: ARG002 - files are here
    ) -> Iterator[Payload]:
        """All files, sorted by name, received when they came to stand in the folder.

        SourceError when there is no folder, or, after the others, for a file that is too large."""
        if not self.folder.is_dir():
            raise SourceError(f"there is no folder {self.folder}", remedy="create it")
        refused = list[SourceError]()
        for path in sorted(self.folder.iterdir()):
            if not path.is_file() or path.name.startswith(".") or path.suffix == ".part":
                continue
            try:
                # The inode's time: a copy may keep the modification time of last year.
                yield read_payload(path, datetime.fromtimestamp(path.stat().st_ctime, UTC))
            except SourceError as error:
                refused.append(error)
        if refused:
            raise refused[0]

    def parse(self, payload: Payload) -> Parsed:
        """The station's rows, and what was refused. SourceError when nothing is understood."""
        return read_tables(payload, self.station)


def read_payload(path: Path, now: datetime) -> Payload:
    """One file, byte for byte, received `now`. SourceError when it cannot be read."""
    try:
        if path.stat().st_size > LARGEST:
            raise SourceError(f"{path} is larger than {LARGEST:,} bytes", remedy="split it by year")
        return Payload(_NAME, path.name, path.read_bytes(), now)
    except OSError as error:
        raise SourceError(
            f"{path} cannot be read: {error.strerror}", remedy="check the path and its permissions"
        ) from error


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
