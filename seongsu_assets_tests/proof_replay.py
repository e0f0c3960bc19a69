"""Sixty days of real ridership through the running daemon, once with faults and once without.
Run by `make proof`, about an hour each on one core; the short form is test_replay."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from seongsu_assets.cli import history
from seongsu_assets.domain import Window
from seongsu_assets.domains import DOMAINS
from seongsu_assets_tests import sowing
from seongsu_assets_tests.official import shared_data
from seongsu_assets_tests.replaying import begin, told

DAYS = 60
FIRST = date(2024, 3, 1)
WINDOW = Window(FIRST, FIRST + timedelta(days=DAYS - 1))
FILES = ("OA-12921_2023_seongsu.csv", "OA-12921_2024-01_to_08_seongsu.csv")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(4 * 3600)]


def counted() -> pd.DataFrame:
    """The real hours, with the level shift that both lives see."""
    shared = shared_data()
    if shared is None:
        pytest.skip("../shared/data is absent: there is no real past to replay")
    folder = shared / "seoul" / "hourly"
    rows = history.read(DOMAINS["seongsu"], [folder / name for name in FILES])
    after = rows["business_date"] >= pd.Timestamp(FIRST + timedelta(days=sowing.SHIFT))
    rows.loc[after, "value"] = (rows.loc[after, "value"] * sowing.SHIFTED_BY).round()
    return rows


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What was told of the life with faults, and of the one without; both at once."""
    rows, homes = counted(), tmp_path_factory.mktemp("replay")
    begun = {plan: begin(homes / plan, plan, WINDOW, rows) for plan in ("sixty", "calm")}
    return {plan: told(process, homes / plan) for plan, process in begun.items()}


def test_in_the_end_the_tables_are_those_of_an_undisturbed_life(
    lives: dict[str, dict[str, Any]],
) -> None:
    assert lives["sixty"]["lasting"] == lives["calm"]["lasting"]


def test_nobody_is_told_more_than_three_times_of_one_incident(
    lives: dict[str, dict[str, Any]],
) -> None:
    told = [each["incident_id"] for each in lives["sixty"]["messages"] if each["incident_id"]]
    assert told
    assert max(map(told.count, told)) <= 3
