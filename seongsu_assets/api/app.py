"""The application: every route behind the front, and a document that tells what they really do.
No route is defined here."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import anyio
from fastapi import APIRouter
from fastapi.exceptions import RequestValidationError
from fastapi_offline import FastAPIOffline
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from seongsu_assets.api import (
    adjustments,
    document,
    forecast,
    health,
    keys,
    models,
    predict,
    problems,
    runs,
)
from seongsu_assets.api.dagster_runs import Runs
from seongsu_assets.api.desk import Desk
from seongsu_assets.api.front import Front, Paths
from seongsu_assets.api.guard import Guard
from seongsu_assets.api.issues import Issues
from seongsu_assets.api.meters import Meters
from seongsu_assets.api.pointer import Pointer
from seongsu_assets.api.reader import Reader
from seongsu_assets.api.shelf import Shelf
from seongsu_assets.api.whatif import WhatIf
from seongsu_assets.api.writer import Writer
from seongsu_assets.domain import Domain
from seongsu_assets.errors import WarehouseError
from seongsu_assets.warehouse import served

_FORECASTS = frozenset({"/forecast", "/forecast/when"})
_LEARNED = frozenset({"/accuracy", "/evaluate", "/drift", "/models"})
_BARE = frozenset({"/health", "/ready", "/metrics", "/openapi.json", "/docs"})
_ASKED, _STATUS, _KEYED = frozenset({"/predict"}), frozenset({"/status"}), frozenset({"/key"})
_WRITTEN = frozenset({"/train", "/promote", "/events", "/events/{id}/withdraw"})
PATHS = Paths(
    kept=_FORECASTS | _LEARNED | _STATUS,
    asked=_ASKED,
    written=_WRITTEN,
    keyed=_KEYED,
    bare=_BARE | _ASKED | _WRITTEN | _KEYED | _STATUS,
)
ROUTERS: tuple[APIRouter, ...] = (
    forecast.router, predict.router, models.router, runs.router, adjustments.router, keys.router,
    health.router,
)  # fmt: skip
#: A what-if reads all that a model remembers, once for each issue.
SLOW_MS = 20_000


def desk(domains: Mapping[str, Domain], url: str, dagster: str, guard: Guard) -> Desk:
    """All that the API needs. `url` is the warehouse's, `dagster` that of Dagster's webserver."""
    reader, names = Reader(url), list(domains)
    pointing, slow = Reader(url, size=1), Reader(url, size=1, statement_ms=SLOW_MS)

    def read() -> Mapping[str, served.State]:
        return pointing.read(lambda conn: served.states(conn, names))

    return Desk(
        domains=domains,
        reader=reader,
        pointing=pointing,
        slow=slow,
        writer=Writer(url),
        pointer=Pointer(read),
        issues=Issues(reader),
        shelf=Shelf(),
        guard=guard,
        runs=Runs(dagster),
        whatif=WhatIf(slow),
        patience=anyio.CapacityLimiter(1),
        meters=Meters(PATHS.kept | PATHS.bare),
    )


def application(at: Desk) -> ASGIApp:
    """The whole API on this desk."""
    app = FastAPIOffline(  # the page at /docs loads nothing from elsewhere
        title="Daily Seongsu",
        version="1",
        description="Forecasts that are scored. Every forecast names the model that made it.",
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.desk = at
    for router in ROUTERS:
        app.include_router(router)
    app.add_exception_handler(RequestValidationError, problems.of_validation)
    app.add_exception_handler(problems.Problem, problems.of_problem)
    app.add_exception_handler(HTTPException, problems.of_http)
    app.add_exception_handler(WarehouseError, problems.of_warehouse)
    app.add_exception_handler(Exception, problems.of_failure)
    plain = app.openapi

    @cache
    def openapi() -> dict[str, Any]:
        return document.told(plain(), PATHS, at.domains)

    app.openapi = openapi
    return Front(app, at, PATHS)
