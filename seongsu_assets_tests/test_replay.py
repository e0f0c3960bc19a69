"""What a replay stands on: the past that it tells, its clock, and the instants at which it stops.
Lives through the running daemon are in proof_life and proof_replay."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from seongsu_assets import clock
from seongsu_assets.domain import Window
from seongsu_assets.domains.seongsu import SEONGSU
from seongsu_assets.errors import NotEnoughHistory, SeongsuError
from seongsu_assets.replay import hands, life, past
from seongsu_assets.replay.conductor import instants
from seongsu_assets.replay.known import replayed
from seongsu_assets_tests.sowing import SEOUL
from seongsu_assets_tests.upstream.truth import Truth

TWO = Window(date(2026, 3, 10), date(2026, 3, 11))


def counted(days: int = 400) -> pd.DataFrame:
    """The people of an upstream, up to midnight, as rows."""
    truth = Truth(7, lambda: datetime(2026, 3, 1, tzinfo=UTC))
    rows = [
        (series, pd.Timestamp(day), hour, float(value))
        for day in Window(TWO.first - timedelta(days=days), TWO.last).days()
        for series, hours in truth.hourly(day).items()
        for hour, value in hours.items()
        if hour < 24
    ]
    return pd.DataFrame(rows, columns=["series", "business_date", "hour", "value"])


def test_an_instant_comes_for_every_schedule_and_in_order() -> None:
    domain = replayed(SEONGSU)
    found = list(instants(domain, TWO.first, TWO.last))
    assert found == sorted(set(found))
    times = [f"{instant:%d %H:%M}" for instant in found]
    assert {"10 06:10", "10 07:10", "10 21:40", "11 05:50", "11 07:00"} <= set(times)
    assert not [each for each in times if each.startswith(("09", "12"))]


def test_the_clock_is_what_its_file_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "clock"
    monkeypatch.setenv(clock.VARIABLE, f"@{file}")
    for day in (1, 2):
        hands.turn(file, datetime(2024, 3, day, 7, tzinfo=SEOUL))
        assert clock.yesterday("Asia/Seoul") == date(2024, 3, day) - timedelta(days=1)
    assert [path.name for path in tmp_path.iterdir()] == ["clock"]


def test_a_past_that_is_too_short_is_refused_and_says_what_is_known() -> None:
    with pytest.raises(NotEnoughHistory, match="known from 2026-01-29 to 2026-03-11"):
        past.check(counted(40), TWO)


def test_a_folder_that_is_no_replays_home_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").touch()
    with pytest.raises(SeongsuError, match="no replay's home"):
        life.prepare(tmp_path, SEONGSU, TWO, counted())
    assert (tmp_path / "mine").exists()
