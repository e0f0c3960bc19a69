"""The plan of a rehearsal: which days are withheld, and when faults are done.
Where it is kept is in test_rehearsal_homes."""

from datetime import date, datetime, timedelta

import pytest

from seongsu_assets.domain import Window
from seongsu_assets.domains.seongsu import SEONGSU
from seongsu_assets.errors import NotEnoughHistory, SeongsuError
from seongsu_assets.rehearsal import plan
from seongsu_assets.replay import rehearsed
from seongsu_assets.replay.known import rehearsed as brief
from seongsu_assets.replay.sowing import Sower
from seongsu_assets_tests.sowing import SEOUL

LAST = date(2026, 3, 10)


def days(count: int, *, but: tuple[int, ...] = ()) -> list[date]:
    """So many days up to LAST, without those so many days before it."""
    return [LAST - timedelta(back) for back in range(count - 1, -1, -1) if back not in but]


def test_the_newest_whole_days_in_a_row_are_withheld() -> None:
    assert plan.newest(days(300), 1, 120) == Window(LAST, LAST)
    assert plan.newest(days(300), 7, 120) == Window(LAST - timedelta(6), LAST)
    gone = plan.newest(days(300, but=(3,)), 7, 120)
    assert gone == Window(LAST - timedelta(10), LAST - timedelta(4))


def test_too_few_days_are_refused_with_how_many_are_missing() -> None:
    with pytest.raises(NotEnoughHistory, match="176 whole days are held, 177 are needed: 1 are"):
        plan.newest(days(176), 1, 120)
    assert plan.newest(days(177), 1, 120)


def test_one_day_takes_one_fault_and_a_week_gives_each_its_day() -> None:
    with pytest.raises(SeongsuError, match="one day takes one fault"):
        plan.check(1, ["late", "zeros"])
    with pytest.raises(SeongsuError, match="no fault 'rain'"):
        plan.check(7, ["rain"])
    with pytest.raises(SeongsuError, match="3 days cannot"):
        plan.check(3, [])
    week = plan.plan(Window(LAST - timedelta(6), LAST), plan.check(7, plan.FAULTS))
    assert len({each.day for each in week.befalls}) == len(plan.FAULTS)
    assert all(week.window.first <= each.day <= LAST for each in week.befalls)


@pytest.mark.parametrize("fault", plan.FAULTS)
def test_a_rehearsal_lasts_until_its_fault_is_over(fault: plan.Fault) -> None:
    chosen = plan.plan(Window(LAST, LAST), [fault])
    deeds = rehearsed.deeds(SEONGSU, chosen)
    assert deeds[0].name == fault
    end = datetime.combine(chosen.until, datetime.min.time(), SEOUL) + timedelta(days=1)
    assert all(deed.at < end - timedelta(hours=12) for deed in deeds)
    assert chosen.until <= LAST + timedelta(2)


def test_a_deed_is_done_once_at_the_first_instant_that_has_come() -> None:
    chosen, done = plan.plan(Window(LAST, LAST), ["revised"]), []

    class Truth:
        def revise(self, day: date, factor: float) -> None:
            done.append((day, factor))

    upstream = type("Upstream", (), {"truth": Truth()})()
    sower = Sower(rehearsed.deeds(SEONGSU, chosen))
    for hour in (40, 49, 55):
        sower(datetime(2026, 3, 10, tzinfo=SEOUL) + timedelta(hours=hour), upstream, None)
    assert done == [(LAST, rehearsed.REVISED_BY)]
    assert sower.said == {"revised": datetime(2026, 3, 12, 1, tzinfo=SEOUL)}


def test_totals_of_days_are_not_asked_for_and_hours_are() -> None:
    names = [source.name for source in brief(SEONGSU).sources]
    assert "files" in names
    assert "card_daily" not in names
    assert len(names) == len(SEONGSU.sources) - 1
