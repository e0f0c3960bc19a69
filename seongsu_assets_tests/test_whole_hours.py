"""Which hours readers are told are whole: of few series all must be there, of a large panel most.
When a panel's total is known is judged in `test_panel_spread` and with `sums`."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from seongsu_assets_tests.ui_page import FRIDAY
from seongsu_assets_tests.ui_world import World, _arrive, _insert

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def count(url: str, there: dict[int, int]) -> list[int]:
    """So many series of each hour are counted; the hours that are told to be whole."""
    with psycopg.connect(url) as conn:
        arrival = _arrive(conn, World(FRIDAY, NOW))
        begins = datetime(FRIDAY.year, FRIDAY.month, FRIDAY.day, tzinfo=UTC)
        _insert(conn, "observation", [
            ("seongsu", f"s{n}", FRIDAY, hour, 1, begins + timedelta(hours=hour), 5.0, arrival, NOW,
             None, False)
            for hour, many in there.items() for n in range(many)
        ])  # fmt: skip
        query = "select whole_hours from published.day_status where business_date = %s"
        [(hours,)] = conn.execute(query, (FRIDAY,)).fetchall()
    return list(hours)


@pytest.mark.parametrize(
    ("there", "whole"),
    [
        ({6: 2, 7: 1, 8: 2}, [6, 8]),
        ({6: 19, 7: 18}, [6]),
        ({6: 100, 7: 95, 8: 90, 9: 89}, [6, 7, 8]),
    ],
)
def test_an_hour_is_whole_with_all_of_few_series_or_nine_of_ten_of_a_large_panel(
    warehouse_url: str, there: dict[int, int], whole: list[int]
) -> None:
    assert count(warehouse_url, there) == whole
