"""The rules behind the advice of when to go: which stays there are, which are best, how sure.
No page and no database."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pandas as pd
import pytest

from seongsu_assets.api import slots as api
from ui.pages.when import confidence, runs
from ui.pages.when.runs import Wish
from ui.state import slots
from ui.strings import TABLES, Words

SATURDAY, SUNDAY = date(2026, 11, 21), date(2026, 11, 22)
#: 05:00 in Seoul, before everything.
DAWN = datetime(2026, 11, 20, 20, tzinfo=UTC)
HOURS = (4, *range(6, 25))


def timeline(people: dict[date, dict[int, float]], width: float = 0.4) -> pd.DataFrame:
    """Total people by day and hour; the chance of the top level follows the people."""
    rows = [
        {
            "business_date": pd.Timestamp(day),
            "hour": hour,
            "at": pd.Timestamp(day, tz="Asia/Seoul").tz_convert("UTC") + pd.Timedelta(hours=hour),
            "q10": value * (1 - width / 2),
            "q50": value,
            "q90": value * (1 + width / 2),
            "level": sum(value >= lower for lower in (2000, 4000, 7000)),
            "p_levels": [0.0, 0.0, 0.0, min(value / 10_000, 1.0)],
        }
        for day, hours in people.items()
        for hour, value in hours.items()
    ]
    return slots.timeline(pd.DataFrame(rows))


def flat(**changed: float) -> dict[int, float]:
    """A day of 1,000 people an hour but for h18=4000 and the like."""
    return dict.fromkeys(HOURS, 1000.0) | {int(name[1:]): value for name, value in changed.items()}


def find(rows: pd.DataFrame, wish: Wish, now: datetime = DAWN) -> list[runs.Run]:
    return runs.find(rows, slots.layout(HOURS), wish, now)


def test_stays_come_from_calm_to_crowded_and_then_from_early_to_late():
    rows = timeline({SATURDAY: flat(h12=400, h18=4000)})
    found = find(rows, Wish(SATURDAY, 6, 24, 1))
    assert [run.hour for run in (found[0], found[1], found[-1])] == [12, 6, 18]
    assert len(found) == 18


@pytest.mark.parametrize("hours", [1, 2, 4])
def test_open_slots_are_never_offered_however_calm_they_are(hours):
    rows = timeline({SATURDAY: flat(h4=1, h24=9999)})
    found = {run.hour for run in find(rows, Wish(None, 0, 28, hours))}
    assert found == set(range(6, 25 - hours))


def test_a_stay_lies_wholly_within_the_hours_asked_for():
    found = find(timeline({SATURDAY: flat()}), Wish(SATURDAY, 17, 20, 2))
    assert sorted(run.hour for run in found) == [17, 18]
    assert find(timeline({SATURDAY: flat()}), Wish(SATURDAY, 17, 18, 2)) == []


def test_a_stay_of_hours_has_their_mean_and_the_level_and_chance_of_its_worst():
    (run,) = find(timeline({SATURDAY: flat(h18=7000)}), Wish(SATURDAY, 17, 19, 2))
    assert (run.people, run.low, run.high) == (4000, 3200, 4800)
    assert (run.level, run.chance) == (3, 0.7)
    assert run.ends - run.begins == timedelta(hours=2)


def test_what_is_over_is_never_offered_and_the_hour_under_way_is():
    rows = timeline({SATURDAY: flat(h14=1, h15=2), SUNDAY: flat()})
    now = DAWN + timedelta(hours=10, minutes=59)  # 15:59
    found = find(rows, Wish(None, 6, 24, 1), now)
    assert found[0].hour == 15
    assert {run.hour for run in found if run.day == SATURDAY} == set(range(15, 24))


def test_a_slot_without_a_forecast_interrupts_a_stay():
    hours = flat()
    del hours[12]
    found = find(timeline({SATURDAY: hours}), Wish(SATURDAY, 10, 15, 2))
    assert sorted(run.hour for run in found) == [10, 13]


def test_no_two_stays_that_are_told_overlap():
    rows = timeline({SATURDAY: flat(h9=100, h10=100, h18=9000, h19=8000)})
    best, worst = runs.ends(find(rows, Wish(SATURDAY, 6, 24, 2)))
    assert [run.hour for run in best[:1] + worst[:1]] == [9, 18]
    assert (len(best), len(worst)) == (3, 3)
    assert len({*best, *worst}) == 6
    assert not any(one.overlaps(two) for one, two in combinations([*best, *worst], 2))


def test_a_stay_that_holds_the_fullest_hours_is_not_called_calm():
    day = timeline({SATURDAY: flat(h17=6700, h18=10_000, h19=6800)})
    best, worst = runs.ends(find(day, Wish(SATURDAY, 17, 22, 2)))
    assert [run.hour for run in best] == [20]
    assert [run.hour for run in worst] == [18]


@pytest.mark.parametrize(("latest", "sizes"), [(10, (1, 0)), (11, (1, 1)), (12, (2, 1))])
def test_few_stays_are_shared_out_and_the_fullest_is_never_called_calm(latest, sizes):
    best, worst = runs.ends(find(timeline({SATURDAY: flat(h9=3000)}), Wish(SATURDAY, 9, latest, 1)))
    assert (len(best), len(worst)) == sizes
    if worst:
        assert worst[0].hour == 9


def test_the_people_avoided_are_counted_against_the_fullest():
    best, worst = runs.ends(find(timeline({SATURDAY: flat(h18=4000)}), Wish(SATURDAY, 6, 24, 1)))
    assert runs.avoided(best[0], worst[0]) == (3000, 0.75)
    assert runs.avoided(worst[0], worst[0]) == (0, 0)


def test_the_page_and_the_api_order_the_same_slots_alike():
    people = {SATURDAY: flat(h9=700, h18=4000), SUNDAY: flat(h9=650, h11=900)}
    rows = [
        {
            "business_date": str(row.business_date.date()),
            "hour": row.hour,
            "hours": 1,
            "at": row.at.isoformat(),
            "q50": row.q50,
            "level": row.level,
        }
        for row in timeline(people).itertuples()
        if 6 <= row.hour < 24
    ]
    ours = [(str(run.day), run.hour) for run in find(timeline(people), Wish(None, 6, 24, 2))]
    theirs = api.of_length(rows, 2, ("a", "b", "c", "d"))
    assert ours == [(slot["business_date"], slot["first_hour"]) for slot in theirs]


@pytest.mark.parametrize(
    ("inside", "grade"), [(0.85, "high"), (0.84, "middle"), (0.70, "middle"), (0.69, "low")]
)
def test_confidence_is_a_word_from_measured_coverage(inside, grade):
    assert confidence.grade(1000, round(1000 * inside)) == grade


def test_confidence_is_that_of_the_hours_of_the_stay_and_unknown_where_few_were_measured():
    held = pd.DataFrame({"hours": [60, 60, 19], "inside": [60, 42, 19]}, index=[17, 18, 19])
    run, *_ = find(timeline({SATURDAY: flat()}), Wish(SATURDAY, 17, 19, 2))
    assert confidence.held(held, run) == (120, 102)
    assert "85 times of 100" in (confidence.sentence(held, run, Words("en")) or "")
    late, *_ = find(timeline({SATURDAY: flat()}), Wish(SATURDAY, 19, 20, 1))
    nothing = held.iloc[:0]
    for known in (held, nothing):
        assert confidence.sentence(known, late, Words("en")) is None
        assert confidence.note(known, [late], Words("en")) == TABLES["en"]["confidence.unknown"]
    assert confidence.note(held, [run, late], Words("en")) == TABLES["en"]["confidence.note"]


def test_a_range_much_wider_than_the_others_is_called_less_certain():
    rows = timeline({SATURDAY: flat()})
    rows.loc[rows["hour"] == 18, "q90"] = 1900.0
    typical = runs.typical_width(rows, slots.layout(HOURS))
    unsure = {
        run.hour for run in find(rows, Wish(SATURDAY, 6, 24, 1)) if confidence.unsure(run, typical)
    }
    assert unsure == {18}
