"""The words for the outside world: who is asked, what is answered, and what is not there.
No request is made here, and nothing of what an answer means."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol, TypeVar


@dataclass(frozen=True)
class Provider:
    """A door of the outside world: its address, the name of the setting that holds its key (empty
    where none is needed), and what it allows: calls a day, from its own midnight, and at once."""

    name: str
    base: str
    key: str = ""
    daily_limit: int = 10_000
    timezone: str = "Asia/Seoul"
    at_once: int = 2


@dataclass(frozen=True)
class Answer:
    """One answer of the outside world, and how long it took. In `request` the key still reads
    `{key}`."""

    request: str
    status: int
    body: bytes
    received_at: datetime
    seconds: float | None = None


T = TypeVar("T")
Item = TypeVar("Item")


class Web(Protocol):
    """The way to the outside world; `sources.http` is the only one."""

    def has_key(self, provider: Provider) -> bool: ...

    def now(self) -> datetime: ...

    def get(
        self,
        provider: Provider,
        path: str,
        parameters: Mapping[str, str],
        read: Callable[[Answer], T],
    ) -> T:
        """What `read` makes of the answer. `{key}` in path or parameters stands for the key.

        `read` raises Outage for what is worth asking again; other errors are final."""
        ...

    def each(
        self, provider: Provider, ask: Callable[[Item], T], items: Sequence[Item]
    ) -> Iterator[T]:
        """`ask` of every item, in order, as many at once as the provider allows."""
        ...


#: Why a source had nothing of a day. `not due` and `late` differ by the source's own lag; `gone`
#: is for ever: the source has forgotten the day.
Meaning = Literal["not due", "late", "outage", "bad key", "quota", "refused", "gone"]


@dataclass(frozen=True)
class Absence:
    """A day that a source was asked for and did not give, and what that means."""

    business_date: date
    meaning: Meaning
    detail: str = ""
