"""Rehearsals that really run, by the command, on real ridership: a day and a week.
Run by `make proof`; a day is some minutes on two cores, a week about a quarter of an hour."""

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from seongsu_assets import clock
from seongsu_assets.ports import free_port
from seongsu_assets.rehearsal import homes, standing
from seongsu_assets.rehearsal.plan import FAULTS
from seongsu_assets.rehearsal.records import Finished
from seongsu_assets.rehearsal.standing import Standing
from seongsu_assets.warehouse.embedded import running
from seongsu_assets_tests.dumping import dumped

pytestmark = [pytest.mark.slow, pytest.mark.timeout(2 * 3600)]
FILES = ("OA-12921_2023_seongsu.csv", "OA-12921_2024-01_to_08_seongsu.csv")
PORT = 27_900
#: What each fault must come to: the incident, and how often it is told.
CASES = {
    "late": ("data_late", 2),
    "zeros": ("day_refused", 2),
    "unreadable": ("file_refused", 2),
    "outage": ("data_late", 2),
    "revised": (None, 0),
}


def seongsu(home: Path, *words: str) -> None:
    """A command of ours in a home."""
    env = os.environ | {"SEONGSU_HOME": str(home), "DATABASE_URL": ""}
    env["SEONGSU_POSTGRES_PORT"] = str(free_port(PORT))
    command = [sys.executable, "-m", "seongsu_assets.cli", *words]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Path:
    """The home of a platform that holds real ridership."""
    home = tmp_path_factory.mktemp("platform")
    seongsu(home, "import", *(str(shared / "seoul" / "hourly" / name) for name in FILES))
    return home


@pytest.fixture(scope="module")
def shared() -> Path:
    folder = Path(__file__).parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("../shared/data is absent: there is no real past to rehearse")
    return folder


def held(home: Path) -> dict[str, str]:
    with running(home, free_port(PORT)) as server:
        return dumped(server.url("seongsu"))


def rehearsed(home: Path, days: int, faults: Sequence[str]) -> Standing:
    """A rehearsal by the command; nothing of the platform has changed by it."""
    before = held(home)
    seongsu(home, "rehearse", "seongsu", "--days", str(days), "--fault", *faults)
    assert held(home) == before
    assert homes.holder(home / homes.FOLDER) is None
    return standing.look(home / homes.FOLDER, clock.life())[0]


def judge(found: Standing, days: int, faults: Sequence[str]) -> Finished:
    """Each fault is noticed, told and mended, and every day has its score."""
    assert found.finished is not None
    finished = found.finished
    assert {story.fault for story in finished.stories} == set(faults)
    for story in finished.stories:
        assert (story.case, story.told) == CASES[story.fault], story
        assert story.noticed_at is not None
        assert story.mended_at is not None
        assert timedelta() <= story.noticed_at - story.sown_at <= timedelta(days=1)
    assert len({hour.day for hour in finished.hours}) == days
    opened = {(case.what, case.subject) for step in found.steps for case in step.opened}
    made = {CASES[fault][0] for fault in faults} - {None}
    assert {what for what, _ in opened} <= made | {"drift", "forecast_worse", "check_failed"}
    assert finished.wape is not None
    return finished


def test_a_day_that_comes_late(platform: Path) -> None:
    finished = judge(rehearsed(platform, 1, ["late"]), 1, ["late"])
    assert finished.naive_wape is not None
    assert finished.wape is not None
    assert finished.wape < 2 * finished.naive_wape


def test_a_week_with_every_fault(platform: Path) -> None:
    judge(rehearsed(platform, 7, FAULTS), 7, FAULTS)
