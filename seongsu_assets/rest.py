"""The published views through Supabase: every read ordered, counted, and paged to its end.
Nothing is written here: what is public is published through PostgreSQL, in one transaction."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from seongsu_assets.errors import ServiceError

if TYPE_CHECKING:
    from supabase import Client

SCHEMA = "published"
#: Supabase gives so many rows at once and leaves the others out without a word.
PAGE = 1000
SECONDS = 20.0
#: How often a read begins anew that something was published under.
TRIES = 5
#: What all rows of a view have in common that shows one issue: none of two may be mixed.
ISSUE = "issue_id"


class PublishedMoved(ServiceError):  # noqa: N818 - a state of what is read
    """Each time while it was read something else was published."""


@contextmanager
def opened(url: str, key: str, proxy: str = "") -> "Generator[Client]":
    """A client of a project's published schema. `key` is the public one."""
    import httpx
    from supabase import create_client
    from supabase.lib.client_options import SyncClientOptions

    with httpx.Client(timeout=SECONDS, proxy=proxy or None, trust_env=False) as door:
        # Its own retries wait for seven seconds on a port where nobody listens.
        options = SyncClientOptions(schema=SCHEMA, httpx_client=door, postgrest_client_retry=False)
        yield create_client(url, key, options)


def read(
    client: "Client",
    view: str,
    order: Sequence[str],
    *,
    columns: Sequence[str] = (),
    since: tuple[str, date] | None = None,
    one_issue: bool = False,
    **equal: str,
) -> pd.DataFrame:
    """All rows of a view whose columns are `equal` and, of a column, not before `since`, in this
    order: as many as the server counts. Without `columns` all of them.

    `order` must tell any two rows apart. `one_issue`: rows of one issue only, whatever is published
    meanwhile. Raises ServiceError when the server does not answer or refuses."""
    for _ in range(TRIES):
        pages = _pages(_Asked(client, view, order, columns, since, equal))
        if pages is None:
            continue
        rows = pd.DataFrame(pages)
        if not one_issue or rows.empty or bool((rows[ISSUE] == rows[ISSUE].iloc[0]).all()):
            return rows
    raise PublishedMoved(
        f"{view} was published anew each of {TRIES} times while it was read",
        remedy="read it again in a minute",
    )


@dataclass(frozen=True)
class _Asked:
    client: "Client"
    view: str
    order: Sequence[str]
    columns: Sequence[str]
    since: tuple[str, date] | None
    equal: dict[str, str]


def _pages(asked: _Asked) -> list[dict[str, Any]] | None:
    """The rows of all pages; None when their number changed on the way."""
    rows: list[dict[str, Any]] = []
    total: int | None = None
    while total is None or len(rows) < total:
        page, count = _page(asked, len(rows))
        if total not in (None, count) or (not page and len(rows) < count):
            return None
        total = count
        rows += page
    return rows if len(rows) == total else None


def _page(asked: _Asked, first: int) -> tuple[list[dict[str, Any]], int]:
    import httpx
    from postgrest import APIError, CountMethod

    view, wanted = asked.view, asked.columns or ("*",)
    query = asked.client.table(view).select(*wanted, count=CountMethod.exact)
    for column, value in asked.equal.items():
        query = query.eq(column, value)
    if asked.since:
        query = query.gte(asked.since[0], asked.since[1].isoformat())
    for column in asked.order:
        query = query.order(column)
    try:
        answer = query.range(first, first + PAGE - 1).execute()
    except httpx.TransportError as error:
        raise ServiceError(
            f"{view} cannot be read: {error or type(error).__name__}",
            remedy="look whether the project is paused, and at SUPABASE_URL",
        ) from None  # all that it says is said
    except APIError as error:
        if error.code == "PGRST103":  # fewer rows than before: it was published anew
            return [], first
        raise ServiceError(
            f"{view} is refused: {error.code}: {error.message}",
            remedy="look at the key, and run `seongsu doctor`",
        ) from None  # likewise
    if answer.count is None:
        raise ServiceError(f"{view} came without its number of rows", remedy="ask its operator")
    return [dict(row) for row in answer.data], answer.count  # type: ignore[arg-type]
