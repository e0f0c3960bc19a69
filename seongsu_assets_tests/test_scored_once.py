"""Where a day was forecast several times, each hour is scored by what stood when it began.
That all that was ever issued stays in the log is judged in `test_pages`."""

from datetime import timedelta

import psycopg
import pytest

from seongsu_assets_tests.ui_page import FRIDAY
from seongsu_assets_tests.ui_world import HOURS, World, at, build, morning, people

ORIGIN = FRIDAY - timedelta(days=7)
DAY = ORIGIN + timedelta(days=1)


def issue_again(conn: psycopg.Connection, name: str, hour: int, off: float) -> None:
    """The forecast of ORIGIN once more, at an hour of the day after, `off` times what came."""
    conn.execute(
        """insert into warehouse.issue
           (issue_id, dataset, origin, issued_at, data_through, model_id, tier, data_sha, cutoffs)
           select %s, dataset, origin, %s, data_through, model_id, tier, data_sha, cutoffs
           from warehouse.issue where issue_id = 'seongsu-6'""",
        (name, at(DAY, hour) + timedelta(minutes=5)),
    )
    columns = ("series", "business_date", "hour", "at", "horizon", "level", "p_levels", "usual",
               "naive")  # fmt: skip
    told = ", ".join(columns)
    conn.execute(
        f"""insert into warehouse.forecast (issue_id, q10, q50, q90, {told})
            select %s, usual * %s, usual * %s, usual * %s, {told}
            from warehouse.forecast where issue_id = 'seongsu-6' and series = 'total'""",
        (name, off, off, off),
    )
    conn.execute(
        """insert into warehouse.score
           select %s, series, business_date, hour, revision, observed, scored_at
           from warehouse.score where issue_id = 'seongsu-6'""",
        (name,),
    )


def test_each_hour_is_scored_by_the_issue_that_stood_when_it_began(warehouse_url: str) -> None:
    build(warehouse_url, World(FRIDAY, morning(FRIDAY + timedelta(1))))
    with psycopg.connect(warehouse_url) as conn:
        issue_again(conn, "for a minute", 12, 9.0)
        issue_again(conn, "from noon on", 12, 1.0)
        [(hours, error)] = conn.execute(
            """select hours, absolute_error from published.accuracy
               where business_date = %s and horizon = 1 and series = 'total'""",
            (DAY,),
        ).fetchall()
    assert hours == len(HOURS)
    before_noon = sum(people(DAY, hour) for hour in HOURS if hour <= 12)
    assert error == pytest.approx(0.1 * before_noon)
