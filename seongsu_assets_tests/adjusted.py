"""A warehouse with a published forecast to adjust, and what is read of it.
No assertion is made here; entries are made in adjusting."""

from datetime import date, timedelta

import pytest

from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.ui_world import SHAPE, World, build, morning

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
