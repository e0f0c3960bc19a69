"""From bytes to tables of text: CSV, xlsx, gzip and zip, told apart by their content.
What the columns mean is not known here."""

import csv
import gzip
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from seongsu_assets.errors import SourceError

#: Decompressed bytes that one file may hold. The largest official file has 25 MB.
LARGEST = 500_000_000

#: What damaged archives raise while they are read; RuntimeError stands for encrypted ones.
TORN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError, RuntimeError)

#: The share of characters that may be damaged before another encoding is tried.
FEW_DAMAGED = 0.02

#: What stands between cells, and how much of a text is looked at for its first line.
DELIMITERS, HEAD = (",", ";", "\t"), 65_536

MIDNIGHT = time()

_AGAIN = "fetch or save the file again"


@dataclass(frozen=True)
class Table:
    """One sheet or CSV: `rows` gives (row number as in the file, cells as text) once."""

    name: str
    rows: Iterator[tuple[int, list[str]]]


def tables(name: str, body: bytes, *, nested: bool = False) -> Iterator[Table]:
    """Every table inside `body`. SourceError for what cannot be opened or is too large."""
    if len(body) > LARGEST:
        raise SourceError(f"{name} is larger than {LARGEST:,} bytes", remedy="split it by year")
    if body.startswith(b"\x1f\x8b") and not nested:
        yield from tables(name, _gunzip(name, body), nested=True)
    elif body.startswith(b"PK"):
        yield from _zip(name, body, nested=nested)
    else:
        yield Table(name, _csv(name, body))


def _gunzip(name: str, body: bytes) -> bytes:
    try:
        with gzip.open(io.BytesIO(body)) as stream:
            return stream.read(LARGEST + 1)
    except TORN as error:
        raise SourceError(f"{name} is a torn gzip file: {error}", remedy=_AGAIN) from error


def _zip(name: str, body: bytes, *, nested: bool) -> Iterator[Table]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(body))
    except TORN as error:
        raise SourceError(f"{name} is a torn zip or xlsx file: {error}", remedy=_AGAIN) from error
    size = sum(member.file_size for member in archive.infolist())
    if size > LARGEST:
        raise SourceError(f"{name} unpacks to {size:,} bytes", remedy="split it by year")
    if "xl/workbook.xml" in archive.namelist():
        yield from _xlsx(name, body)
        return
    if nested:
        raise SourceError(f"{name} is an archive in an archive", remedy="unpack it first")
    for member in archive.infolist():
        if member.is_dir() or member.filename.startswith(("__MACOSX/", ".")):
            continue
        try:
            content = archive.read(member)
        except TORN as error:
            place = f"{name}/{member.filename}"
            raise SourceError(f"{place} cannot be unpacked: {error}", remedy=_AGAIN) from error
        yield from tables(f"{name}/{member.filename}", content, nested=True)


def _xlsx(name: str, body: bytes) -> Iterator[Table]:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():  # styles that openpyxl does not know say nothing of counts
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(body), read_only=True, data_only=True)
    except Exception as error:  # damaged XML makes openpyxl raise anything
        raise SourceError(f"{name} is a torn xlsx file: {error}", remedy=_AGAIN) from error
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # exporters write wrong ones
        title = name if len(book.worksheets) == 1 else f"{name}/{sheet.title}"
        yield Table(title, _sheet(title, sheet))


def _sheet(title: str, sheet: Any) -> Iterator[tuple[int, list[str]]]:
    width = 0
    try:
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            width = max(width, len(cells))
            yield number, [_text(cell) for cell in cells] + [""] * (width - len(cells))
    except Exception as error:  # likewise
        raise SourceError(f"{title} is a torn sheet: {error}", remedy=_AGAIN) from error


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat() if cell.time() != MIDNIGHT else cell.date().isoformat()
    return str(cell)


def _csv(name: str, body: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decode(name, body)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        place = f"{name} row {reader.line_num}"
        raise SourceError(f"{place} is not CSV: {error}", remedy=_AGAIN) from error


def _delimiter(text: str) -> str:
    """What the first line has most of; a comma where none has more."""
    head = text[:HEAD].splitlines()[:1] or [""]
    return max(DELIMITERS, key=head[0].count)


def _decode(name: str, body: bytes) -> str:
    """The beginning decides the encoding; a damaged byte damages only its own row."""
    for encoding in ("utf-8-sig", "cp949"):
        start = body[:4096].decode(encoding, errors="replace")
        if start.count("\ufffd") <= FEW_DAMAGED * len(start) and "\0" not in start:
            return body.decode(encoding, errors="replace")
    raise SourceError(
        f"{name} is neither text in UTF-8 or CP949 nor xlsx", remedy="save it as .xlsx or .csv"
    )
