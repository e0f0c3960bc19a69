"""The upstream as tests use it: a server with a clock, keys, quotas and faults to play with.
What the services answer stands in their own files."""

from collections.abc import Callable
from datetime import date, datetime
from types import TracebackType
from typing import Any, Self

from seongsu_assets_tests.upstream import people
from seongsu_assets_tests.upstream.desk import Desk
from seongsu_assets_tests.upstream.faults import Fault
from seongsu_assets_tests.upstream.quota import Quota
from seongsu_assets_tests.upstream.server import Server
from seongsu_assets_tests.upstream.truth import Ours, Truth
from seongsu_assets_tests.upstream.weather import Weather
from seongsu_assets_tests.upstream.wire import KST, Request, Seen
from seongsu_assets_tests.upstream.world import Options, World

Clock = Callable[[], datetime]


class Upstream:
    """Serves every provider P at `{url}/{P.name}`, from 127.0.0.1, while the context is open."""

    def __init__(
        self,
        seed: int = 7,
        now: Clock | datetime | None = None,
        port: int = 0,
        ours: Ours = people.seongsu,
    ) -> None:
        self._clock: Clock = lambda: datetime.now(KST)
        if now is not None:
            self.now = now
        self.truth = Truth(seed, lambda: self.now, ours)
        self.world = World(self.truth, Weather(seed))
        self._desk = Desk(self.world, lambda: self.now)
        self._server = Server(port, self._desk.answer)

    @property
    def url(self) -> str:
        return self._server.url

    @property
    def now(self) -> datetime:
        """The server's time, aware. May be set to a moment, or to a function that tells it."""
        return self._clock()

    @now.setter
    def now(self, value: datetime | Clock) -> None:
        clock = (lambda: value) if isinstance(value, datetime) else value
        if clock().tzinfo is None:
            raise ValueError("the clock of the upstream must be aware: give it a timezone")
        self._clock = clock

    @property
    def keys(self) -> dict[str, str]:
        """The one key that each provider accepts."""
        return self.world.keys

    @keys.setter
    def keys(self, value: dict[str, str]) -> None:
        self.world.keys = value

    @property
    def options(self) -> Options:
        """Old names, publication hours, forms of refusal: see Options."""
        return self.world.options

    @property
    def holidays(self) -> dict[date, str | None]:
        """Holidays announced beside the usual ones; None takes a usual one back."""
        return self.world.holidays

    @property
    def latency(self) -> float:
        """Seconds before each reply."""
        return self._desk.latency

    @latency.setter
    def latency(self, seconds: float) -> None:
        self._desk.latency = seconds

    @property
    def quota(self) -> Quota:
        """Calls a day by provider, where they are limited: `up.quota["open_meteo"] = 100`."""
        return self._desk.quota

    @property
    def requests(self) -> list[Seen]:
        """Every request so far, in the order of its arrival."""
        return self._desk.seen

    def fault(
        self,
        kind: str,
        *,
        service: str | None = None,
        when: Callable[[Request], bool] = lambda _request: True,
        times: int | None = None,
        **arguments: Any,
    ) -> Fault:
        """Switches a fault on for the requests to `service` (a service or a provider) that `when`
        accepts, for the next `times` of them or until `clear`. See `faults.KINDS`."""
        return self._desk.faults.add(Fault(kind, arguments, service, when, times))

    def clear(self, *faults: Fault) -> None:
        """Switches these faults off, or all of them."""
        self._desk.faults.remove(*faults)

    def __enter__(self) -> Self:
        self._server.serve()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        """A failure of the server itself is raised here: it was no fault that anybody asked for."""
        self._server.stop()
        if self._server.failures and kind is None:
            raise self._server.failures[0]
