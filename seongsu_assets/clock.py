"""The clock. Every module that needs the time takes it from here, so that a test or a replay can
put another in its place. Nothing else in the product calls `datetime.now`."""

import os
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The instant, in UTC; SEONGSU_NOW (ISO 8601 with offset) replaces it in a rehearsal."""
    pinned = os.environ.get("SEONGSU_NOW")
    return datetime.fromisoformat(pinned).astimezone(UTC) if pinned else datetime.now(UTC)


def yesterday(timezone: str) -> date:
    """The last complete day in `timezone`."""
    return (now().astimezone(ZoneInfo(timezone)) - timedelta(days=1)).date()
