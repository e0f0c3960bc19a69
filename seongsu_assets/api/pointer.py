"""What is published and who is champion, at most a tenth of a second old.
One question at a time, however many ask; what is made of the answer is not known here."""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import anyio
import anyio.to_thread

from seongsu_assets.warehouse.served import State

#: Seconds: from the first on it is read again while the old one serves, from the second on awaited.
RENEW, OLDEST = 0.05, 0.1


@dataclass(frozen=True)
class Snapshot:
    """All domains at one moment. The generation rises whenever anything in it changed."""

    generation: int
    states: Mapping[str, State]


class Pointer:
    """For one event loop. `read` is run in a thread of its own."""

    def __init__(self, read: Callable[[], Mapping[str, State]]) -> None:
        self._read = read
        self._snapshot = Snapshot(0, {})
        self._read_at = float("-inf")
        self._renewing: asyncio.Task[None] | None = None
        self._limiter = anyio.CapacityLimiter(1)

    async def fresh(self) -> Snapshot:
        """The snapshot; whatever `read` raises when a new one is needed and cannot be had."""
        age = time.monotonic() - self._read_at
        if age > RENEW and (self._renewing is None or self._renewing.done()):
            self._renewing = asyncio.create_task(self._renew())
            self._renewing.add_done_callback(_heard)
        if age > OLDEST:
            assert self._renewing is not None
            await asyncio.shield(self._renewing)
        return self._snapshot

    async def _renew(self) -> None:
        began = time.monotonic()
        states = await anyio.to_thread.run_sync(self._read, limiter=self._limiter)
        if states != self._snapshot.states or not self._snapshot.generation:
            self._snapshot = Snapshot(self._snapshot.generation + 1, states)
        self._read_at = began


def _heard(task: asyncio.Task[None]) -> None:
    """Who waits is told of a failure; if nobody waits the next one to ask reads again."""
    if not task.cancelled():
        task.exception()
