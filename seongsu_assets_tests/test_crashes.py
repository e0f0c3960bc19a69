"""F-20, F-21 and what else kills: the next run leaves the tables of an undisturbed one.
The many repeats are in `proof_faults`, the kills of `seongsu up` in `proof_crashes`."""

import os
import random
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from seongsu_assets import clock, settlement
from seongsu_assets.assets.features import build, names_of
from seongsu_assets.domain import Window
from seongsu_assets.ingest import ingest
from seongsu_assets.ports import free_port
from seongsu_assets.warehouse import arrivals, features, models, observations, payloads, published
from seongsu_assets.warehouse.embedded import Server, running
from seongsu_assets.warehouse.postgres import Connection, connect
from seongsu_assets_tests.built import LAST
from seongsu_assets_tests.crashing import KILLED, Point, Trial, carry, copy_of, publish_often, until
from seongsu_assets_tests.servers import is_gone, postmaster
from seongsu_assets_tests.world import World, counts, dump

NEXT = LAST + timedelta(days=1)
SEED = 2026
#: One after the other on one warehouse; each gets further than the one before. All there are:
#: `proof_crashes`.
POINTS = [
    Point("insert into warehouse.payload (", nth=3),
    Point("copy warehouse.arrival_row"),
    Point("copy warehouse.forecast"),
    Point("insert into warehouse.publication"),
    Point("insert into warehouse.drift", after=False),
]


@pytest.fixture(scope="module")
def next_day(
    server: Server, built: str, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """The dump of the built world after an undisturbed run of the next day."""
    folder = tmp_path_factory.mktemp("undisturbed")
    with copy_of(server, built) as url:
        assert Trial(url, folder, NEXT).run() == 0
        return dumped(url)


@pytest.fixture
def trial(server: Server, built: str, tmp_path: Path) -> Iterator[Trial]:
    with copy_of(server, built) as url:
        yield Trial(url, tmp_path, NEXT)


def dumped(url: str) -> dict[str, str]:
    with connect(url) as conn:
        return dump(conn)


def test_after_a_kill_at_any_statement_the_next_run_leaves_the_same_tables(
    trial: Trial, next_day: dict[str, str]
) -> None:
    """F-20."""
    for point in POINTS:
        assert trial.run(point) == KILLED, f"no process came to {point}"
    assert trial.run() == 0
    assert dumped(trial.url) == next_day


def test_after_kills_at_random_instants_the_next_run_leaves_the_same_tables(
    trial: Trial, next_day: dict[str, str]
) -> None:
    """F-21."""
    chance = random.Random(SEED)
    killed = [trial.killed_after(chance.uniform(0.2, 2.0)) for _ in range(3)]
    assert any(killed)
    assert trial.run() == 0
    assert dumped(trial.url) == next_day


def test_a_killed_server_is_a_clear_error_and_the_next_run_leaves_the_same_tables(
    trial: Trial, next_day: dict[str, str], tmp_path: Path
) -> None:
    """F-26."""
    home, port = tmp_path / "home", free_port(47_000 + os.getpid() % 2000)
    with running(home, port) as own:
        own.ensure_database("seongsu")
        carry(trial.url, own.url("seongsu"))
        own_trial = Trial(own.url("seongsu"), tmp_path, NEXT)
        process = own_trial.start()
        with connect(own_trial.url) as conn:
            assert until(lambda: settlement.unsettled(conn, "seongsu@sample") == [NEXT])
        os.kill(postmaster(home), signal.SIGKILL)
        process.join()
        assert process.exitcode == 1
        assert " failed: " in own_trial.error()
        assert until(lambda: is_gone(home))
        assert own.revive()
        assert own_trial.run() == 0
        assert dumped(own_trial.url) == next_day


def test_processes_that_do_the_same_at_once_leave_what_one_would(
    trial: Trial, next_day: dict[str, str]
) -> None:
    """F-23: whole pipelines; of one partition alone see `test_faults_twice`."""
    together = [trial.start() for _ in range(3)]
    for process in together:
        process.join()
    assert [process.exitcode for process in together] == [0, 0, 0]
    assert dumped(trial.url) == next_day


def test_a_model_whose_run_was_killed_before_the_decision_is_decided_about(world: World) -> None:
    with connect(world.url) as conn:
        conn.execute(
            """insert into warehouse.model
               select 'undecided', dataset, created_at, trained_from, trained_to, data_sha,
                      code_version, booster, metadata, sha256, metrics, evaluation
               from warehouse.model"""
        )
    world.pipeline(LAST).run()
    with connect(world.url) as conn:
        assert models.decided(conn, "seongsu@sample", "undecided") is not None


def test_a_reader_sees_only_whole_issues_while_many_are_published(trial: Trial) -> None:
    """F-27."""
    seen: set[str] = set()
    with connect(trial.url) as conn:
        rows = len(published.forecast(conn, "seongsu"))
        writer = trial.start(work=publish_often)
        while writer.is_alive():
            table = published.forecast(conn, "seongsu")
            (issue,) = table.issue_id.unique()
            assert len(table) == rows
            seen.add(issue)
    assert writer.exitcode == 0
    assert len(seen) > 10


def test_a_payload_that_was_kept_but_not_read_before_the_kill_is_read_by_the_next_ingest(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, dataset = world.domain.sample, "seongsu@sample"
    assert source is not None
    monkeypatch.setenv("SEONGSU_NOW", f"{NEXT + timedelta(days=1)}T07:00:00+09:00")
    (payload,) = source.fetch(Window(NEXT, NEXT))
    with connect(world.url) as conn:
        payload_id, _ = payloads.store(conn, dataset, payload)
        receipts = ingest(conn, world.domain, dataset, source, [], now=clock.now())
        assert arrivals.is_read(conn, payload_id)
    assert [receipt.days for receipt in receipts] == [(NEXT,)]


def test_what_another_process_did_meanwhile_is_not_done_again(world: World) -> None:
    source, dataset = world.domain.sample, "seongsu@sample"
    assert source is not None
    (payload,) = source.fetch(Window(LAST, LAST))
    with connect(world.url) as conn:
        before = counts(conn)
        payload_id, _ = payloads.store(conn, dataset, payload)
        reading = arrivals.Reading(payload_id, "late", source.parse(payload))
        (receipt,) = arrivals.record(
            conn, dataset, source.name, [reading], lambda rows: rows, clock.now()
        )
        champion = models.newest(conn, dataset) or ""
        models.decide(
            conn, dataset, challenger=champion, champion=None, outcome="keep",
            reason="too late", inputs={}, now=clock.now(),
        )  # fmt: skip
        assert receipt.known
        assert counts(conn) == before


def test_features_that_were_built_before_a_change_neither_hide_nor_undo_it(world: World) -> None:
    dataset, names = "seongsu@sample", names_of(world.domain)
    (payload,) = world.domain.sample.fetch(Window(LAST, LAST))
    with connect(world.url) as conn:
        held = observations.read(conn, dataset, LAST, LAST)
        busiest = int(held.value.max())
        body = payload.body.decode().replace(f",{busiest},", f",{busiest + 7},")
        revised = replace(payload, body=body.encode())
        seen = features.step(conn, dataset, ["calendar"])
        old = build(conn, world.domain, dataset, Window(LAST, LAST))
        ingest(conn, world.domain, dataset, world.domain.sample, [revised], now=clock.now())
        assert settlement.settle(conn, world.domain, dataset, Window(LAST, LAST), clock.now())
        features.replace(conn, dataset, old, names, seen, clock.now())
        assert LAST in stale(conn, world)
        later = features.step(conn, dataset, ["calendar"])
        new = build(conn, world.domain, dataset, Window(LAST, LAST))
        told = features.replace(conn, dataset, new, names, later, clock.now())
        assert features.replace(conn, dataset, old, names, seen, clock.now()) == told
        assert LAST not in stale(conn, world)


def stale(conn: Connection, world: World) -> list[date]:
    reach = Window(LAST - timedelta(days=1), LAST)
    names = names_of(world.domain)
    return features.stale(conn, "seongsu@sample", reach, world.domain.plan, names)
