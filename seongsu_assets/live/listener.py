"""The listener: a connection that is opened again whenever it is lost or silent, and its tape.
Nothing of what a message means, and no warehouse: what was heard is handed on."""

import asyncio
import logging
import random
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from seongsu_assets.domain import Payload
from seongsu_assets.errors import RequestRefused, WarehouseError
from seongsu_assets.live.standing import Standing
from seongsu_assets.live.tape import Tape
from seongsu_assets.sources.live import Live
from seongsu_assets.sources.wire import trusted

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Times:
    """In seconds. A heartbeat is due every second; `silent` without one is a line that is dead.
    The pause before a new connection doubles from `first` to `longest`, and at least half of it is
    waited, whatever chance says; after `healthy` on the line it begins anew."""

    silent: float = 10.0
    opening: float = 10.0
    first: float = 1.0
    longest: float = 60.0
    healthy: float = 60.0
    tick: float = 1.0
    telling: float = 15.0
    warehouse: float = 30.0


@dataclass
class Listener:
    """`take` gives a payload to the warehouse and `tell` the standing; both may raise
    WarehouseError, then they are asked again. They run in a thread, one at a time."""

    source: Live
    address: str
    tape: Tape
    standing: Standing
    take: Callable[[Payload], None]
    tell: Callable[[Standing], None]
    now: Callable[[], datetime]
    proxy: str = ""
    times: Times = field(default_factory=Times)
    chance: Callable[[], float] = random.random
    _told_at: float = float("-inf")
    _asked_at: float = float("-inf")

    async def run(self, stop: asyncio.Event) -> None:
        """Listen until `stop` is set; then what was heard is handed on once more."""
        talking = asyncio.create_task(self._talk())
        minding = asyncio.create_task(self._mind(stop))
        try:
            await asyncio.wait({talking, minding}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stop.set()
            talking.cancel()
            ended = await asyncio.gather(talking, minding, return_exceptions=True)
            self.tape.end(self.now())
            await asyncio.to_thread(self._hand_on, last=True)
        for error in ended:
            if isinstance(error, Exception):  # a cancelled task has ended as it should
                raise error

    async def _talk(self) -> None:
        """One connection after the other."""
        pause = self.times.first
        while True:
            began = time.monotonic()
            try:
                await self._listen()
            except (OSError, WebSocketException, TimeoutError, RequestRefused) as error:
                self.standing.failures += 1
                self.standing.last_failure = f"{type(error).__name__}: {error}"[:300]
                _LOG.warning("the line is lost: %s", self.standing.last_failure)
            finally:
                self.standing.connected = False
                self.tape.closed()
            if time.monotonic() - began >= self.times.healthy:
                pause = self.times.first
            await asyncio.sleep(pause * (1 + self.chance()) / 2)
            pause = min(2 * pause, self.times.longest)

    async def _listen(self) -> None:
        """One connection, until it is lost. RequestRefused where the source says that it will not
        tell, TimeoutError where it says nothing."""
        async with connect(
            self.address,
            open_timeout=self.times.opening,
            close_timeout=1.0,
            user_agent_header="daily-seongsu",
            ssl=trusted() if self.address.startswith("wss:") else None,
            proxy=self.proxy or None,  # none that was meant for something else
        ) as socket:
            await socket.send(self.source.subscription())
            self.tape.opened(uuid4().hex, self.now())
            self.standing.connections += 1
            self.standing.connected = True
            await self._hear(socket)

    async def _hear(self, socket: ClientConnection) -> None:
        loop = asyncio.get_running_loop()
        dead = loop.time() + self.times.silent
        while True:
            async with asyncio.timeout_at(dead):
                raw = await socket.recv(decode=False)
            heard = self.tape.heard(raw)
            self.standing.messages += 1
            self.standing.last_message_at = self.now()
            self.standing.gaps += heard.kind == "gap"
            self.standing.unreadable += heard.kind == "unreadable"
            if heard.kind == "refusal":
                raise RequestRefused(f"{self.source.name}: {heard.reason}")
            if heard.alive:
                dead = loop.time() + self.times.silent

    async def _mind(self, stop: asyncio.Event) -> None:
        """Cut the tape when its hour is over, and hand on what waits."""
        while not stop.is_set():
            self.tape.flush()
            if self.tape.due(self.now()):
                self.tape.cut(self.now())
            await asyncio.to_thread(self._hand_on)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), self.times.tick)

    def _hand_on(self, *, last: bool = False) -> None:
        """What the warehouse does not take now waits in its file."""
        waiting, now = self.tape.waiting(), time.monotonic()
        self.standing.untold = len(waiting)
        due = waiting or now - self._told_at >= self.times.telling
        if not last and (not due or now - self._asked_at < self.times.warehouse):
            return
        try:
            for path in waiting:
                self.take(self.tape.payload(path))
                self.tape.taken(path)
                self.standing.untold -= 1
            self.tell(self.standing)
            self._told_at = now
        except WarehouseError as error:
            self._asked_at = now
            _LOG.warning("what was heard waits: %s", error)
