"""The policy of daily sources: which days are asked for, and what nothing means.
No envelope here; the outside world is a function, the door a real one."""

import random
import threading
import time
from datetime import UTC, date, datetime, timedelta

import pytest

from seongsu_assets.domain import Payload, Terms, Window
from seongsu_assets.errors import (
    KeyRefused,
    NoData,
    Outage,
    QuotaSpent,
    RequestRefused,
    SourceError,
    WarehouseError,
)
from seongsu_assets.outside import Absence, Provider
from seongsu_assets.sources.days import by_day, day_of, request_of
from seongsu_assets.sources.http import Door
from seongsu_assets.sources.seoul.envelope import seoul_page
from seongsu_assets_tests.counts_web import Journal

OPEN = Provider("somewhere", "http://localhost", at_once=4)
LOCKED = Provider("elsewhere", "http://localhost", "a_key")
NOW = datetime(2026, 3, 9, 15, 30, tzinfo=UTC)  # in Seoul the 10th has begun
TODAY = date(2026, 3, 10)
WEEK = Window(date(2026, 3, 1), date(2026, 3, 7))
TERMS = Terms(OPEN, due_days=3)
INFO_200 = '{"RESULT":{"CODE":"INFO-200","MESSAGE":"해당하는 데이터가 없습니다."}}'.encode()


class World:
    """Answers as told for a day, by an error or after some seconds, and remembers which days it was
    asked for. The days of `together` are answered once all of them are asked for."""

    def __init__(self, together: range = range(0), **said: Exception | float) -> None:
        self._said = {int(day.removeprefix("day_")): what for day, what in said.items()}
        self.asked = list[date]()
        self.always: Exception | None = None
        self._lock = threading.Lock()
        self._together = together
        self._all_here = threading.Barrier(max(1, len(together)), timeout=20)

    def ask(self, day: date) -> Payload:
        with self._lock:
            self.asked.append(day)
        if day.day in self._together:
            self._all_here.wait()
        what = self.always or self._said.get(day.day)
        if isinstance(what, Exception):
            raise what
        if what:
            time.sleep(what)
        return Payload("world", request_of("ask", day), b"{}", NOW)


def told(world, window=WEEK, terms=TERMS, now=NOW, zone="Asia/Seoul"):
    web = Door(Journal(), lambda _setting: None, lambda: now)
    return list(by_day(terms, window, web, world.ask, zone))


def meanings(answers):
    return [each.meaning if isinstance(each, Absence) else "payload" for each in answers]


def days(answers):
    return [
        each.business_date if isinstance(each, Absence) else day_of(each.request)
        for each in answers
    ]


def test_payloads_come_in_the_order_of_days_however_long_each_takes():
    world = World(day_2=0.08, day_3=0.04)
    answers = told(world)
    assert meanings(answers) == ["payload"] * 7
    assert days(answers) == WEEK.days()


def test_days_are_asked_for_as_many_at_once_as_the_provider_allows():
    world = World(range(2, 2 + OPEN.at_once))  # the first is asked alone
    assert meanings(told(world, Window(date(2026, 3, 1), date(2026, 3, 5)))) == ["payload"] * 5


def test_a_source_without_a_key_says_nothing_at_all():
    world = World()
    assert told(world, terms=Terms(LOCKED, due_days=3, keeps_days=1)) == []
    assert world.asked == []


def test_days_that_are_not_over_are_not_asked_for_and_not_reported():
    world = World()
    answers = told(world, Window(date(2026, 3, 8), date(2026, 3, 12)))
    assert days(answers) == [date(2026, 3, 8), date(2026, 3, 9)]


def test_whether_a_day_is_over_is_a_matter_of_the_sources_own_clock():
    window = Window(date(2026, 3, 9), date(2026, 3, 9))
    assert days(told(World(), window, zone="Asia/Seoul")) == [date(2026, 3, 9)]
    assert told(World(), window, zone="UTC") == []


def test_a_day_that_the_source_has_forgotten_is_gone_without_a_call():
    world = World()
    answers = told(world, terms=Terms(OPEN, due_days=1, keeps_days=7))
    assert meanings(answers) == ["gone", "gone", *["payload"] * 5]
    assert days(answers) == WEEK.days()
    assert min(world.asked) == TODAY - timedelta(7)


def test_no_data_is_late_where_it_was_due_and_not_due_before():
    """F-04: the recorded INFO-200, 200 times, on either side of the due time."""
    chance = random.Random(4)
    seen = set[str]()
    for _ in range(200):
        due, age = chance.randint(0, 6), chance.randint(1, 9)
        day = date(2025, 1, 1) + timedelta(chance.randint(0, 700))
        minutes = chance.randint(0, 24 * 60 - 1)
        korean_midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=9)
        now = korean_midnight + timedelta(days=age, minutes=minutes)
        world = World()
        world.ask = lambda _day: seoul_page(INFO_200, "CardSubwayStatsNew")
        [absence] = told(world, Window(day, day), Terms(OPEN, due_days=due), now)
        assert absence == Absence(day, "late" if age > due else "not due", absence.detail)
        assert "INFO-200" in absence.detail
        seen.add(absence.meaning)
    assert seen == {"late", "not due"}


def test_one_outage_is_an_outage_and_the_other_days_are_asked_for():
    answers = told(World(day_3=Outage("busy"), day_6=Outage("busy")))
    assert meanings(answers).count("outage") == 2
    assert meanings(answers).count("payload") == 5


def test_after_two_outages_in_a_row_nothing_more_is_asked():
    world = World()
    world.always = Outage("busy")
    window = Window(date(2025, 1, 1), date(2025, 12, 31))
    answers = told(world, window)
    assert days(answers) == window.days()
    assert set(meanings(answers)) == {"outage"}
    # The first alone, then as many as run at once had begun before the second was back.
    assert 2 <= len(world.asked) <= 1 + OPEN.at_once
    assert answers[-1].detail == "not asked: busy"


def test_what_was_under_way_when_the_source_went_down_is_not_thrown_away():
    busy = Outage("busy")
    world = World(range(2, 6), day_1=busy, day_2=busy, day_3=0.1, day_4=0.1, day_5=0.1)
    answers = told(world, Window(date(2026, 3, 1), date(2026, 3, 8)))
    assert meanings(answers) == [*["outage"] * 2, *["payload"] * 3, *["outage"] * 3]
    assert max(world.asked) == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("error", "meaning"), [(KeyRefused("no such key"), "bad key"), (QuotaSpent("all"), "quota")]
)
def test_a_key_that_is_refused_or_spent_costs_one_call_and_every_day_says_so(error, meaning):
    world = World()
    world.always = error
    answers = told(world)
    assert meanings(answers) == [meaning] * 7
    assert world.asked == [WEEK.first]


def test_calls_that_run_out_on_the_way_stop_all_further_calls():
    world = World(range(2, 6), day_2=0.1, day_3=QuotaSpent("all"), day_4=0.1, day_5=0.1)
    answers = told(world, Window(date(2026, 3, 1), date(2026, 3, 9)))
    assert meanings(answers) == ["payload"] * 2 + ["quota"] + ["payload"] * 2 + ["quota"] * 4
    assert max(world.asked) == date(2026, 3, 5)


@pytest.mark.parametrize("error", [RequestRefused("ERROR-300"), SourceError("torn")])
def test_a_refused_day_is_refused_and_the_others_go_on(error):
    answers = told(World(day_2=error, day_3=error, day_4=error))
    assert meanings(answers) == ["payload", *["refused"] * 3, *["payload"] * 3]
    assert answers[1].detail == str(error)


def test_an_answer_of_any_kind_between_two_outages_keeps_the_source_in_use():
    slow = Terms(Provider("slow", "http://localhost", at_once=1), due_days=3)
    said = {1: Outage("busy"), 2: NoData("none"), 3: Outage("busy"), 4: RequestRefused("no")}
    world = World(**{f"day_{day}": error for day, error in said.items()}, day_5=Outage("busy"))
    expected = ["outage", "late", "outage", "refused", "outage", "payload", "payload"]
    assert meanings(told(world, terms=slow)) == expected


def test_an_error_that_no_source_made_is_raised():
    with pytest.raises(WarehouseError):
        told(World(day_4=WarehouseError("no database")))


@pytest.mark.parametrize("request_", ["ask/2026030", "ask/20260230", "ask", "ask/２０２６０３０１"])
def test_a_payload_that_names_no_day_is_refused(request_):
    with pytest.raises(SourceError, match="names no day"):
        day_of(request_)
