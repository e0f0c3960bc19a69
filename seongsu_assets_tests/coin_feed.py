"""A local WebSocket server that speaks Coinbase's protocol by a script, and a listener beside it.
No expectation here."""

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from seongsu_assets.domain import Payload
from seongsu_assets.live.listener import Listener, Times
from seongsu_assets.live.standing import Standing
from seongsu_assets.live.tape import Tape
from seongsu_assets_tests.coin import TICKER, at

#: What a server does: send, pause, call, end the line without a word, end it politely, or fall
#: silent and keep it open.
Step = bytes | float | Callable[[], object] | Literal["drop", "close", "silence"]

QUICK = Times(
    silent=3.0, opening=3.0, first=0.02, longest=0.08, healthy=30.0, tick=0.01, telling=0.02,
    warehouse=0.05,
)  # fmt: skip


@dataclass
class Feed:
    """One script for each connection, in order; after the last it is silent."""

    scripts: Sequence[Sequence[Step]]
    said: list[str] = field(default_factory=list[str])
    opened: list[float] = field(default_factory=list[float])

    async def __aenter__(self) -> Self:
        self._server: Server = await serve(self._serve, "127.0.0.1", 0, close_timeout=0.1)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for connection in self._server.connections:
            connection.transport.abort()
        self._server.close()
        await self._server.wait_closed()

    @property
    def url(self) -> str:
        host, port = next(iter(self._server.sockets)).getsockname()
        return f"ws://{host}:{port}"

    async def _serve(self, connection: ServerConnection) -> None:
        number = len(self.opened)
        self.opened.append(time.monotonic())
        with suppress(ConnectionClosed):
            self.said.append(str(await connection.recv()))
            for step in self.scripts[number] if number < len(self.scripts) else ["silence"]:
                await self._do(connection, step)

    async def _do(self, connection: ServerConnection, step: Step) -> None:
        match step:
            case bytes():
                await connection.send(step.decode("latin-1"), text=True)
            case float():
                await asyncio.sleep(step)
            case "drop":
                connection.transport.abort()
            case "close":
                await connection.close()
            case "silence":
                await connection.wait_closed()
            case act:
                assert not isinstance(act, str)
                act()


@dataclass
class Clock:
    """It stands until it is set."""

    moment: datetime = field(default_factory=lambda: at("02:59:50"))

    def __call__(self) -> datetime:
        return self.moment

    def shows(self, clock: str) -> Callable[[], None]:
        """A step of a script: the clock is set."""

        def step() -> None:
            self.moment = at(clock)

        return step


@dataclass
class Played:
    """What came of a script."""

    feed: Feed
    standing: Standing
    taken: list[Payload]
    told: list[Standing]

    @property
    def closes(self) -> dict[int, float]:
        """The hours that the newest payload proves."""
        told = json.loads(TICKER.parse(self.taken[-1]).facts["closes"])
        return {int(hour): price for hour, price in told.items()}


def play(
    folder: Path,
    *scripts: Sequence[Step],
    until: Callable[[Listener, list[Payload]], bool],
    clock: Clock | None = None,
    times: Times = QUICK,
    take: Callable[[Payload], None] = lambda _: None,
    tell: Callable[[Standing], None] = lambda _: None,
) -> Played:
    """Listen to the scripts until something is so, then stop."""
    now = clock or Clock()
    taken, told = list[Payload](), list[Standing]()

    def taking(payload: Payload) -> None:
        take(payload)
        taken.append(payload)

    def telling(standing: Standing) -> None:
        tell(standing)
        told.append(standing)

    async def go() -> Played:
        async with Feed(scripts) as feed:
            tape = Tape(folder, TICKER, now())
            standing = Standing(now())
            listener = Listener(
                TICKER, feed.url, tape, standing, taking, telling, now, times=times,
                chance=lambda: 1.0,
            )  # fmt: skip
            stop = asyncio.Event()
            listening = asyncio.create_task(listener.run(stop))
            async with asyncio.timeout(8):
                while not (until(listener, taken) or listening.done()):  # noqa: ASYNC110 - a poll
                    await asyncio.sleep(0.002)
                stop.set()
                await listening
            return Played(feed, standing, taken, told)

    return asyncio.run(go())
