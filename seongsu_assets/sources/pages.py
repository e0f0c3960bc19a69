"""Answers that come in pages: asked until whole, kept as one payload.
No envelope and no record is known here."""

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from seongsu_assets.errors import RequestRefused, SourceError
from seongsu_assets.outside import Answer
from seongsu_assets.sources.tables import LARGEST, TORN
from seongsu_assets.sources.values import as_text

#: The largest real answer, all lines' hours of one day, has 70 pages.
MOST_PAGES = 200

_PACKED = b"PK\x03\x04"
_AGAIN = "fetch the day again; if it stays so, the source has changed"


@dataclass(frozen=True)
class Page:
    """The records of one page, and how many records all pages hold together."""

    rows: list[Any]
    total: int


def all_pages(ask: Callable[[int], tuple[Page, Answer]], size: int) -> list[Answer]:
    """The answers to page 1, 2, ... of `size` records each, until `total` records were seen.

    RequestRefused when the pages are not what `total` promises: never a part for the whole."""
    first, answer = ask(1)
    total, before = first.total, first.rows
    if total > MOST_PAGES * size:
        raise RequestRefused(f"{total:,} records are promised", remedy="check what was asked for")
    _whole(first, 1, size, total)
    answers = [answer]
    while len(answers) * size < total:
        page, answer = ask(len(answers) + 1)
        answers.append(answer)
        _whole(page, len(answers), size, total)
        if page.rows == before:
            raise RequestRefused(f"page {len(answers)} repeats the page before", remedy=_AGAIN)
        before = page.rows
    return answers


def pages_onward(ask: Callable[[int], tuple[Page, Answer]], furthest: int) -> list[Answer]:
    """The answers from record 0 on, each asked for from where the one before it ended, however
    many records a page holds, until `total` records were seen. Past `furthest` none can be asked.

    RequestRefused when they are not what `total` promises, or a record comes on two pages: then
    another was passed over."""
    first, answer = ask(0)
    answers, seen, got = [answer], set(map(as_text, first.rows)), len(first.rows)
    if first.total > furthest:
        raise RequestRefused(f"{first.total:,} records are promised", remedy="ask for fewer")
    while got < first.total:
        page, answer = ask(got)
        told = set(map(as_text, page.rows))
        if page.total != first.total or not told or got + len(page.rows) > first.total:
            raise RequestRefused(
                f"{got:,} records of {first.total:,}, then {len(page.rows):,} of {page.total:,}",
                remedy=_AGAIN,
            )
        if seen & told:
            raise RequestRefused(f"a record before {got:,} is told again", remedy=_AGAIN)
        seen, got = seen | told, got + len(page.rows)
        answers.append(answer)
    return answers


def _whole(page: Page, number: int, size: int, total: int) -> None:
    """A page has as many records as are left, up to `size`, and no page changes the total."""
    due = min(size, total - (number - 1) * size)
    if page.total != total:
        raise RequestRefused(
            f"page {number} speaks of {page.total:,} records, page 1 of {total:,}", remedy=_AGAIN
        )
    if len(page.rows) != due:
        raise RequestRefused(
            f"page {number} has {len(page.rows):,} records, not {due:,}", remedy=_AGAIN
        )


def bundle(bodies: Sequence[bytes]) -> bytes:
    """One payload of several bodies: one is itself, more are a zip that depends on them alone."""
    if len(bodies) == 1:
        return bodies[0]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number, body in enumerate(bodies, start=1):
            # The fixed default time of ZipInfo: the same bodies are the same payload.
            member = zipfile.ZipInfo(f"page-{number:04}")
            archive.writestr(member, body, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def unbundle(body: bytes) -> list[bytes]:
    """The bodies that `bundle` was given. SourceError for a damaged or too large bundle."""
    if not body.startswith(_PACKED):
        return [body]
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            if sum(member.file_size for member in archive.infolist()) > LARGEST:
                raise SourceError("a bundle of pages is too large", remedy="check where it is from")
            return [archive.read(member) for member in archive.infolist()]
    except TORN as error:
        raise SourceError(f"a bundle of pages is torn: {error}", remedy="fetch it again") from error
