"""Calls for staff are counted by chance and by how far ahead, over scored days.
What the page tells of them is in test_ui_operator_record."""

from datetime import date, datetime, timedelta

import psycopg

from seongsu_assets_tests import ui_past
from seongsu_assets_tests.adjusted import FRIDAY, NOW, rows, url
from seongsu_assets_tests.ui_world import LOWER

__all__ = ["url"]  # fixtures


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
