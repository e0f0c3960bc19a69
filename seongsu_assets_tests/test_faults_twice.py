"""F-23 to F-25, F-27, F-28: the same done at once, again and while somebody reads: as if done once.
Supabase's part of F-27 is not here: this is publishing on PostgreSQL. In full: `proof_faults`."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from seongsu_assets.domain import Window
from seongsu_assets.warehouse.embedded import Server
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.built import HISTORY, LAST
from seongsu_assets_tests.crashing import KILLED, Point, Trial, copy_of
from seongsu_assets_tests.faults import reading, together
from seongsu_assets_tests.test_crashes import NEXT, dumped, next_day, trial
from seongsu_assets_tests.world import World, counts

__all__ = ["next_day", "trial"]  # fixtures
#: Where a process dies while it issues and publishes, one batch later each time.
BATCHES = [
    Point("copy warehouse.forecast"),
    Point("insert into warehouse.publication", after=False),
    Point("insert into warehouse.publication"),
]


def test_f23_eight_runs_of_one_partition_leave_what_one_leaves_and_one_of_them_publishes(
    trial: Trial, server: Server, built: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert together(trial, 8, trials=1) == {0: 1}
    with copy_of(server, built) as url:
        together(Trial(url, tmp_path_factory.mktemp("alone"), NEXT), 1, trials=1)
        assert dumped(trial.url) == dumped(url)


def test_f24_a_retry_and_a_sensors_run_soon_after_each_other_publish_once(trial: Trial) -> None:
    assert together(trial, 2, 6, apart=0.3) == dict.fromkeys(range(6), 1)
    with connect(trial.url) as conn:
        rows = conn.execute("select count(*) from warehouse.issue where origin = %s", (NEXT,))
        assert rows.fetchone() == (6,)


def test_f25_a_partition_that_is_made_ten_times_is_made_once(world: World) -> None:
    day, pipeline = Window(LAST, LAST), world.pipeline(LAST)
    before = dumped(world.url)
    with connect(world.url) as conn:
        held = counts(conn)
        for _ in range(10):
            for stage in ("settle", "forecast"):
                pipeline.stage(stage, day)
        for stage in ("prepare", "score"):
            pipeline.stage(stage, day)
        pipeline.stage("publish")
        assert counts(conn) == held
    assert dumped(world.url) == before


def test_f27_publishing_that_breaks_off_at_any_batch_shows_the_old_issue_or_the_new_one(
    trial: Trial, next_day: dict[str, str]
) -> None:
    with reading(trial.url) as reader:
        for point in BATCHES:
            assert trial.run(point) == KILLED, f"no process came to {point}"
        assert trial.run() == 0
    assert dumped(trial.url) == next_day
    assert reader.mixed == 0
    assert len(reader.seen) == 2
    assert reader.reads > 50


def test_f27_a_reader_that_polls_can_tell_a_mixture(trial: Trial) -> None:
    with reading(trial.url) as reader, connect(trial.url) as conn:
        with conn.transaction():
            conn.execute("alter table warehouse.forecast disable trigger append_only")
            conn.execute(
                """delete from warehouse.forecast where horizon = 7
                   and issue_id = (select issue_id from warehouse.publication)"""
            )
            conn.execute("alter table warehouse.forecast enable trigger append_only")
        for _ in range(200):
            if reader.mixed:
                return
            conn.execute("select pg_sleep(0.02)")
    pytest.fail("the reader saw nothing")


def filled(days: int, world: World, _: date) -> None:
    """So many days before those that the world holds."""
    first = LAST - timedelta(days=HISTORY - 1)
    older = Window(first - timedelta(days=days), first - timedelta(days=1))
    world.pipeline(older.last).backfill(older)


#: What is the same in whatever order: the others say when they were made.
ORDERLESS = ("payload", "payload_read", "arrival", "arrival_row", "observation", "settlement")


def beside_a_backfill(days: int, trial: Trial, server: Server, built: str, folder: Path) -> None:
    """Both at once: the new day is published, and every row is as when one follows the other."""
    fill = partial(filled, days)
    both = [trial.start(work=fill), trial.start()]
    for process in both:
        process.join()
    assert [process.exitcode for process in both] == [0, 0]
    with connect(trial.url) as conn:
        told = conn.execute("select distinct origin from published.forecast").fetchall()
        assert told == [(NEXT,)]
    with copy_of(server, built) as url:
        alone = Trial(url, folder, NEXT)
        for work in (fill, None):
            alone.start(work=work).join()
        one_by_one, beside = dumped(url), dumped(trial.url)
    assert [beside[name] for name in ORDERLESS] == [one_by_one[name] for name in ORDERLESS]


def test_f28_a_daily_run_beside_a_backfill_publishes_and_both_leave_all_their_rows(
    trial: Trial, server: Server, built: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """How long it takes: `bench_backfill`."""
    beside_a_backfill(31, trial, server, built, tmp_path_factory.mktemp("alone"))
