"""The hands of a replay's clock, and how far each loop of the daemon has followed them.
No stepping is decided here."""

import os
from datetime import datetime
from pathlib import Path

#: The daemon's loops that a replay waits for.
LOOPS = ("schedules", "sensors", "conditions", "backfills")


def turn(clock: Path, instant: datetime) -> None:
    """Set the clock. Whoever reads it meanwhile sees the instant before or this one."""
    _write(clock, instant.isoformat())


def mark(clock: Path, loop: str, began: datetime) -> None:
    """A loop has finished a round that it began at this instant of the clock."""
    _write(_mark(clock, loop), began.isoformat())


def followed(clock: Path, instant: datetime) -> bool:
    """Whether every loop has finished a round that it began at this instant or later."""
    return all(
        mark.exists() and datetime.fromisoformat(mark.read_text()) >= instant
        for mark in (_mark(clock, loop) for loop in LOOPS)
    )


def _mark(clock: Path, loop: str) -> Path:
    return clock.with_suffix(f".{loop}")


def _write(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_text(text)
    part.replace(path)
