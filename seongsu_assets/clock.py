"""The clock. Every module that needs the time takes it from here, so that a test or a replay can
put another in its place. Nothing else in the product calls `datetime.now`."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

#: An instant (ISO 8601 with offset), or `@` and a file that holds one and may be written anew.
VARIABLE = "SEONGSU_NOW"


def now() -> datetime:
    """The instant, in UTC; that of a rehearsal or of a replay where the environment names one."""
    said = os.environ.get(VARIABLE)
    if not said:
        return life()
    file = watched()
    return datetime.fromisoformat(file.read_text() if file else said).astimezone(UTC)


def life() -> datetime:
    """The instant in life itself, in UTC: how long a rehearsal takes, whatever its own clock."""
    return datetime.now(UTC)


def watched() -> Path | None:
    """The file that tells the time of a replay; None where life itself does."""
    said = os.environ.get(VARIABLE, "")
    return Path(said[1:]) if said.startswith("@") else None


def yesterday(timezone: str) -> date:
    """The last complete day in `timezone`."""
    return (now().astimezone(ZoneInfo(timezone)) - timedelta(days=1)).date()
