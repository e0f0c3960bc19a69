"""What the page of metrics says of a world that has run: runs, rows, days, forecasts.
What is said of an empty warehouse is in `test_metrics`."""

import shutil
import subprocess
from datetime import timedelta

import dagster as dg
import pytest

from seongsu_assets import clock
from seongsu_assets.domain import Window
from seongsu_assets.forecasting import scores
from seongsu_assets.metrics.families import FAMILIES, RUN_SECONDS
from seongsu_assets.metrics.learning import INPUTS
from seongsu_assets.metrics.page import exposition
from seongsu_assets.warehouse import forecasts
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.built import LAST
from seongsu_assets_tests.metered import arrive, metered, more, page, run, samples, torn

HERE = 'domain="seongsu"'


def test_every_finished_run_is_counted_once_and_killed_and_queued_ones_too(world) -> None:
    world.pipeline(LAST).stage("watch")
    for status in (dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.FAILURE,
                   dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.STARTED):  # fmt: skip
        run(world, "train", status)
    first, again = samples(page(world)), samples(page(world))

    def of(name: str, stage: str, **more_labels: str) -> float:
        labels = {"domain": "seongsu", "stage": stage, **more_labels}
        inside = ",".join(f'{label}="{labels[label]}"' for label in sorted(labels))
        return first[f"seongsu_{name}{{{inside}}}"]

    assert of("runs_total", "train", outcome="failure") == 2
    assert first[f'seongsu_training_runs_total{{{HERE},outcome="failure"}}'] == 2
    assert of("run_duration_seconds_count", "train") == 2
    assert of("run_duration_seconds_sum", "train") == 0
    assert of("runs_unfinished", "train", state="queued") == 1
    assert of("runs_unfinished", "train", state="running") == 1
    assert of("runs_total", "watch", outcome="success") == 1
    [record] = world.instance.get_run_records(dg.RunsFilter(job_name="seongsu_watch"))
    took = record.end_time - record.start_time
    assert of("run_duration_seconds_sum", "watch") == pytest.approx(took)
    for bound in RUN_SECONDS.bounds:
        below = of("run_duration_seconds_bucket", "watch", le=f"{bound:g}")
        assert below == (took <= bound)
    since = of("runs_unfinished_since_seconds", "train", state="running")
    started = dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED])
    [running] = world.instance.get_run_records(started)
    assert since == pytest.approx(running.create_timestamp.timestamp(), abs=1)
    assert {name: first[name] for name in first if "clock" not in name} == {
        name: again[name] for name in again if "clock" not in name
    }


def test_rows_are_received_accepted_revised_and_refused(world) -> None:
    was = samples(page(world))
    with connect(world.url) as conn:
        arrive(conn, world.domain, LAST, more)
    world.pipeline(LAST).prepare()
    with connect(world.url) as conn:
        arrive(conn, world.domain, LAST - timedelta(days=1), torn)
    found = samples(page(world))

    def gained(name: str, reason: str = "") -> float:
        because = f'reason="{reason}",' if reason else ""
        of = f'seongsu_{name}{{{HERE},{because}source="sample"}}'
        return found[of] - was[of]

    a_day = world.domain.expected_rows
    assert gained("rows_accepted_total") == a_day
    assert gained("rows_quarantined_total", "audit") == a_day / 2
    assert gained("rows_received_total") == a_day * 1.5
    assert found[f"seongsu_rows_revised_total{{{HERE}}}"] == len(world.domain.series)


def test_a_missing_day_is_a_share_of_nothing_and_has_no_delay(world, monkeypatch) -> None:
    monkeypatch.setenv("SEONGSU_NOW", f"{LAST + timedelta(days=2)}T07:00:00+09:00")
    found = samples(page(world))
    assert found['seongsu_partition_complete_ratio{days_ago="1",domain="seongsu"}'] == 0
    assert found['seongsu_partition_complete_ratio{days_ago="2",domain="seongsu"}'] == 1
    delays = [name for name in found if name.startswith("seongsu_partition_delay_seconds")]
    assert len(delays) == 6
    assert not [name for name in delays if 'days_ago="1"' in name]
    assert found[f"seongsu_data_age_seconds{{{HERE}}}"] == 86_400 + 7 * 3600
    assert found[f"seongsu_forecast_age_seconds{{{HERE}}}"] == 86_400


def test_the_live_error_is_that_of_what_was_issued_beside_naive_on_the_same_rows(world) -> None:
    week = Window(LAST - timedelta(days=7), LAST)
    world.pipeline(LAST).stage("forecast", Window(week.first, week.first))
    world.pipeline(LAST).stage("score", week)
    with connect(world.url) as conn:
        rows = forecasts.scored(conn, "seongsu@sample", week.first, week.last)
    total = rows[rows.series == world.domain.total].rename(columns={"observed": "truth"})
    found = samples(page(world))
    assert set(total.horizon) == set(range(1, 8))
    for horizon, part in total.groupby("horizon"):
        for forecaster, column in (("ours", "q50"), ("seasonal_naive", "naive")):
            labels = f'{{{HERE},forecaster="{forecaster}",horizon="{horizon}"}}'
            expected = pytest.approx(scores.wape(part, column))
            assert found[f"seongsu_live_wape_ratio{labels}"] == expected
        ahead = f'{{{HERE},horizon="{horizon}"}}'
        assert found[f"seongsu_live_coverage_ratio{ahead}"] == pytest.approx(scores.coverage(part))
        assert found[f"seongsu_live_scored_slots{ahead}"] == len(part)


def test_labels_are_bounded_and_the_page_is_what_promtool_reads(world) -> None:
    text = page(world)
    allowed = {label for family in FAMILIES for label in family.labels} | {"le"}
    assert not [name for name in samples(text) if str(LAST.year) in name]
    names = {part.split("=")[0].split("{")[-1] for name in samples(text) if "{" in name
             for part in name.split(",")}  # fmt: skip
    assert names <= allowed
    assert not allowed & {"job", "instance"}, "Prometheus has these for its own"
    assert len(samples(text)) < 800
    if shutil.which("promtool"):
        checked = subprocess.run(
            ["promtool", "check", "metrics"], input=text, capture_output=True, check=False
        )
        assert checked.returncode == 0, checked.stderr.decode()


def test_every_number_of_a_real_verdict_is_told(world) -> None:
    with connect(world.url) as conn:
        query = "select inputs from warehouse.drift order by id desc limit 1"
        [[inputs]] = conn.execute(query).fetchall()
    numbers = {name for name, value in inputs.items() if isinstance(value, int | float)}
    assert numbers <= set(INPUTS)
    found = samples(page(world))
    assert {f'seongsu_drift_input{{{HERE},input="{name}"}}' for name in numbers} <= set(found)


def test_the_page_of_another_process_says_the_same(world) -> None:
    """No counter lives in a process: nothing is lost when one ends."""
    with connect(world.url) as conn:
        one = exposition(conn, world.instance, [metered(world)], clock.now())
    with connect(world.url) as conn:
        assert exposition(conn, world.instance, [metered(world)], clock.now()) == one
