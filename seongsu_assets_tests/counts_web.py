"""The way to the upstream for tests: real HTTP, a journal in memory, no waiting between attempts.
No expectations here."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import SecretStr

from seongsu_assets.outside import Answer, Provider
from seongsu_assets.sources.http import Door
from seongsu_assets_tests.upstream import KEYS, Upstream


def right_key(setting: str) -> str | None:
    return KEYS.get(setting.removesuffix("_key"))


@dataclass
class Journal:
    """What the door told: the calls it spent, and the answers it kept."""

    spent: Counter[str] = field(default_factory=Counter[str])
    answers: list[Answer] = field(default_factory=list[Answer])
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def spend(self, provider: Provider, now: datetime) -> bool:  # noqa: ARG002 - one day a test
        with self._lock:
            self.spent[provider.name] += 1
            return self.spent[provider.name] <= provider.daily_limit

    def keep(self, provider: Provider, answer: Answer) -> None:  # noqa: ARG002 - in the request
        with self._lock:
            self.answers.append(answer)


@contextmanager
def asking(
    upstream: Upstream,
    journal: Journal | None = None,
    key: Callable[[str], str | None] = right_key,
) -> Iterator[Door]:
    """A door that is open while the context is. `key` gives the key that a setting holds."""

    def secret(setting: str) -> SecretStr | None:
        value = key(setting)
        return None if value is None else SecretStr(value)

    kept = Journal() if journal is None else journal
    with Door(kept, secret, lambda: upstream.now, upstream.url, sleep=lambda _seconds: None) as web:
        yield web
