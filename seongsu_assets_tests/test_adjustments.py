"""What people add to a forecast: entered before the hour, never changed, withdrawn by another row.
Who may do so is in test_api_events; what the page shows is in test_ui_operator_events."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest

from seongsu_assets.errors import AdjustmentError, NoAdjustment, TooLate
from seongsu_assets.warehouse import adjustments
from seongsu_assets.warehouse.postgres import Connection, connect
from seongsu_assets_tests.adjusted import FRIDAY, ISSUE, MONDAY, NOW, rows, url
from seongsu_assets_tests.adjusting import BY, OTHER, enter, entry, withdraw
from seongsu_assets_tests.ui_world import World, at, build

__all__ = ["url"]  # fixtures


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


def test_what_is_generated_and_what_is_real_never_mix(url: str) -> None:
    build(url, World(FRIDAY, NOW, dataset="seongsu@sample", scored=False))
    enter(url, entry(MONDAY, dataset="seongsu@sample"), NOW)
    assert rows(url, "select 1 from published.adjustment") == []
