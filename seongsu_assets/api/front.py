"""What every request passes: bounds, who may ask, answers that are ready, failures, counting.
No route and no answer is made here."""

import logging
import re
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

import anyio
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from seongsu_assets.api.desk import Desk
from seongsu_assets.api.problems import Problem, failure, unavailable
from seongsu_assets.api.shelf import Key
from seongsu_assets.errors import WarehouseError

#: Bytes of a request.
LONGEST_QUERY, LARGEST_BODY = 1024, 16_384
HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"access-control-allow-origin", b"*"),  # reads are public, and no cookie is ever used
]
_LOG = logging.getLogger("seongsu.api")


@dataclass(frozen=True)
class Paths:
    """`kept`: their answers are shelved. `asked`: they compute. `written`: they write, and need
    the key. `keyed`: they need it to be read. `bare`: they have no parameters."""

    kept: frozenset[str]
    asked: frozenset[str]
    written: frozenset[str]
    keyed: frozenset[str]
    bare: frozenset[str]

    def route(self, path: str) -> str:
        """The path as it was declared, where a part of it varies."""
        for declared in self.written:
            if "{" in declared and re.fullmatch(re.sub("{.*?}", "[^/]+", declared), path):
                return declared
        return path

    def needs_key(self, method: str, route: str) -> bool:
        return route in (self.written if method == "POST" else self.keyed)


class Front:
    """ASGI."""

    def __init__(self, app: ASGIApp, desk: Desk, paths: Paths) -> None:
        self._app, self._desk, self._paths = app, desk, paths
        self._making: dict[Key, anyio.Lock] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 0

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        try:
            await self._answer(scope, receive, told)
        except Problem as problem:
            await problem.response()(scope, receive, told)
        except WarehouseError as error:
            problem = unavailable(str(error.args[0]), error.remedy)
            await problem.response()(scope, receive, told)
        except Exception:  # noqa: BLE001 - the server outlives it; the log has its trace
            _LOG.exception("%s %s", scope["method"], scope["path"])
            if not status:  # the application answers its own, and raises them again
                await failure().response()(scope, receive, told)
        finally:
            seconds = time.perf_counter() - began
            route = self._paths.route(scope["path"])
            self._desk.meters.count(route, status or 500, seconds)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, method = self._paths.route(scope["path"]), scope["method"]
        if len(scope["query_string"]) > LONGEST_QUERY:
            raise _refused("query", f"it is longer than {LONGEST_QUERY} bytes")
        if method == "POST" and path in self._paths.asked:
            self._desk.guard.question(scope)
        if self._paths.needs_key(method, path):
            scope["writer"] = self._desk.guard.write(scope)
        if path in self._paths.bare and scope["query_string"]:
            raise _refused(_names(scope["query_string"])[0], "there is no such parameter")
        if method == "GET" and path in self._paths.kept:
            await self._ready(scope, receive, send)
            return
        await self._app(scope, _bounded(scope, receive), send)

    async def _ready(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The answer on the shelf; the first who finds none makes it, the others wait for it."""
        key = (scope["path"], scope["query_string"])
        scope["snapshot"] = snapshot = await self._desk.pointer.fresh()
        known = next((value for name, value in scope["headers"] if name == b"if-none-match"), b"")
        entry = self._desk.shelf.get(key, snapshot.generation)
        if entry is None:
            async with self._alone(key):
                entry = self._desk.shelf.get(key, snapshot.generation)
                if entry is None:
                    _once_each(scope["query_string"])
                    await self._app(scope, receive, send)
                    return
        await entry.send(known, send)

    @asynccontextmanager
    async def _alone(self, key: Key) -> AsyncGenerator[None]:
        lock = self._making.setdefault(key, anyio.Lock())
        try:
            async with lock:
                yield
        finally:
            if not lock.statistics().tasks_waiting:
                self._making.pop(key, None)


def _once_each(query: bytes) -> None:
    """Raises Problem where a parameter is given twice: which of the two would be meant?"""
    names = _names(query)
    for name in names:
        if names.count(name) > 1:
            raise _refused(name, "this parameter is given twice")


def _names(query: bytes) -> list[str]:
    text = query.decode("latin-1")
    return [name for name, _ in parse_qsl(text, keep_blank_values=True)] or [text]


def _refused(name: str, detail: str) -> Problem:
    remedy = "/docs lists the parameters of every path; give each once"
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, remedy=remedy, field=name)


def _bounded(scope: Scope, receive: Receive) -> Receive:
    """The body up to what is allowed, whether its length is told or not."""
    told = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    read = 0
    if not told.isdigit() or int(told) > LARGEST_BODY:
        raise _too_large()

    async def bounded() -> Message:
        nonlocal read
        message = await receive()
        body: Any = message.get("body", b"")
        read += len(body)
        if read > LARGEST_BODY:
            raise _too_large()
        return message

    return bounded


def _too_large() -> Problem:
    return Problem(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        f"the body is larger than {LARGEST_BODY} bytes",
        remedy="ask for less",
        field="body",
    )
