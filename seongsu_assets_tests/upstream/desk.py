"""What happens to a request on its way: seen, met by faults, counted, answered, dressed.
No sockets here, and what a service answers stands in its own file."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from seongsu_assets_tests.upstream import open_meteo_wish, refusals, routes
from seongsu_assets_tests.upstream.fault_rows import ROWS, Rows
from seongsu_assets_tests.upstream.faults import Faults, Met
from seongsu_assets_tests.upstream.quota import Quota
from seongsu_assets_tests.upstream.wire import KST, Reply, Request, Seen, Table
from seongsu_assets_tests.upstream.world import Ask, World

_KEPT_REPLIES = 400


@dataclass
class Desk:
    """Answers one request at a time, from any thread. `now` is the server's clock."""

    world: World
    now: Callable[[], datetime]
    latency: float = 0.0
    faults: Faults = field(default_factory=Faults)
    quota: Quota = field(default_factory=Quota)
    seen: list[Seen] = field(default_factory=list[Seen])
    _replies: dict[tuple[Any, ...], Reply] = field(default_factory=dict[tuple[Any, ...], Reply])
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, target: str) -> Reply:
        """What goes out for path and query of a GET."""
        request = self._read(target)
        with self._lock:
            self.seen.append(Seen(request.provider, request.path, request.at))
        met = self.faults.met_by(request)
        reply = met.instead(request.provider, self.world.options.gateway)
        if reply is None:
            reply = met.after(self._reply(Ask(request, met, self.world)))
        return replace(reply, wait=reply.wait + self.latency)

    def _read(self, target: str) -> Request:
        url = urlsplit(target)
        _, provider, *raw = url.path.split("/")
        parts = tuple(unquote(part) for part in raw)
        parameters = dict(parse_qsl(url.query, keep_blank_values=True))
        service, day = routes.locate(provider, parts, parameters)
        path = target.removeprefix(f"/{provider}")
        at = self.now().astimezone(KST)
        return Request(provider, path, parts, parameters, at, service, day)

    def _reply(self, ask: Ask) -> Reply:
        provider = ask.request.provider
        if provider in routes.PROVIDERS and not self._has_room(ask):
            return refusals.quota(provider, self.world.options.gateway)
        answer = routes.answer(ask)
        return self._dress(answer, ask.met) if isinstance(answer, Table) else answer

    def _has_room(self, ask: Ask) -> bool:
        provider = ask.request.provider
        calls = open_meteo_wish.weight(ask) if provider.startswith("open_meteo") else 1
        return self.quota.spend(provider, ask.request.at, calls)

    def _dress(self, table: Table, met: Met) -> Reply:
        """Rows in their envelope; kept where no fault may change the next one."""
        key = None if met else table.key
        if key is not None and (kept := self._replies.get(key)):
            return kept
        rows: Rows = (table.rows(), table.total)
        for fault in met.of(ROWS):
            rows = fault(rows, table.columns)
        reply = table.wrap(*rows)
        if key is not None:
            self._keep(key, reply)
        return reply

    def _keep(self, key: tuple[Any, ...], reply: Reply) -> None:
        with self._lock:
            if len(self._replies) >= _KEPT_REPLIES:
                self._replies.pop(next(iter(self._replies)))
            self._replies[key] = reply
