"""Instants of a rehearsal's clock and lengths of time, as people write them.
No decision about what to say."""

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from seongsu_assets.domains import DOMAINS
from ui.show import wording
from ui.strings import Words

MINUTE = 60


def zone_of(domain: str) -> tzinfo:
    """The zone that a domain lives in; UTC for one that is not declared here."""
    return ZoneInfo(DOMAINS[domain].cadence.timezone if domain in DOMAINS else "UTC")


def text(at: datetime, zone: tzinfo, t: Words) -> str:
    """The day and the time of day."""
    local = at.astimezone(zone)
    return f"{wording.day_text(local.date(), t)} {wording.clock_text(local)}"


def length(seconds: float, t: Words) -> str:
    """How long something took."""
    whole = round(seconds)
    if whole < MINUTE:
        return t("rehearsal.seconds", seconds=whole)
    return t("rehearsal.minutes", minutes=whole // MINUTE, seconds=whole % MINUTE)
