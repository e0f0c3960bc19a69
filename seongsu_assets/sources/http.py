"""The one door to the outside world: budget, retries, and every answer journaled before it is read.
No meaning of any answer here, no database, and nothing of the network below (see `wire`)."""

import random
import re
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Protocol, Self, TypeVar
from urllib.parse import quote, unquote, urlencode

import tenacity
from pydantic import SecretStr

from seongsu_assets.errors import KeyRefused, Outage, QuotaSpent, RequestRefused
from seongsu_assets.outside import Answer, Provider
from seongsu_assets.sources.masking import PLACE, Secret
from seongsu_assets.sources.wire import Sealed, wire

T = TypeVar("T")
Item = TypeVar("Item")

_ATTEMPTS = 4
#: The longest pause before the second attempt; it doubles with each further one.
_PAUSE_SECONDS = 1.0
_REDIRECTS = range(300, 400)
_SECONDS = re.compile(r"[0-9]{1,9}")


class Journal(Protocol):
    """What the door tells of itself. It is called from several threads."""

    def spend(self, provider: Provider, now: datetime) -> bool:
        """Count one call of the provider's day; False, and nothing counted, when none is left."""
        ...

    def keep(self, provider: Provider, answer: Answer) -> None: ...


class Door:
    """Implements `outside.Web`; use it in a `with`. `key` gives the secret that a setting holds.

    `upstream` is a server that stands for every provider; `seconds` the longest that a `get` may
    last, retries included; `largest` the size of an answer, on the way and unpacked."""

    def __init__(
        self,
        journal: Journal,
        key: Callable[[str], SecretStr | None],
        now: Callable[[], datetime],
        upstream: str = "",
        *,
        seconds: float = 60.0,
        largest: int = 32 * 2**20,
        proxy: str = "",
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._journal = journal
        self._key = key
        self._now = now
        self._upstream = upstream.rstrip("/")
        self._seconds = seconds
        self._opened = wire(largest, "" if upstream else proxy)
        self._sleep = sleep
        self._chance = chance

    def __enter__(self) -> Self:
        self._wire = self._opened.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._opened.__exit__(kind, error, trace)

    def now(self) -> datetime:
        return self._now()

    def has_key(self, provider: Provider) -> bool:
        """Whether the provider can be asked: it needs no key, or there is one."""
        return not provider.key or self._key(provider.key) is not None

    def get(
        self,
        provider: Provider,
        path: str,
        parameters: Mapping[str, str],
        read: Callable[[Answer], T],
    ) -> T:
        """What `read` makes of the answer. `path` may be plain or percent-encoded; `{key}` in it
        or in a value stands for the key. Each attempt is a call of the provider's day.

        Raises what `read` raises, Outage after the last attempt, QuotaSpent, KeyRefused without a
        key, and RequestRefused for a redirect, or an answer beyond all bounds."""
        sealed = self._sealed(provider, path, parameters)
        ends = time.monotonic() + self._seconds
        told_to_wait = 0.0

        def attempt() -> T:
            nonlocal told_to_wait
            told_to_wait = 0.0
            self._spend(provider)
            began = time.monotonic()
            reply = self._wire.ask(sealed, ends - began)
            seconds = time.monotonic() - began
            told_to_wait = _seconds_of(reply.retry_after, self._now())
            answer = Answer(sealed.request, reply.status, reply.body, self._now(), seconds)
            self._journal.keep(provider, answer)
            if reply.status in _REDIRECTS:
                where = reply.redirect or "elsewhere"
                raise RequestRefused(f"{sealed.request}: sent on to {where}, and not followed")
            return read(answer)

        def pause(state: tenacity.RetryCallState) -> float:
            longest = _PAUSE_SECONDS * 2 ** (state.attempt_number - 1)
            return told_to_wait + longest * self._chance()

        return tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(Outage),
            stop=tenacity.stop_after_attempt(_ATTEMPTS) | tenacity.stop_before_delay(self._seconds),
            wait=pause,
            sleep=self._sleep,
            reraise=True,
        )(attempt)

    def each(
        self, provider: Provider, ask: Callable[[Item], T], items: Sequence[Item]
    ) -> Iterator[T]:
        """`ask` of every item, in order; an item's error is raised in its place. While a result is
        looked at, others are asked for: at most `at_once` at a time, and no more lie waiting."""
        asked = deque[Future[T]]()
        with ThreadPoolExecutor(provider.at_once, thread_name_prefix=provider.name) as pool:
            for item in items:
                asked.append(pool.submit(ask, item))
                if len(asked) > provider.at_once:
                    yield asked.popleft().result()
            while asked:
                yield asked.popleft().result()

    def _sealed(self, provider: Provider, path: str, parameters: Mapping[str, str]) -> Sealed:
        base = f"{self._upstream}/{provider.name}" if self._upstream else provider.base
        request, address = f"{provider.name} {unquote(path)}", base + quote(path, safe="/%{}")
        if parameters:
            request += "?" + "&".join(f"{name}={value}" for name, value in parameters.items())
            address += "?" + urlencode(parameters, safe="{}", quote_via=quote)
        secret = self._secret(provider) if PLACE in address else Secret()
        return Sealed(request, address, secret)

    def _secret(self, provider: Provider) -> Secret:
        if pasted := self._key(provider.key):
            return Secret(pasted)
        raise KeyRefused(
            f"there is no key for {provider.name}",
            remedy=f"set SEONGSU_{provider.key.upper()}; .env.example says where to apply",
        )

    def _spend(self, provider: Provider) -> None:
        if not self._journal.spend(provider, self._now()):
            raise QuotaSpent(
                f"the day's {provider.daily_limit:,} calls to {provider.name} are used up",
                remedy=f"it is asked again after midnight ({provider.timezone})",
            )


def _seconds_of(retry_after: str, now: datetime) -> float:
    """Seconds to wait as the header says, in seconds or by date; 0 where it says neither."""
    if _SECONDS.fullmatch(retry_after):
        return float(retry_after)
    try:
        return max(0.0, (parsedate_to_datetime(retry_after) - now).total_seconds())
    except (ValueError, TypeError):  # no date, or one without a zone
        return 0.0
