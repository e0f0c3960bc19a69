"""A rehearsal as it is started for a page: its process, what it is told, and how it is stopped.
The page is in test_ui_rehearsal_start, a rehearsal that really runs in proof_rehearsal."""

import subprocess
import sys
from pathlib import Path

import pytest

from seongsu_assets.errors import SeongsuError, ServiceError
from seongsu_assets.rehearsal import homes, records, starting
from seongsu_assets.rehearsal.records import Asked
from seongsu_assets_tests.servers import eventually

CHILD = """#!/bin/sh
env > "{folder}/env"; echo "$@" > "{folder}/words"; ps -o sid= -p $$ > "{folder}/sid"
exec sleep 60
"""


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which what is started writes what it was told."""
    script = tmp_path / "python"
    script.write_text(CHILD.format(folder=tmp_path))
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))
    monkeypatch.setattr(starting, "folder", lambda: tmp_path / "rehearsals")
    return tmp_path


def test_it_is_started_in_a_session_of_its_own_and_told_no_secret(
    child: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SEONGSU_SEOUL_KEY", "SEONGSU_ALERTS", "SEONGSU_DAGSTER_URL", "SUPABASE_URL"):
        monkeypatch.setenv(name, "secret-of-this-test")
    home = starting.start("seongsu", 7, ["zeros", "late"])
    assert eventually(lambda: (child / "sid").exists() and (child / "sid").read_text(), 10)
    process = starting._children[-1]
    try:
        assert int((child / "sid").read_text()) == process.pid
        assert "secret-of-this-test" not in (child / "env").read_text()
        words = f"rehearse seongsu --days 7 --home {home} --fault late --fault zeros"
        assert (child / "words").read_text().strip() == f"-m seongsu_assets.cli {words}"
        [asked] = records.read(home)
        assert isinstance(asked, Asked)
        assert (asked.by, asked.faults) == ("page", ("late", "zeros"))
    finally:
        starting.stop(process.pid)
        assert process.wait(10) < 0


def test_what_leads_no_group_is_not_stopped_from_a_page() -> None:
    with subprocess.Popen(["sleep", "60"]) as process:
        try:
            with pytest.raises(ServiceError, match="started elsewhere"):
                starting.stop(process.pid)
            assert process.poll() is None
        finally:
            process.kill()


def test_nothing_is_started_while_another_is_under_way(
    child: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(homes, "holder", lambda _: (1, child))
    with pytest.raises(homes.Busy):
        starting.start("seongsu", 1, [])
    with pytest.raises(SeongsuError, match="no fault"):
        starting.start("seongsu", 1, ["; rm -rf /"])
    assert not (child / "words").exists()
