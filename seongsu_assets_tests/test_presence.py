"""Runs of processes that were killed are reported failed; those of living ones are left alone.
No pipeline runs here."""

import multiprocessing
from pathlib import Path

import dagster as dg
import pytest

from seongsu_assets import presence


@dg.job
def job() -> None: ...


def left_unfinished(instance: dg.DagsterInstance, tags: dict[str, str]) -> str:
    return instance.create_run_for_job(job, tags=tags, status=dg.DagsterRunStatus.STARTED).run_id


def _begin_and_die(folder: str) -> None:
    with dg.DagsterInstance.local_temp(folder) as instance:
        left_unfinished(instance, {presence.PROCESS: presence.name(instance)})


@pytest.mark.parametrize("launched", [False, True])
def test_only_the_runs_of_the_dead_are_buried(tmp_path: Path, launched: bool) -> None:
    other = multiprocessing.get_context("forkserver").Process(
        target=_begin_and_die, args=(str(tmp_path),)
    )
    other.start()
    other.join()
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        (killed,) = (run.run_id for run in instance.get_runs())
        own = left_unfinished(instance, {presence.PROCESS: presence.name(instance)})
        daemons = left_unfinished(instance, {})
        said: list[str] = []
        presence.bury(instance, said.append, launched=launched)
        status = {run.run_id: run.status for run in instance.get_runs()}
    assert status[killed] == dg.DagsterRunStatus.FAILURE
    assert status[own] == dg.DagsterRunStatus.STARTED
    assert (status[daemons] == dg.DagsterRunStatus.FAILURE) == launched
    assert len(said) == 1 + launched
