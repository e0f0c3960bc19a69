"""What rehearsals leave behind: records, homes, and the lock that lets one run at a time.
How one is started is in test_rehearsal_start, the page in test_ui_rehearsal_ending."""

import subprocess
import sys
from pathlib import Path

import pytest

from seongsu_assets.errors import SeongsuError
from seongsu_assets.rehearsal import homes, records
from seongsu_assets.rehearsal.records import Stopped
from seongsu_assets_tests import ui_rehearsed as past


def test_what_is_told_is_read_again_and_a_torn_line_is_not_there_yet(tmp_path: Path) -> None:
    told = [
        past.asked(1, "late"), past.begun(1, "late"), past.learning("train"), *past.late_steps(),
        past.broken_step(), past.finished(past.late_story()), past.failed(), Stopped(at=past.AT),
    ]  # fmt: skip
    for each in told:
        records.append(tmp_path, each)
    assert records.read(tmp_path) == told
    with (tmp_path / records.FILE).open("a") as file:
        file.write('{"kind": "step", "at": "2026')
    assert records.read(tmp_path) == told


def test_errors_are_shares_of_the_people_who_came() -> None:
    hours = past.hours(past.DAY)
    ours, naive = records.wape(hours)
    assert ours == pytest.approx(0.1)
    assert naive == pytest.approx(0.2)
    some = (hours[0].model_copy(update={"naive": None}), *hours[1:])
    assert records.wape(some)[1] is None
    assert records.wape(()) == (None, None)


def test_three_homes_are_kept_and_what_is_no_rehearsals_is_left_alone(tmp_path: Path) -> None:
    for name in "abcde":
        past.keep(tmp_path, name, past.asked())
    (tmp_path / "0-mine").mkdir()
    homes.sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0-mine", "c", "d", "e"]


def test_a_disk_that_is_too_full_is_refused(tmp_path: Path) -> None:
    homes.room(tmp_path, needed=1)
    with pytest.raises(SeongsuError, match="are needed"):
        homes.room(tmp_path, needed=1 << 60)


HOLD = """
import os, sys, time
from pathlib import Path
from seongsu_assets.rehearsal import homes
if sys.argv[1] != "again":
    homes.hold(Path(sys.argv[1]), Path(sys.argv[2]))
    os.execv(sys.executable, [sys.executable, sys.argv[3], "again"])
print("held", flush=True)
time.sleep(60)
"""


def test_the_lock_outlives_exec_keeps_others_out_and_dies_with_its_process(tmp_path: Path) -> None:
    script = tmp_path / "hold.py"
    script.write_text(HOLD)
    words = [sys.executable, str(script), str(tmp_path), str(tmp_path / "home"), str(script)]
    assert homes.holder(tmp_path) is None
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        assert homes.holder(tmp_path) == (process.pid, tmp_path / "home")
        with pytest.raises(homes.Busy):
            homes.hold(tmp_path, tmp_path / "other")
        process.kill()
        process.wait()
    assert homes.holder(tmp_path) is None


@pytest.mark.parametrize(
    ("error", "kind"),
    [(KeyboardInterrupt(), "stopped"), (SeongsuError("no", remedy="yes"), "failed"),
     (ValueError("what"), "failed")],
)  # fmt: skip
def test_however_it_ends_short_of_its_end_the_home_says_so(
    tmp_path: Path, error: BaseException, kind: str
) -> None:
    with pytest.raises(type(error)), homes.told(tmp_path):
        raise error
    [told] = records.read(tmp_path)
    assert told.kind == kind
