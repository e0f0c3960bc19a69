"""The whole graph on one warehouse: what is published, what a second run does, what a file changes.
Conditions and sensors are in `test_late_data`."""

import json
from datetime import date, timedelta
from typing import LiteralString

import numpy as np
import psycopg
import pytest
from psycopg import sql

from seongsu_assets import clock
from seongsu_assets.domain import Payload, Window
from seongsu_assets.ingest import ingest
from seongsu_assets.warehouse import datasets, features, observations, published
from seongsu_assets.warehouse.postgres import connect, frame
from seongsu_assets_tests.built import HISTORY, LAST
from seongsu_assets_tests.world import World, counts, dump


def take_real(world: World, days: Window, change: dict[str, str] | None = None) -> None:
    """Give the world a real file: the generated days, said to be official, with `change` made."""
    told: list[Payload] = []
    for payload in world.domain.sample.fetch(days):
        text = payload.body.decode()
        for old, new in (change or {}).items():
            text = text.replace(old, new)
        told.append(Payload("files", payload.request, text.encode(), payload.received_at))
    with connect(world.url) as conn:
        ingest(
            conn, world.domain, world.domain.name, world.domain.sources[0], told, now=clock.now()
        )


def test_seven_days_are_published_hour_by_hour_with_range_and_level(world: World) -> None:
    with connect(world.url) as conn:
        rows = published.forecast(conn, "seongsu")
    whole = rows[rows.series == "total"]
    assert sorted(whole.business_date.dt.date.unique()) == [
        LAST + timedelta(days=n) for n in range(1, 8)
    ]
    assert (whole.groupby("business_date").size() == 19).all()
    quantiles = rows[["q05", "q10", "q25", "q50", "q75", "q90", "q95"]].to_numpy(dtype=float)
    assert (np.diff(quantiles, axis=1) >= 0).all()
    assert whole.level_name.isin(["여유", "보통", "약간 붐빔", "붐빔"]).all()
    assert whole.p_levels.map(sum).between(0.999, 1.001).all()
    assert rows["sample"].all()


def test_what_a_forecast_is_made_of_adds_up_to_it(world: World) -> None:
    with connect(world.url) as conn:
        rows = published.forecast(conn, "seongsu")
    parts = rows.filter(like="part_").astype(float)
    assert list(parts.columns) == [
        f"part_{name}" for name in ("level", "weekday", "trend", "holiday", "season", "weather")
    ]
    np.testing.assert_allclose(parts.sum(axis=1), rows.q50, rtol=1e-9, atol=1e-6)
    assert parts.part_level.gt(0).all()
    assert parts.part_weekday.nunique() > 7


def test_directions_sum_to_the_total(world: World) -> None:
    with connect(world.url) as conn:
        rows = published.forecast(conn, "seongsu")
    wide = rows.pivot_table("q50", ["business_date", "hour"], "series")
    assert ((wide.boarding + wide.alighting - wide.total).abs() < 0.5).all()


def test_at_is_the_start_of_the_slot_in_seoul(world: World) -> None:
    with connect(world.url) as conn:
        row = published.forecast(conn, "seongsu").iloc[0]
    seoul = row["at"].tz_convert("Asia/Seoul")
    assert (seoul.date(), seoul.hour) == (row.business_date.date(), row.hour)


def test_a_second_run_changes_no_row(world: World) -> None:
    with connect(world.url) as conn:
        before, rows = dump(conn), counts(conn)
    world.pipeline(LAST).run()
    with connect(world.url) as conn:
        assert dump(conn) == before
        assert counts(conn) == rows


def test_real_files_replace_generated_data_and_never_mix_with_it(world: World) -> None:
    take_real(world, Window(LAST - timedelta(days=HISTORY - 1), LAST))
    world.pipeline(LAST).run()
    with connect(world.url) as conn:
        assert datasets.active(conn, world.domain) == "seongsu"
        status = published.data_status(conn)
        assert not published.forecast(conn, "seongsu")["sample"].any()
        sources = frame(conn, "select distinct dataset, source from warehouse.payload order by 1")
    assert list(status["sample"]) == [False]
    assert sources.to_records(index=False).tolist() == [
        ("seongsu", "files"),
        ("seongsu@sample", "sample"),
    ]


def test_a_corrected_file_makes_a_revision_and_rebuilds_only_what_looks_back_on_it(
    world: World,
) -> None:
    days = Window(LAST - timedelta(days=HISTORY - 1), LAST)
    take_real(world, days)
    world.pipeline(LAST).run()
    corrected = LAST - timedelta(days=60)
    with connect(world.url) as conn:
        held = observations.read(conn, "seongsu", corrected, corrected)
        first = features.versions(conn, "seongsu", days)
        old = int(held[(held.series == "boarding") & (held.hour == 18)].value.iloc[0])
    take_real(world, Window(corrected, corrected), {f",{old},": f",{old + 7},"})
    world.pipeline(LAST).run()
    with connect(world.url) as conn:
        kept = frame(
            conn,
            """select value, revision, superseded_at is null as current from warehouse.observation
               where dataset = 'seongsu' and revision > 0 and (series, business_date, hour)
                   = ('boarding', %s, 18) order by revision""",
            (corrected,),
        )
        second = features.versions(conn, "seongsu", days)
    assert kept.to_records(index=False).tolist() == [(old, 1, False), (old + 7, 2, True)]
    changed = {origin for origin in first if first[origin] != second[origin]}
    reach = {corrected + timedelta(days=n) for n in range(world.domain.plan.reach_days + 1)}
    assert changed
    assert changed <= reach


def test_a_refused_day_keeps_what_was_there_and_names_file_row_and_reason(world: World) -> None:
    days = Window(LAST - timedelta(days=HISTORY - 1), LAST)
    take_real(world, days)
    world.pipeline(LAST).run()
    bad = LAST - timedelta(days=3)
    with connect(world.url) as conn:
        before = observations.versions(conn, "seongsu", days)
        line = observations.read(conn, "seongsu", bad, bad)
    value = int(line[(line.series == "alighting") & (line.hour == 9)].value.iloc[0])
    take_real(world, Window(bad, bad), {f",{value},": f",{value * 100},"})
    pipeline = world.pipeline(LAST)
    pipeline.stage("ingest", Window(bad, bad))
    pipeline.prepare()
    with connect(world.url) as conn:
        assert observations.versions(conn, "seongsu", days) == before
        told = frame(
            conn, "select claim, place, reason from warehouse.quarantine where dataset = 'seongsu'"
        )
    plausible = told[told.claim == "counts_are_plausible"]
    assert f"sample-{bad}.csv" in plausible.place.iloc[0]
    assert "row" in plausible.place.iloc[0]
    assert str(value * 100) in plausible.reason.iloc[0].replace(",", "")


@pytest.mark.parametrize(
    "table", ["payload", "arrival", "arrival_row", "model", "issue", "forecast", "score"]
)
def test_what_was_written_once_cannot_be_rewritten(world: World, table: str) -> None:
    with (
        connect(world.url) as conn,
        pytest.raises(psycopg.errors.RestrictViolation, match="append only"),
    ):
        conn.execute(sql.SQL("delete from warehouse.{}").format(sql.Identifier(table)))


@pytest.mark.parametrize(
    "statement",
    [
        "insert into warehouse.arrival_row values (0, 'boarding', 8, 1, 'row 2')",
        """insert into warehouse.observation (dataset, series, business_date, hour, revision, at,
                                              value, arrival_id, recorded_at)
           values ('x', 'x', now(), 8, 1, now(), 1, 0, now())""",
        "update warehouse.observation set arrival_id = 0",
    ],
)
def test_no_row_speaks_of_an_arrival_that_is_not_there(
    world: World, statement: LiteralString
) -> None:
    with (
        connect(world.url) as conn,
        pytest.raises(psycopg.errors.ForeignKeyViolation, match="arrival 0 is not there"),
    ):
        conn.execute(statement)


def test_yesterdays_forecast_is_scored_when_its_truth_arrives(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEONGSU_NOW", "2025-06-17T07:00:00+09:00")
    world.pipeline(LAST + timedelta(days=1)).run()
    with connect(world.url) as conn:
        table = published.accuracy(conn, "seongsu", "total")
    assert table.horizon.tolist() == [1]
    assert table.hours.tolist() == [19]
    assert 0 < table.wape.iloc[0] < 0.5


def test_without_a_loadable_champion_the_usual_profile_serves_and_says_so(world: World) -> None:
    with connect(world.url) as conn:
        conn.execute("alter table warehouse.model disable trigger append_only")
        conn.execute("update warehouse.model set booster = 'damaged'")
    world.pipeline(LAST).stage("forecast", Window(LAST, LAST))
    world.pipeline(LAST).stage("publish")
    with connect(world.url) as conn:
        rows = published.forecast(conn, "seongsu")
    assert set(rows.tier) == {"profile"}
    assert rows.q50.notna().all()


def test_too_little_history_to_learn_from_is_forecast_by_the_usual_profile(world: World) -> None:
    take_real(world, Window(LAST - timedelta(days=59), LAST))
    world.pipeline(LAST).run()
    with connect(world.url) as conn:
        rows = published.forecast(conn, "seongsu")
    assert set(rows.tier) == {"profile"}
    assert not rows["sample"].any()


def test_the_decision_and_its_inputs_are_kept(world: World) -> None:
    with connect(world.url) as conn:
        row = frame(conn, "select outcome, reason, inputs from warehouse.decision").iloc[0]
    assert row.outcome == "first"
    assert row.inputs["ratio_vs_seasonal_naive"] < 1
    assert json.dumps(row.inputs)


def test_days_before_the_first_and_days_that_are_not_over_are_refused(world: World) -> None:
    tomorrow = date(2025, 6, 16)
    monday = Window(LAST, LAST)
    take_real(world, Window(LAST - timedelta(days=40), LAST))
    take_real(world, monday, {f"{LAST},": f"{tomorrow},"})
    with connect(world.url) as conn:
        held = observations.bounds(conn, "seongsu")
        told = frame(
            conn, "select reason from warehouse.quarantine where business_date = %s", (tomorrow,)
        )
    assert held is None or held.last <= LAST
    assert "is not over" in told.reason.iloc[0]
