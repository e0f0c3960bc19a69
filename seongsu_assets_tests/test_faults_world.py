"""F-43, F-44, F-71: a holiday that is added late, a level that jumps, a gap behind a filled one.
How real weeks move is in `test_drift`; the replay shows the whole of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from seongsu_assets import clock, overdue
from seongsu_assets.domain import READING_COLUMNS, Levels, Window
from seongsu_assets.forecasting import levels
from seongsu_assets.forecasting.drift import measure
from seongsu_assets.forecasting.retraining import TRAIN, Standing, decide
from seongsu_assets.forecasting.thresholds import Drift, Retraining
from seongsu_assets.sources import holiday_list
from seongsu_assets.sources.calendar import korean_calendar
from seongsu_assets.warehouse import published
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.built import LAST
from seongsu_assets_tests.test_holiday_list import OFFICIAL
from seongsu_assets_tests.test_late_data import NOTHING, Daemon, daemon
from seongsu_assets_tests.world import World

__all__ = ["daemon"]  # a fixture
pytestmark = pytest.mark.filterwarnings("ignore::dagster.BetaWarning")
TODAY = LAST + timedelta(days=1)
HOURS = np.arange(6, 24)


def announced(world: World, day: date) -> World:
    """The same world after the Cabinet has made `day` a holiday."""
    midnight = datetime.combine(day, datetime.min.time(), ZoneInfo("Asia/Seoul"))
    said = {"holiday": True, "name": "임시공휴일"}
    official = pd.DataFrame([("임시공휴일", midnight, midnight, said)], columns=[*READING_COLUMNS])
    told = official.assign(issued_at=pd.Timestamp("2025-06-16", tz="UTC"))
    (calendar,) = world.domain.covariates
    later = replace(calendar, feed="", build=lambda window: korean_calendar(window, told))
    return replace(world, domain=replace(world.domain, covariates=(later,)))


def shown(world: World) -> pd.DataFrame:
    """What readers see of the total: the median of each day and hour, and its issue."""
    with connect(world.url) as conn:
        rows = published.forecast(conn, "seongsu")
    return rows[rows.series == "total"].set_index(["business_date", "hour"])[["q50", "issue_id"]]


@pytest.mark.parametrize("ahead", [0, 4], ids=["on the day", "four days before"])
def test_f43_a_holiday_that_is_added_late_issues_the_forecasts_of_its_days_anew_in_one_cycle(
    daemon: Daemon, ahead: int
) -> None:
    daemon.world.pipeline(LAST).stage("train")
    daemon.world.pipeline(LAST).stage("forecast", Window(LAST, LAST))
    daemon.world.pipeline(LAST).stage("publish")
    daemon.tick()
    before, day = shown(daemon.world), TODAY + timedelta(days=ahead)
    daemon.world = announced(daemon.world, day)
    pipeline = daemon.world.pipeline(LAST)
    pipeline.stage("covariates")
    assert LAST in daemon.tick()["features"]
    pipeline.stage("prepare", Window(LAST - timedelta(days=7), LAST))
    assert daemon.tick()["forecasts"] == [LAST]
    pipeline.stage("forecast", Window(LAST, LAST))
    assert "published" in daemon.tick()
    pipeline.stage("publish")
    after = shown(daemon.world)
    assert set(after.issue_id).isdisjoint(before.issue_id)
    moved = (after.q50 / before.q50 - 1).abs().groupby("business_date").mean()
    assert moved.idxmax() == pd.Timestamp(day)
    assert moved[pd.Timestamp(day)] > 0.1


def test_f43_a_holiday_beyond_the_days_ahead_issues_nothing_until_it_is_one_of_them(
    daemon: Daemon,
) -> None:
    day = date(2025, 7, 4)  # 19 days ahead, as on 8 January 2025 for the 27th
    before = shown(daemon.world)
    daemon.world = announced(daemon.world, day)
    pipeline = daemon.world.pipeline(LAST)
    pipeline.stage("covariates")
    daemon.tick()
    pipeline.stage("prepare", Window(LAST - timedelta(days=7), LAST))
    assert "forecasts" not in daemon.tick()
    assert shown(daemon.world).equals(before)
    with connect(daemon.world.url) as conn:
        calendar = conn.execute(
            "select attributes ->> 'kind' from warehouse.covariate where business_date = %s", (day,)
        ).fetchone()
    assert calendar == ("temporary",)


def test_f43_the_same_list_again_asks_for_nothing(daemon: Daemon) -> None:
    daemon.world.pipeline(LAST).stage("covariates")
    assert daemon.tick() == NOTHING


def knows(listed: Callable[[range], dict[date, holiday_list.Holiday]]) -> bool:
    """Whether a list of holidays has every official day: what CI asks of the installed one."""
    days = [date.fromisoformat(text) for text in OFFICIAL]
    return all(day in listed(range(day.year, day.year + 1)) for day in days)


#: `holidays` before this version lacks these days.
LACKING = {"0.61": "2025-01-27", "0.71": "2025-06-03", "0.91": "2026-07-17", "0.101": "2026-05-01"}


@pytest.mark.parametrize("missing", LACKING.values(), ids=LACKING)
def test_f43_a_library_that_is_older_than_the_official_days_does_not_pass(missing: str) -> None:
    def old(years: range) -> dict[date, holiday_list.Holiday]:
        listed = holiday_list._library(years)
        listed.pop(date.fromisoformat(missing), None)
        return listed

    assert knows(holiday_list._library)
    assert not knows(old)


def weeks(jump: float, since: int) -> pd.DataFrame:
    """Hours of a year and a half up to today; the last `since` days are `jump` times as busy."""
    random = np.random.default_rng(4)
    dates = pd.date_range(end=LAST, periods=540)
    index = pd.MultiIndex.from_product([dates, HOURS], names=["business_date", "hour"])
    rows = index.to_frame(index=False)
    late = (pd.Timestamp(LAST) - rows["business_date"]).dt.days < since
    size = np.where(rows["business_date"].dt.dayofweek < 5, 1000.0, 700.0) * (1 + rows["hour"] / 24)
    noise = np.exp(random.normal(0, 0.05, len(rows)))
    rows["value"] = size * noise * np.where(late, jump, 1.0)
    rows["usual"] = size
    return rows


def scored(rows: pd.DataFrame) -> pd.DataFrame:
    """A forecast that says what was usual, beside what came."""
    q50 = rows["usual"]
    told = rows.assign(truth=rows["value"], q10=q50 * 0.93, q50=q50, q90=q50 * 1.07)
    told["origin"] = told["business_date"] - pd.Timedelta(days=1)
    return told[told["business_date"] > pd.Timestamp(LAST) - pd.Timedelta(days=14)]


def verdict(jump: float, since: int) -> str:
    rows, calm = weeks(jump, since), scored(weeks(1.0, 0))
    every = [day.date() for day in rows["business_date"].unique()]
    counts = rows[["business_date", "hour", "value"]]
    measured = measure(scored(rows), calm, counts, every, pd.Timestamp(LAST), Drift())
    return decide(measured, Standing(20, 20), Drift(), Retraining()).verdict


def test_f44_a_level_that_jumps_by_two_fifths_is_told_within_three_days() -> None:
    assert verdict(1.0, 0) == "all good"
    told = {day: verdict(1.4, day) for day in range(1, 15)}
    first = next(day for day, said in told.items() if said in TRAIN)
    assert first <= 3, told


def test_f44_the_cut_offs_follow_the_new_level_and_say_so_in_their_version() -> None:
    def cut(jump: float, since: int) -> tuple[str, np.ndarray]:
        total = weeks(jump, since)[["business_date", "hour", "value"]]
        found = levels.derive(total, Levels())
        return found.version, np.array([*found.values])  # noqa: PD011 - of cut-offs, not of a frame

    (before, old), (soon, moved), (_, year) = cut(1.0, 0), cut(1.4, 14), cut(1.4, 365)
    assert soon != before
    assert (moved >= old).all()
    assert np.allclose(year / old, 1.4, rtol=0.05)


def test_f71_filling_an_old_day_leaves_the_newest_one_late(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, newest = LAST - timedelta(days=40), LAST + timedelta(days=1)
    monkeypatch.setenv("SEONGSU_NOW", f"{newest + timedelta(days=1)}T07:00:00+09:00")
    reach = Window(LAST - timedelta(days=60), newest)

    def late() -> list[date]:
        with connect(world.url) as conn:
            found = overdue.owed(conn, world.domain, "seongsu@sample", reach, clock.now())
        return [each.business_date for each in found if each.state == "late"]

    with connect(world.url) as conn:
        conn.execute("delete from warehouse.observation where business_date = %s", (old,))
    assert late() == [old, newest]
    world.pipeline(newest).stage("settle", Window(old, old))
    assert late() == [newest]
