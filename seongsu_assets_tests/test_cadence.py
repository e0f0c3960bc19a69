"""When a day is over, for a day that ends after its midnight and for one that does not.
Weeks are in `test_weeks`; when a day is late is in `test_late_data`."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from seongsu_assets.domains import DOMAINS

SEOUL, PARIS = ZoneInfo("Asia/Seoul"), ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("domain", "now", "newest"),
    [
        # The last trains run after midnight: the operating day of the 19th ends at four.
        ("seongsu", datetime(2026, 11, 20, 0, 0, tzinfo=SEOUL), date(2026, 11, 18)),
        ("seongsu", datetime(2026, 11, 20, 3, 59, 59, tzinfo=SEOUL), date(2026, 11, 18)),
        ("seongsu", datetime(2026, 11, 20, 4, 0, tzinfo=SEOUL), date(2026, 11, 19)),
        ("seongsu", datetime(2026, 11, 20, 23, 59, tzinfo=SEOUL), date(2026, 11, 19)),
        ("paris_bikes", datetime(2026, 11, 20, 0, 0, tzinfo=PARIS), date(2026, 11, 19)),
        # Days of 23 and of 25 hours end at their midnights too.
        ("paris_bikes", datetime(2026, 3, 29, 23, 59, tzinfo=PARIS), date(2026, 3, 28)),
        ("paris_bikes", datetime(2026, 3, 30, 0, 0, tzinfo=PARIS), date(2026, 3, 29)),
        ("paris_bikes", datetime(2026, 10, 25, 23, 59, tzinfo=PARIS), date(2026, 10, 24)),
        ("paris_bikes", datetime(2026, 10, 26, 0, 0, tzinfo=PARIS), date(2026, 10, 25)),
    ],
)  # fmt: skip
def test_a_day_is_over_when_its_last_slot_is(domain: str, now: datetime, newest: date) -> None:
    assert DOMAINS[domain].cadence.newest(now) == newest


@pytest.mark.parametrize("name", DOMAINS)
def test_the_forecast_after_the_newest_day_reaches_every_moment(name: str) -> None:
    """So that whoever starts the platform sees this hour, whatever the hour is."""
    cadence = DOMAINS[name].cadence
    begin = datetime(2026, 11, 20, tzinfo=ZoneInfo(cadence.timezone))
    for minutes in range(0, 7 * 24 * 60, 30):
        now = begin + timedelta(minutes=minutes)
        first = cadence.later(cadence.newest(now), 1)
        assert cadence.at(first, min(slot.hour for slot in cadence.slots)) <= now
