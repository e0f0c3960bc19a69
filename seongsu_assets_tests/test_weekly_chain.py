"""Weeks through the real graph: what is published, and the next weeks as they came, late, wrong,
missing and repeated. The tests follow each other through the weeks of one small chain of shops."""

from datetime import date, datetime, timedelta

import dagster as dg
import numpy as np
import pandas as pd
import pytest

from seongsu_assets import clock, freshness
from seongsu_assets.assets.trial import Court
from seongsu_assets.cli.inject import outcome
from seongsu_assets.domain import Window
from seongsu_assets.incidents import data
from seongsu_assets.replay import injected
from seongsu_assets.replay.injected import Fault
from seongsu_assets.resources import Warehouse
from seongsu_assets.wanted import wants
from seongsu_assets.warehouse import incidents, observations, published
from seongsu_assets.warehouse.postgres import connect, frame
from seongsu_assets_tests.api_world import patient, serving
from seongsu_assets_tests.ticks import Ticked
from seongsu_assets_tests.weekly import LAST, chain, sold
from seongsu_assets_tests.world import World

__all__ = ["chain"]
WEEK = timedelta(days=7)


def following(chain: World, fault: Fault) -> tuple[date, dict[str, str]]:
    """The next week, brought with the fault, and what came of it."""
    inbox = injected.inbox_of(chain.folder, chain.domain)
    brought = injected.bring(chain.folder, chain.domain, inbox, fault)
    return brought.period, outcome(chain.pipeline(brought.period), brought)


def held(chain: World, week: date) -> pd.DataFrame:
    with connect(chain.url) as conn:
        return observations.read(conn, chain.domain.name, week, week)


def wrong(chain: World) -> set[tuple[str, str]]:
    with connect(chain.url) as conn:
        data.look(conn, chain.domain, clock.now())
        found = incidents.open_incidents(conn, chain.domain.name)
    return {(each.kind, each.subject) for each in found}


def test_weeks_are_published_by_their_first_day_as_far_as_the_plan_looks(chain: World) -> None:
    with connect(chain.url) as conn:
        rows = published.forecast(conn, chain.domain.name)
    whole = rows[rows["series"] == "total"].sort_values("horizon")
    assert [stamp.date() for stamp in whole["business_date"]] == [
        LAST + WEEK * n for n in (1, 2, 3, 4)
    ]
    assert set(whole["tier"]) == {"champion"}
    values = rows[["q05", "q10", "q25", "q50", "q75", "q90", "q95"]].to_numpy(dtype=float)
    assert (np.diff(values, axis=1) >= 0).all()
    assert rows.groupby("horizon").size().eq(18 + 1).all()


def test_the_naive_forecast_is_the_same_week_a_year_ago(chain: World) -> None:
    with connect(chain.url) as conn:
        rows = frame(conn, "select series, business_date, naive from warehouse.forecast")
    rows = rows[rows["series"] != "total"]
    before = sold(chain.domain).set_index(["series", "business_date"])["value"]
    ago = pd.to_datetime(rows["business_date"]) - pd.Timedelta(days=364)
    expected = before.reindex(pd.MultiIndex.from_arrays([rows["series"], ago]))
    np.testing.assert_allclose(rows["naive"].to_numpy(dtype=float), expected.to_numpy(), rtol=1e-9)


def test_the_partition_of_a_run_the_row_and_the_period_have_one_name(chain: World) -> None:
    records = chain.instance.get_materialized_partitions(
        dg.AssetKey([chain.domain.name, "features"])
    )
    assert max(records) == f"{LAST}"
    node = chain.definitions.resolve_asset_graph().get(dg.AssetKey([chain.domain.name, "raw"]))
    assert node.partitions_def is not None
    now = clock.now()
    with dg.partition_loading_context(effective_dt=now):
        assert node.partitions_def.get_last_partition_key() == f"{LAST}"


def test_the_schedule_asks_for_the_newest_weeks_when_a_week_is_over(chain: World) -> None:
    definition = chain.definitions.resolve_schedule_def("weekly_sales_ingest_weekly")
    assert definition.cron_schedule == ["10 6 * * 6", "40 21 * * 6"]
    at = datetime.fromisoformat("2025-06-14T06:10:00-04:00")
    context = dg.build_schedule_context(
        scheduled_execution_time=at, resources={"warehouse": Warehouse(url=chain.url)}
    )
    [request] = definition.evaluate_tick(context).run_requests or []
    assert request.tags["dagster/asset_partition_range_start"] == "2025-05-17"
    assert request.tags["dagster/asset_partition_range_end"] == "2025-06-07"


def test_a_week_as_it_came_is_scored_and_forecast_from(chain: World) -> None:
    week, told = following(chain, "none")
    assert week == LAST + WEEK
    assert "was forecast" in told["forecast and actual"]
    assert told["wrong now"] == "nothing"
    with connect(chain.url) as conn:
        assert published.forecast(conn, chain.domain.name)["origin"].max().date() == week


def test_a_late_week_is_a_gap_until_it_comes(chain: World) -> None:
    week, told = following(chain, "late")
    assert "data_late" not in told["wrong now"]  # it has until its midnight
    with connect(chain.url) as conn:
        assert wants(conn, chain.domain) == [("ingest", Window(week, week))]
        assert not freshness.days(conn, chain.domain, clock.now() + timedelta(hours=2))[week].passed
    asked = Ticked(chain, "weekly_sales_gaps").asked()
    assert ("weekly_sales_ingest", f"{week}", f"{week}") in asked
    following(chain, "none")
    assert len(held(chain, week)) == 18
    with connect(chain.url) as conn:
        assert wants(conn, chain.domain) == []


def test_a_wrong_week_is_refused_and_the_right_one_taken_in(chain: World) -> None:
    week, told = following(chain, "wrong")
    assert held(chain, week).empty
    assert told["refused"] == "week_total_is_plausible"
    assert told["forecast and actual"] == "not told yet"
    following(chain, "repeated")
    assert len(held(chain, week)) == 18
    assert len(held(chain, week + WEEK)) == 18


def test_a_week_that_never_comes_is_told_of_and_stays_unknown(chain: World) -> None:
    week, _ = following(chain, "missing")
    assert held(chain, week).empty
    with pytest.MonkeyPatch.context() as patch:
        later = clock.now() + WEEK
        patch.setenv(clock.VARIABLE, later.isoformat())
        assert ("data_late", f"{week}") in wrong(chain)


def test_what_came_since_is_no_part_of_the_trial_of_a_model(chain: World) -> None:
    with connect(chain.url) as conn:
        query = "select model_id, trained_to from warehouse.model order by number limit 1"
        [(model_id, trained_to)] = conn.execute(query).fetchall()
        newest = observations.read(conn, chain.domain.name)["business_date"].max().date()
        decision = Court(conn, chain.domain, chain.domain.name).judge(model_id, None)
    assert newest > trained_to
    assert (decision.outcome, decision.inputs["complete"]) == ("first", 1.0)


def test_the_api_tells_all_weeks_ahead_and_that_they_have_no_hours(chain: World) -> None:
    with serving(chain, patient()) as api:
        whole = api.get("/forecast", domain=chain.domain.name, series="total").json()
        assert [row["hours"] for row in whole["rows"]] == [7 * 24] * 4
        refused = api.get("/forecast/when", domain=chain.domain.name)
    assert refused.status_code == 404
    assert "a week of it has one number" in refused.text
    assert "/forecast" in refused.json()["remedy"]
