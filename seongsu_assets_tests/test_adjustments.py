"""What people add to a forecast: entered before the hour, never changed, scored like the forecast.
Who may do so is in test_api_events; what the page shows is in test_ui_operator."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest

from seongsu_assets.errors import AdjustmentError, NoAdjustment, TooLate
from seongsu_assets.warehouse import adjustments
from seongsu_assets.warehouse.postgres import Connection, connect
from seongsu_assets_tests import ui_past
from seongsu_assets_tests.adjusting import BY, OTHER, come, enter, entry, withdraw
from seongsu_assets_tests.ui_world import LOWER, SHAPE, World, at, build, morning

FRIDAY = date(2026, 11, 20)
SATURDAY, MONDAY = FRIDAY + timedelta(1), FRIDAY + timedelta(3)
NOW = morning(SATURDAY)
#: The issue that `ui_world` publishes.
ISSUE = "seongsu-7"


@pytest.fixture
def url(warehouse_url: str) -> str:
    build(warehouse_url, World(FRIDAY, NOW, scored=False))
    return warehouse_url


def rows(url: str, query: str) -> list[tuple]:
    with connect(url) as conn:
        return conn.execute(query).fetchall()


def forecast(hour: int) -> float:
    """Of a working day."""
    return SHAPE[hour] * 1.1


def test_an_adjustment_is_kept_with_the_forecast_that_was_published(url: str) -> None:
    known = enter(url, entry(MONDAY), NOW)
    told = rows(
        url,
        """select id, business_date, from_hour, to_hour, name, people, issue_id, entered_at,
                  entered_by, in_force, withdrawn_at, scored_hours from published.adjustment""",
    )
    assert told == [
        (str(known), MONDAY, 17, 20, "성수 팝업", 500, ISSUE, NOW, BY, True, None, None)
    ]


def test_the_published_forecast_is_not_changed_by_it(url: str) -> None:
    query = "select * from published.forecast order by series, at"
    before = rows(url, query)
    enter(url, entry(MONDAY), NOW)
    assert rows(url, query) == before


def test_the_same_entered_twice_is_there_once_and_another_under_its_id_is_refused(url: str) -> None:
    asked = entry(MONDAY)
    with connect(url) as conn:
        first, new = adjustments.enter(conn, asked, NOW, BY)
        again, newer = adjustments.enter(conn, asked, NOW + timedelta(minutes=1), OTHER)
        assert (first, new, newer) == (again, True, False)
        with pytest.raises(AdjustmentError, match="another"):
            adjustments.enter(conn, replace(asked, people=-500), NOW, BY)
    assert len(rows(url, "select 1 from warehouse.adjustment")) == 1


def test_what_has_begun_cannot_be_entered_any_more(url: str) -> None:
    begins = at(MONDAY, 17)
    enter(url, entry(MONDAY), begins - timedelta(seconds=1))
    for late in (begins, begins + timedelta(hours=1)):
        with pytest.raises(TooLate):
            enter(url, entry(MONDAY), late)


def test_hours_that_nobody_has_forecast_cannot_be_adjusted(url: str) -> None:
    for wrong in (entry(FRIDAY + timedelta(8)), entry(MONDAY, 2), entry(MONDAY, dataset="x"),
                  entry(MONDAY, series="x")):  # fmt: skip
        with pytest.raises(NoAdjustment):
            enter(url, wrong, NOW)


@pytest.mark.parametrize(
    "changes",
    [{"name": ""}, {"name": "x" * 81}, {"name": "a\nb"}, {"name": "a\u202eb"}, {"name": "a\x7f"},
     {"people": 0}, {"people": 100_001}, {"last": 17}, {"last": 29}],
)  # fmt: skip
def test_the_table_itself_refuses_what_makes_no_sense(url: str, changes: dict) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        enter(url, entry(MONDAY, **changes), NOW)


def test_who_enters_is_named_by_a_fingerprint_and_by_nothing_longer(url: str) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        enter(url, entry(MONDAY), NOW, by="0a1b2c3d4e")


def test_a_withdrawal_is_a_row_more_and_the_entry_stays(url: str) -> None:
    known = enter(url, entry(MONDAY), NOW)
    later = NOW + timedelta(hours=2)
    withdraw(url, known, later)
    withdraw(url, known, later + timedelta(hours=1))
    told = "select in_force, withdrawn_at, withdrawn_by, entered_by from published.adjustment"
    assert rows(url, told) == [(False, later, OTHER, BY)]
    assert len(rows(url, "select 1 from warehouse.adjustment")) == 2


def test_only_an_entry_can_be_withdrawn_and_only_before_its_last_hour(url: str) -> None:
    known = enter(url, entry(MONDAY), NOW)
    with pytest.raises(NoAdjustment):
        withdraw(url, uuid4(), NOW)
    with pytest.raises(TooLate):
        withdraw(url, known, at(MONDAY, 19))
    withdraw(url, known, at(MONDAY, 19) - timedelta(seconds=1))
    [(withdrawal,)] = rows(url, "select id from warehouse.adjustment where withdraws is not null")
    with pytest.raises(NoAdjustment):
        withdraw(url, withdrawal, NOW)
    with pytest.raises(AdjustmentError, match="taken"):
        enter(url, entry(MONDAY, id=withdrawal), NOW)


@pytest.mark.parametrize(
    "attack",
    ["update warehouse.adjustment set people = 1", "delete from warehouse.adjustment",
     "truncate warehouse.adjustment cascade"],
)  # fmt: skip
def test_nothing_is_ever_changed(conn: Connection, attack: str) -> None:
    with pytest.raises(psycopg.errors.RestrictViolation, match="append only"):
        conn.execute(attack.encode())
    conn.execute("set role seongsu_writer")
    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.RestrictViolation)):
        conn.execute(attack.encode())


def test_a_row_is_an_entry_or_a_withdrawal_and_nothing_between(url: str) -> None:
    known = enter(url, entry(MONDAY), NOW)
    for columns, values in (("withdraws, name", f"'{known}', 'x'"), ("name", "'x'")):
        with pytest.raises(psycopg.errors.CheckViolation), connect(url) as conn:
            conn.execute(
                f"""insert into warehouse.adjustment (id, entered_at, entered_by, {columns})
                    values (gen_random_uuid(), now(), '{BY}', {values})""".encode()
            )


def scored(url: str) -> dict[int, tuple[float, float, float, float, float]]:
    """Hour -> forecast, adjusted, observed, both errors."""
    found = rows(
        url,
        """select hour, forecast, adjusted, observed, forecast_error, adjusted_error
           from published.adjustment_score order by hour""",
    )
    return {hour: tuple(round(value, 6) for value in told) for hour, *told in found}


def test_each_hour_is_scored_beside_the_forecast_alone(url: str) -> None:
    enter(url, entry(MONDAY), NOW)
    assert scored(url) == {}
    come(url, ISSUE, MONDAY, {16: 1.0, 17: forecast(17) + 400, 18: forecast(18) - 100, 20: 1.0})
    ours = {17: (400.0, 100.0), 18: (100.0, 600.0)}
    for hour, (plain, adjusted) in ours.items():
        told = scored(url)[hour]
        assert told[:3] == pytest.approx(
            (forecast(hour), forecast(hour) + 500, forecast(hour) + {17: 400, 18: -100}[hour])
        )
        assert told[3:] == pytest.approx((plain, adjusted))
    assert set(scored(url)) == {17, 18}
    [told] = rows(
        url, "select scored_hours, forecast_error, adjusted_error from published.adjustment"
    )
    assert told == (2, pytest.approx(500), pytest.approx(700))


def test_a_revised_truth_scores_anew(url: str) -> None:
    enter(url, entry(MONDAY), NOW)
    come(url, ISSUE, MONDAY, {17: 1.0})
    come(url, ISSUE, MONDAY, {17: forecast(17) + 500}, revision=2)
    assert scored(url)[17][4] == pytest.approx(0)


def test_an_hour_counts_only_while_the_adjustment_was_in_force_when_it_began(url: str) -> None:
    early, late = entry(MONDAY), entry(MONDAY, people=100)
    enter(url, early, NOW)
    enter(url, late, NOW)
    withdraw(url, early.id, NOW + timedelta(minutes=1))
    withdraw(url, late.id, at(MONDAY, 18) + timedelta(minutes=30))
    come(url, ISSUE, MONDAY, dict.fromkeys((17, 18, 19), 0.0))
    found = rows(url, "select id, hour, others from published.adjustment_score order by hour")
    assert found == [(str(late.id), 17, 0), (str(late.id), 18, 0)]


def test_two_at_once_are_scored_as_they_were_shown_together(url: str) -> None:
    enter(url, entry(MONDAY, 17, 19, people=500), NOW)
    enter(url, entry(MONDAY, 18, 20, people=-200), NOW)
    come(url, ISSUE, MONDAY, {18: forecast(18) + 300, 19: 0.0})
    found = rows(
        url,
        """select people, hour, others, adjusted_error from published.adjustment_score
           order by people desc, hour""",
    )
    assert found == [
        (500, 18, -200, pytest.approx(0)),
        (-200, 18, 500, pytest.approx(0)),
        (-200, 19, 0, pytest.approx(forecast(19) - 200)),
    ]


def test_fewer_people_than_none_never_come(url: str) -> None:
    enter(url, entry(MONDAY, 17, 18, people=-100_000), NOW)
    come(url, ISSUE, MONDAY, {17: 10.0})
    assert scored(url)[17][1] == 0


def test_what_is_generated_and_what_is_real_never_mix(url: str) -> None:
    build(url, World(FRIDAY, NOW, dataset="seongsu@sample", scored=False))
    enter(url, entry(MONDAY, dataset="seongsu@sample"), NOW)
    assert rows(url, "select 1 from published.adjustment") == []


def chances(url: str, issue: str, hours: dict[tuple[date, int], float]) -> None:
    """The chance of the highest level of these hours of an issue; of all others none."""
    with psycopg.connect(url) as conn:
        conn.execute("alter table warehouse.forecast disable trigger all")
        conn.execute(
            "update warehouse.forecast set p_levels = '{1, 0, 0, 0}' "
            "where issue_id = %s and p_levels is not null", (issue,),
        )  # fmt: skip
        for (day, hour), chance in hours.items():
            conn.execute(
                "update warehouse.forecast set p_levels = %s where issue_id = %s "
                "and business_date = %s and hour = %s and series = 'total'",
                ([1 - chance, 0.0, 0.0, chance], issue, day, hour),
            )


def alarms(url: str, horizon: int, days: int = 28) -> dict[float, tuple[int, ...]]:
    """Chance -> hours, called, hits, crowded."""
    found = rows(
        url,
        f"""select chance, hours, called, hits, crowded from published.alarm
            where horizon = {horizon} and days = {days} order by chance""",
    )
    return {chance: tuple(rest) for chance, *rest in found}


def test_alarms_are_counted_by_chance_and_by_how_far_ahead(url: str) -> None:
    """Two scored days. On working days 8 o'clock and 18 are crowded; on both 17 was called too."""
    ui_past.score(url, FRIDAY, 2)
    assert LOWER[-1] == 7000
    thursday = FRIDAY - timedelta(1)
    chances(url, "day-01", {(thursday, 18): 0.9, (thursday, 17): 0.5, (FRIDAY, 18): 0.3,
                            (FRIDAY, 4): 0.95})  # fmt: skip
    chances(url, "day-00", {(FRIDAY, 18): 0.69, (FRIDAY, 17): 0.5, (FRIDAY, 4): 0.95})
    # In the morning at 7:10 the hours from 4 and from 6 and 7 have begun.
    assert alarms(url, 1) == {
        0.3: (34, 4, 2, 4), 0.5: (34, 4, 2, 4), 0.7: (34, 1, 1, 4), 0.9: (34, 1, 1, 4),
    }  # fmt: skip
    assert alarms(url, 2) == {
        0.3: (20, 2, 1, 2), 0.5: (20, 1, 0, 2), 0.7: (20, 1, 0, 2), 0.9: (20, 1, 0, 2),
    }  # fmt: skip


def test_alarms_of_the_newest_days_only_and_nothing_where_nothing_is_scored(url: str) -> None:
    assert rows(url, "select 1 from published.alarm") == []
    ui_past.score(url, FRIDAY, 35)
    assert alarms(url, 1)[0.3][0] == 28 * 17
    assert alarms(url, 1, days=90)[0.3][0] == 35 * 17


def test_what_was_issued_afterwards_is_no_alarm(url: str) -> None:
    ui_past.score(url, FRIDAY, 1)
    with psycopg.connect(url) as conn:
        conn.execute("alter table warehouse.issue disable trigger all")
        conn.execute(
            "update warehouse.issue set issued_at = %s where issue_id = 'day-00'",
            (datetime(2026, 12, 1, tzinfo=NOW.tzinfo),),
        )
    assert rows(url, "select 1 from published.alarm") == []
