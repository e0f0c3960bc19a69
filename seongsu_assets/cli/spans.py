"""Spans of days as they are written after an option: FROM..TO.
No command is defined here."""

from datetime import date

import pandas as pd

from seongsu_assets.domain import Cadence, Window
from seongsu_assets.errors import SeongsuError


def origins(option: str, span: str, every: int, cadence: Cadence) -> list[pd.Timestamp]:
    """Every so-manieth period that begins in the span, its first included. Raises SeongsuError
    naming `option`."""
    try:
        first, last = (date.fromisoformat(part) for part in span.split(".."))
    except ValueError as error:
        raise SeongsuError(
            f"{option} {span!r} is not FROM..TO", remedy="write 2024-03-01..2024-08-24"
        ) from error
    if first > last:
        raise SeongsuError(
            f"{option} {span}: {first} is after {last}", remedy="name the earlier day first"
        )
    return [pd.Timestamp(day) for day in cadence.periods(Window(first, last))[::every]]
