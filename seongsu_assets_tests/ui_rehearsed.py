"""Progress of rehearsals written by hand, for the tests of the page.
No assertions here; numbers are made up so that a test can work them out by hand."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from seongsu_assets.rehearsal import homes, records
from seongsu_assets.rehearsal.records import (
    Asked,
    Begun,
    Broken,
    Case,
    Failed,
    Finished,
    Hour,
    Prepared,
    Published,
    Ran,
    Record,
    Sown,
    Step,
    Story,
)  # fmt: skip
from seongsu_assets_tests.ui_world import HOURS, SEOUL, people

DAY = date(2026, 11, 20)
#: When it was asked for, by the clock of life.
AT = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


def clock(days: int, hour: int) -> datetime:
    """So many days after DAY, at that hour in Seoul."""
    return datetime(DAY.year, DAY.month, DAY.day, hour, tzinfo=SEOUL) + timedelta(days=days)


def asked(days: int = 1, *faults: str, by: str = "page", at: datetime = AT) -> Asked:
    return Asked(at=at, domain="seongsu", days=days, faults=faults, by=by)


def begun(days: int = 1, *faults: str, sample: bool = False) -> Begun:
    return Begun(
        at=AT, first=DAY - timedelta(days=days - 1), last=DAY, until=DAY + timedelta(days=2),
        past_days=400, sample=sample, befalls=tuple(Sown(fault=each, day=DAY) for each in faults),
    )  # fmt: skip


def learning(stage: str) -> Prepared:
    return Prepared(at=AT, what=stage)


def ran(*nodes: str, ended: str = "success", why: str = "") -> Ran:
    return Ran(job="job", nodes=nodes, ended=ended, why=why)


def late_steps() -> list[Step]:
    """A day that comes a day late, from its morning to its end."""
    case = Case(id=1, what="data_late", subject=DAY.isoformat())
    made = Published(
        origin=DAY, issued_at=clock(1, 7), data_through=DAY - timedelta(days=1), tier="champion",
        model_id="m",
    )  # fmt: skip
    return [
        Step(at=AT, clock=clock(0, 0)),
        Step(at=AT, clock=clock(1, 0), sown=("late",)),
        Step(at=AT, clock=clock(1, 7), runs=(ran("features"), ran("forecasts", "published")),
             published=made),
        Step(at=AT, clock=clock(2, 0), runs=(ran("raw"),), opened=(case,), told=1),
        Step(at=AT, clock=clock(2, 12), runs=(ran("raw"), ran("observations"), ran("accuracy")),
             closed=(case,), told=1),
    ]  # fmt: skip


def broken_step(why: str = "no room") -> Step:
    """A run that fails and a check that does."""
    return Step(
        at=AT, clock=clock(2, 15), runs=(ran("forecasts", ended="failure", why=why), ran("raw")),
        checks=(Broken(node="raw", check="rows_are_there", day=DAY.isoformat()),),
    )  # fmt: skip


def late_story(**changes: object) -> Story:
    given = {
        "fault": "late", "day": DAY, "sown_at": clock(1, 0), "case": "data_late",
        "noticed_at": clock(2, 0), "told": 2, "mended_at": clock(2, 12),
    }  # fmt: skip
    return Story(**(given | changes))


def hours(*days: date, off: float = 1.1) -> tuple[Hour, ...]:
    """Forecast a tenth above what came, the range from a tenth below to a fifth above what came;
    last week's a fifth above."""
    return tuple(
        Hour(day=day, hour=hour, q10=came * 0.9, q50=came * off, q90=came * 1.2,
             usual=came, naive=came * 1.2, observed=came)
        for day in days for hour in HOURS for came in [people(day, hour)]
    )  # fmt: skip


def finished(*stories: Story, of: tuple[Hour, ...] | None = None, seconds: float = 95) -> Finished:
    told = hours(DAY) if of is None else of
    ours, naive = records.wape(told)
    return Finished(
        at=AT + timedelta(seconds=seconds), seconds=seconds, hours=told, wape=ours,
        naive_wape=naive, stories=stories,
    )  # fmt: skip


def failed(why: str = "the disk is full", remedy: str = "free some of it") -> Failed:
    return Failed(at=AT, why=why, remedy=remedy)


def keep(folder: Path, name: str, *told: Record) -> Path:
    """A home in which this was told."""
    home = folder / name
    home.mkdir(parents=True)
    for each in told:
        records.append(home, each)
    (home / homes.LOG).touch()
    return home
