"""What a block of code takes: seconds, the most memory, and which of its parts took how long.
Nothing is known here of what is measured."""

import time
from collections.abc import Callable, Generator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

#: Parts by name: the function of a module. What it calls of other parts counts for it.
Parts = Mapping[str, tuple[ModuleType, str]]


@dataclass
class Cost:
    """Seconds; the most MB above what there was before and of the whole process, None where the
    system cannot tell."""

    seconds: float = 0.0
    mb: int | None = None
    whole_mb: int | None = None
    parts: dict[str, float] = field(default_factory=dict[str, float])
    within: bool = False

    @property
    def rest(self) -> float:
        return self.seconds - sum(self.parts.values())


@contextmanager
def cost(parts: Parts | None = None) -> Generator[Cost]:
    """What the block takes, and which part of it the `parts` took."""
    told = Cost()
    with ExitStack() as stack:
        for name, (module, function) in (parts or {}).items():
            watched = _watched(getattr(module, function), name, told)
            stack.enter_context(patch.object(module, function, watched))
        before = _forget_peak()
        began = time.perf_counter()
        yield told
        told.seconds = time.perf_counter() - began
        if before is not None:
            told.whole_mb = _status("VmHWM")
            told.mb = told.whole_mb - before


def _watched(real: Callable[..., Any], name: str, told: Cost) -> Callable[..., Any]:
    def watched(*arguments: Any, **options: Any) -> Any:
        if told.within:
            return real(*arguments, **options)
        told.within, began = True, time.perf_counter()
        try:
            return real(*arguments, **options)
        finally:
            told.within = False
            told.parts[name] = told.parts.get(name, 0.0) + time.perf_counter() - began

    return watched


def _forget_peak() -> int | None:
    """MB now, to which the mark of the most is set back; None where a system has no such mark."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return None
    return _status("VmRSS")


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) // 1000 for line in lines if line.startswith(name))
