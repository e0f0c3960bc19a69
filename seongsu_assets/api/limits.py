"""How often something may be asked, by one client and by all.
What is asked is not known here."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

#: Clients remembered; who is forgotten starts anew.
CLIENTS = 10_000


@dataclass(frozen=True)
class Rate:
    """So many a minute in the long run, so many at once."""

    a_minute: float
    at_once: float


class Bucket:
    """Fills with time, and gives one for each request."""

    def __init__(self, rate: Rate, now: float) -> None:
        self._rate, self._held, self._at = rate, rate.at_once, now

    def wait(self, now: float) -> float:
        """0 and one is taken, or the seconds until there is one."""
        a_second = self._rate.a_minute / 60
        self._held = min(self._rate.at_once, self._held + (now - self._at) * a_second)
        self._at = now
        if self._held < 1:
            return (1 - self._held) / a_second
        self._held -= 1
        return 0.0


class Limiter:
    """A bucket for each client and one for all."""

    def __init__(
        self, client: Rate, everybody: Rate, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate, self._clock = client, clock
        self._clients: OrderedDict[str, Bucket] = OrderedDict()
        self._everybody = Bucket(everybody, clock())

    def by(self, client: str) -> float:
        """Seconds that this client must wait; 0 when it need not."""
        bucket = self._clients.pop(client, None) or Bucket(self._rate, self._clock())
        self._clients[client] = bucket
        if len(self._clients) > CLIENTS:
            self._clients.popitem(last=False)
        return bucket.wait(self._clock())

    def by_all(self) -> float:
        """Seconds that everybody must wait; 0 when nobody need."""
        return self._everybody.wait(self._clock())
