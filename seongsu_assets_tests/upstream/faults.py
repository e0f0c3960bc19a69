"""The faults that are switched on, and which of them a request meets.
What a fault does stands in fault_replies, fault_rows and fault_counts."""

import inspect
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from seongsu_assets_tests.upstream.fault_counts import COUNTS
from seongsu_assets_tests.upstream.fault_replies import AFTER, INSTEAD
from seongsu_assets_tests.upstream.fault_rows import ROWS
from seongsu_assets_tests.upstream.truth import Counts
from seongsu_assets_tests.upstream.wire import Reply, Request

#: Every kind by name; the parameters after the leading ones are the fault's own.
KINDS: Mapping[str, Callable[..., Any]] = {**INSTEAD, **AFTER, **ROWS, **COUNTS}
_LEADING = {**dict.fromkeys(INSTEAD, 2), **dict.fromkeys(ROWS, 2)}


@dataclass(eq=False)
class Fault:
    """A kind with its arguments, the requests it is meant for, and how often it still happens."""

    kind: str
    arguments: Mapping[str, Any]
    service: str | None
    when: Callable[[Request], bool]
    left: int | None
    happened: int = 0

    def meets(self, request: Request) -> bool:
        wanted = self.service in (None, request.service, request.provider)
        return wanted and self.left != 0 and self.when(request)

    def __call__(self, *leading: Any) -> Any:
        return KINDS[self.kind](*leading, **self.arguments)


@dataclass(frozen=True)
class Met:
    """The faults that one request met."""

    faults: tuple[Fault, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.faults)

    def of(self, group: Mapping[str, Any]) -> list[Fault]:
        return [fault for fault in self.faults if fault.kind in group]

    def instead(self, provider: str, form: str) -> Reply | None:
        return next((fault(provider, form) for fault in self.of(INSTEAD)), None)

    def counts(self, today: Counts, yesterday: Callable[[], Counts]) -> Counts:
        for fault in self.of(COUNTS):
            today = fault((today, yesterday()))
        return today

    def after(self, reply: Reply) -> Reply:
        for fault in self.of(AFTER):
            reply = fault(reply)
        return reply


@dataclass
class Faults:
    """The list of faults; safe to change while requests come in."""

    active: list[Fault] = field(default_factory=list[Fault])
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, fault: Fault) -> Fault:
        """Refuses an unknown kind and arguments that the kind does not take."""
        if fault.kind not in KINDS:
            raise ValueError(f"no fault {fault.kind!r}; there are {', '.join(sorted(KINDS))}")
        leading = [None] * _LEADING.get(fault.kind, 1)
        inspect.signature(KINDS[fault.kind]).bind(*leading, **fault.arguments)
        with self._lock:
            self.active.append(fault)
        return fault

    def remove(self, *gone: Fault) -> None:
        """The faults named, or all."""
        with self._lock:
            self.active = [fault for fault in self.active if gone and fault not in gone]

    def met_by(self, request: Request) -> Met:
        with self._lock:
            met = tuple(fault for fault in self.active if fault.meets(request))
            for fault in met:
                fault.happened += 1
                fault.left = None if fault.left is None else fault.left - 1
        return Met(met)
