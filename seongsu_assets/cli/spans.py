"""Spans of days as they are written after an option: FROM..TO.
No command is defined here."""

from datetime import date

import pandas as pd

from seongsu_assets.errors import SeongsuError


def origins(option: str, span: str, every: int) -> list[pd.Timestamp]:
    """Every so-manieth day of the span, its first included. Raises SeongsuError naming `option`."""
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
    return list(pd.date_range(first, last, freq=f"{every}D"))
