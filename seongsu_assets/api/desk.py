"""All that the routes share: the domains, the warehouse, the pointer, the shelf, who may ask.
No route is here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from anyio import CapacityLimiter
from starlette.requests import Request
from starlette.responses import Response

from seongsu_assets.api.dagster_runs import Runs
from seongsu_assets.api.guard import Guard
from seongsu_assets.api.issues import Issues
from seongsu_assets.api.meters import Meters
from seongsu_assets.api.pointer import Pointer, Snapshot
from seongsu_assets.api.problems import Problem
from seongsu_assets.api.reader import Reader
from seongsu_assets.api.shelf import Entry, Shelf
from seongsu_assets.api.whatif import WhatIf
from seongsu_assets.api.writer import Writer
from seongsu_assets.domain import Domain
from seongsu_assets.warehouse.served import Row, State


@dataclass(frozen=True)
class Desk:
    """For one process. `pointing` and `slow` are of the pointer and the what-if. `patience`: one
    what-if at a time, since each takes a processor."""

    domains: Mapping[str, Domain]
    reader: Reader
    pointing: Reader
    slow: Reader
    writer: Writer
    pointer: Pointer
    issues: Issues
    shelf: Shelf
    guard: Guard
    runs: Runs
    whatif: WhatIf
    patience: CapacityLimiter
    meters: Meters

    def close(self) -> None:
        """Close the connections that wait."""
        for reader in (self.reader, self.pointing, self.slow):
            reader.close()

    def domain(self, name: str) -> Domain:
        """Raises Problem 422 for a domain that there is not."""
        if name not in self.domains:
            raise Problem(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "there is no such domain",
                remedy=f"choose one of {', '.join(self.domains)}",
                field="domain",
            )
        return self.domains[name]

    def state(self, snapshot: Snapshot, name: str) -> State:
        """Raises Problem 404 where nothing of the domain was ever loaded."""
        state = snapshot.states.get(self.domain(name).name)
        if state is None:
            raise nothing(name)
        return state

    def kept(self, request: Request, value: Any, seconds: float | None = None) -> Response:
        """The answer, put on the shelf for as long as nothing it tells of changes, or for some
        seconds where that cannot be known."""
        snapshot: Snapshot = request.scope["snapshot"]
        entry = Entry.of(value, snapshot.generation, seconds)
        self.shelf.put((request.url.path, request.scope["query_string"]), entry)
        return _Ready(entry, request.headers.get("if-none-match", "").encode("latin-1"))


class _Ready(Response):
    """The answer of an entry."""

    def __init__(self, entry: Entry, known: bytes) -> None:
        super().__init__()
        self._entry, self._known = entry, known

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:  # noqa: ARG002 - of ASGI
        await self._entry.send(self._known, send)


def desk_of(request: Request) -> Desk:
    return request.app.state.desk


def writer_of(request: Request) -> str:
    """The fingerprint of the key that the guard has let pass; raises Problem 401 where it was not
    asked: a write that slips by it is no write."""
    found: str | None = request.scope.get("writer")
    if found is None:
        raise Problem(
            HTTPStatus.UNAUTHORIZED, "this needs the key", remedy="/docs lists every path",
            field="Authorization", headers={"WWW-Authenticate": "Bearer"},
        )  # fmt: skip
    return found


def snapshot_of(request: Request) -> Snapshot:
    return request.scope["snapshot"]


def series_of(domain: Domain, name: str, rows: Sequence[Row]) -> str:
    """Raises Problem 404 for a series of another domain, or where series come and go for one that
    is not among the `rows`."""
    known = (*domain.series, domain.total)
    if name in known or (domain.open and any(row["series"] == name for row in rows)):
        return name
    more = f", or any series of /forecast?domain={domain.name}" if domain.open else ""
    raise Problem(
        HTTPStatus.NOT_FOUND,
        "the domain has no such series",
        remedy=f"choose one of {', '.join(known)}{more}",
        field="series",
    )


def nothing(domain: str) -> Problem:
    """Nothing of the domain is there yet."""
    return Problem(
        HTTPStatus.NOT_FOUND,
        "nothing is published of this domain yet",
        remedy=f"the operator runs `seongsu run {domain}`",
        field="domain",
    )
