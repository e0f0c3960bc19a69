"""Two days through the running daemon, by a clock that is stepped: some minutes of `make proof`.
Sixty days stand in proof_replay, what needs no daemon in test_replay."""

from datetime import datetime, timedelta
from typing import Any

import pandas as pd
import pytest

from seongsu_assets.domains.seongsu import SEONGSU
from seongsu_assets_tests.replaying import begin, told
from seongsu_assets_tests.sowing import FAILING, SEOUL, SOUND
from seongsu_assets_tests.test_replay import TWO, counted

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What was told of two days, the first of which comes a day late, and of a killed daemon."""
    home = tmp_path_factory.mktemp("life") / "home"
    return told(begin(home, "short", TWO, counted()), home)


def stamp(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(SEOUL)


def test_every_morning_has_its_forecast_though_data_is_late_and_the_daemon_was_killed(
    lived: dict[str, Any],
) -> None:
    assert list(lived["sown"]) == ["late 0", "killed"]
    issued = [(each["origin"][:10], stamp(each["issued_at"])) for each in lived["issues"]]
    for origin in TWO.days():
        first = min(at for known, at in issued if known == str(origin))
        assert first.date() == origin + timedelta(days=1)
        assert first.hour == SEONGSU.lateness.issue_hour


def test_a_late_day_is_told_once_and_its_coming_too(lived: dict[str, Any]) -> None:
    [late] = [each for each in lived["incidents"] if each["kind"] == "data_late"]
    assert late["subject"] == str(TWO.first)
    assert stamp(late["opened_at"]).date() == TWO.first + timedelta(days=2)
    assert stamp(late["closed_at"]).date() == TWO.first + timedelta(days=2)
    said = [each["phase"] for each in lived["messages"] if each["incident_id"] == late["id"]]
    assert said == ["opened", "closed"]
    for place in (SOUND, FAILING):
        assert len(lived["heard"][place]) == len(lived["messages"])


def test_nothing_else_is_wrong(lived: dict[str, Any]) -> None:
    assert {each["kind"] for each in lived["incidents"]} == {"data_late"}
    others = {each["phase"] for each in lived["messages"] if each["kind"] != "data_late"}
    assert others <= {"news"}


def test_in_the_end_every_hour_is_there_as_it_was_counted(lived: dict[str, Any]) -> None:
    held = pd.DataFrame(lived["observations"]).astype({"business_date": "datetime64[ns]"})
    keys = ["series", "business_date", "hour"]
    both = counted().merge(held, on=keys, how="left", suffixes=("", "_held"))
    assert len(both) > 7000
    assert (both["value"] == both["value_held"]).all()
