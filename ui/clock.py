"""The one door through which the time of day enters the pages, and the zone they speak in.
No formatting and no rules about age here."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from seongsu_assets import clock as product


def now() -> datetime:
    """This instant, in UTC, or the one rehearsed."""
    return product.now()


def life() -> datetime:
    """This instant in life itself, in UTC: whoever started something did so by this clock."""
    return product.life()


def zone(business_date: date, hour: int, at: datetime) -> timezone:
    """The offset at which slot `hour` of `business_date` starts at the instant `at`."""
    local = datetime(business_date.year, business_date.month, business_date.day, tzinfo=UTC)
    return timezone(local + timedelta(hours=hour) - at)


def zone_of(name: str, now: datetime) -> timezone:
    """The offset that the zone of this name has at `now`."""
    offset = now.astimezone(ZoneInfo(name)).utcoffset()
    assert offset is not None
    return timezone(offset)


def zone_name(place: timezone) -> str:
    """KST for Korea's offset, otherwise UTC with its sign."""
    return "KST" if place.utcoffset(None) == timedelta(hours=9) else str(place)
