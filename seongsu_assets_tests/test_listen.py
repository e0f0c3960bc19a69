"""What a feed says again: nothing new, unless it has said something else in between.
How a day off changes the calendar is in test_holiday_list."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from seongsu_assets.domain import Window
from seongsu_assets.domains.seongsu_feeds import FEEDS
from seongsu_assets.sources.calendar import korean_calendar
from seongsu_assets.warehouse import readings
from seongsu_assets_tests.faulty import TODAY
from seongsu_assets_tests.rehearsing import Life, keys
from seongsu_assets_tests.test_source_faults_out import heard
from seongsu_assets_tests.upstream import KEYS

HOLIDAYS = next(feed for feed in FEEDS if feed.name == "official_holidays")
#: A Friday.
ANNOUNCED = TODAY + timedelta(days=9)


@pytest.fixture(autouse=True)
def _key(live: Life) -> Iterator[None]:
    with keys(live.patch, data_go_kr_key=KEYS["data_go_kr"]):
        yield


def off(live: Life, day: date) -> bool:
    official = readings.read(live.conn, live.domain.name, HOLIDAYS.name)
    return bool(korean_calendar(Window(day, day), official).iloc[0].off)


def test_a_holiday_that_is_taken_back_is_a_plain_day_again(live: Life) -> None:
    live.at(TODAY, 6)
    assert heard(live, HOLIDAYS).readings > 30
    assert not off(live, ANNOUNCED)
    live.upstream.holidays[ANNOUNCED] = "임시공휴일"
    live.at(TODAY + timedelta(days=1), 6)
    heard(live, HOLIDAYS)
    assert off(live, ANNOUNCED)
    del live.upstream.holidays[ANNOUNCED]
    live.at(TODAY + timedelta(days=2), 6)
    heard(live, HOLIDAYS)
    assert not off(live, ANNOUNCED)


def test_the_same_list_again_says_nothing_new(live: Life) -> None:
    for number in range(3):
        live.at(TODAY + timedelta(days=number), 6)
        said = heard(live, HOLIDAYS)
        assert (said.readings > 0) == (number == 0)
