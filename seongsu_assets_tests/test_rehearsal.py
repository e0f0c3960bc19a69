"""What a rehearsal stands on: its plan, its records, its homes, its lock, and how it is started.
A rehearsal that really runs is in proof_rehearsal, the page in test_ui_rehearsal."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from seongsu_assets.domain import Window
from seongsu_assets.domains.seongsu import SEONGSU
from seongsu_assets.errors import NotEnoughHistory, SeongsuError, ServiceError
from seongsu_assets.rehearsal import homes, plan, records, starting
from seongsu_assets.rehearsal.records import Asked, Stopped
from seongsu_assets.replay import rehearsed
from seongsu_assets.replay.known import rehearsed as brief
from seongsu_assets.replay.sowing import Sower
from seongsu_assets.warehouse.postgres import connect, frame
from seongsu_assets_tests import ui_rehearsed as past
from seongsu_assets_tests.servers import eventually
from seongsu_assets_tests.sowing import SEOUL
from seongsu_assets_tests.ui_page import FRIDAY
from seongsu_assets_tests.ui_world import World, build, morning
from seongsu_assets_tests.world import digest

LAST = date(2026, 3, 10)
NOW = datetime(2026, 3, 12, 3, tzinfo=UTC)


def days(count: int, *, but: tuple[int, ...] = ()) -> list[date]:
    """So many days up to LAST, without those so many days before it."""
    return [LAST - timedelta(back) for back in range(count - 1, -1, -1) if back not in but]


# ---------------------------------------------------------------- the plan


def test_the_newest_whole_days_in_a_row_are_withheld() -> None:
    assert plan.newest(days(300), 1, 120) == Window(LAST, LAST)
    assert plan.newest(days(300), 7, 120) == Window(LAST - timedelta(6), LAST)
    gone = plan.newest(days(300, but=(3,)), 7, 120)
    assert gone == Window(LAST - timedelta(10), LAST - timedelta(4))


def test_too_few_days_are_refused_with_how_many_are_missing() -> None:
    with pytest.raises(NotEnoughHistory, match="176 whole days are held, 177 are needed: 1 are"):
        plan.newest(days(176), 1, 120)
    assert plan.newest(days(177), 1, 120)


def test_one_day_takes_one_fault_and_a_week_gives_each_its_day() -> None:
    with pytest.raises(SeongsuError, match="one day takes one fault"):
        plan.check(1, ["late", "zeros"])
    with pytest.raises(SeongsuError, match="no fault 'rain'"):
        plan.check(7, ["rain"])
    with pytest.raises(SeongsuError, match="3 days cannot"):
        plan.check(3, [])
    week = plan.plan(Window(LAST - timedelta(6), LAST), plan.check(7, plan.FAULTS))
    assert len({each.day for each in week.befalls}) == len(plan.FAULTS)
    assert all(week.window.first <= each.day <= LAST for each in week.befalls)


@pytest.mark.parametrize("fault", plan.FAULTS)
def test_a_rehearsal_lasts_until_its_fault_is_over(fault: plan.Fault) -> None:
    chosen = plan.plan(Window(LAST, LAST), [fault])
    deeds = rehearsed.deeds(SEONGSU, chosen)
    assert deeds[0].name == fault
    end = datetime.combine(chosen.until, datetime.min.time(), SEOUL) + timedelta(days=1)
    assert all(deed.at < end - timedelta(hours=12) for deed in deeds)
    assert chosen.until <= LAST + timedelta(2)


def test_a_deed_is_done_once_at_the_first_instant_that_has_come() -> None:
    chosen, done = plan.plan(Window(LAST, LAST), ["revised"]), []

    class Truth:
        def revise(self, day: date, factor: float) -> None:
            done.append((day, factor))

    upstream = type("Upstream", (), {"truth": Truth()})()
    sower = Sower(rehearsed.deeds(SEONGSU, chosen))
    for hour in (40, 49, 55):
        sower(datetime(2026, 3, 10, tzinfo=SEOUL) + timedelta(hours=hour), upstream, None)
    assert done == [(LAST, rehearsed.REVISED_BY)]
    assert sower.said == {"revised": datetime(2026, 3, 12, 1, tzinfo=SEOUL)}


def test_totals_of_days_are_not_asked_for_and_hours_are() -> None:
    names = [source.name for source in brief(SEONGSU).sources]
    assert "files" in names
    assert "card_daily" not in names
    assert len(names) == len(SEONGSU.sources) - 1


# ---------------------------------------------------------------- records and homes


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


# ---------------------------------------------------------------- started for a page

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


# ---------------------------------------------------------------- the real warehouse


def dumped(url: str) -> dict[str, str]:
    with connect(url) as conn:
        tables = conn.execute(
            """select table_schema || '.' || table_name from information_schema.tables
               where table_schema in ('warehouse', 'supabase_migrations', 'public')
                 and table_type = 'BASE TABLE'"""
        ).fetchall()
        return {name: digest(frame(conn, f"select t::text from {name} t")) for (name,) in tables}


def test_nothing_of_the_real_warehouse_is_written(
    warehouse_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(warehouse_url, World(FRIDAY, morning(FRIDAY), measured_days=200))
    monkeypatch.setattr(rehearsed, "open_url", lambda: warehouse_url)
    before = dumped(warehouse_url)
    given = rehearsed.prepare(tmp_path, SEONGSU, 1, ("late",))
    assert dumped(warehouse_url) == before
    assert given["DATABASE_URL"] == given["SEONGSU_ALERTS"] == given["SEONGSU_ARTEFACTS"] == ""
    assert given["SEONGSU_HOME"] == str(tmp_path)
    [begun] = records.read(tmp_path)
    assert (begun.first, begun.last, begun.past_days) == (FRIDAY, FRIDAY, 199)


def test_a_warehouse_that_holds_too_little_is_refused(
    warehouse_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rehearsed, "open_url", lambda: warehouse_url)
    with pytest.raises(NotEnoughHistory, match="0 whole days are held"):
        rehearsed.prepare(tmp_path, SEONGSU, 1, ())


def test_what_is_held_is_read_where_nothing_can_be_written(
    warehouse_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def read(conn, dataset, **_):
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction), conn.transaction():
            conn.execute("delete from warehouse.payload")
        seen.append(dataset)
        return frame(conn, "select * from warehouse.observation limit 0")

    monkeypatch.setattr(rehearsed, "open_url", lambda: warehouse_url)
    monkeypatch.setattr(rehearsed.observations, "read", read)
    rehearsed.held(SEONGSU)
    assert seen
