"""The next day or week of a domain that is told by files, brought at its time: as it came, or late,
wrong, missing or repeated. The platform's answer to it is looked at in `cli.inject`."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal, get_args

import pandas as pd

from seongsu_assets import clock
from seongsu_assets.domain import Domain
from seongsu_assets.errors import NotEnoughHistory, SeongsuError
from seongsu_assets.replay import hands
from seongsu_assets.sources.long_table import LongFiles, write

Fault = Literal["none", "late", "wrong", "missing", "repeated"]
FAULTS: tuple[Fault, ...] = get_args(Fault)
#: What a slipped decimal point makes of a value.
SLIPPED = 100
_PAST, _CLOCK, _OWED = "past.parquet", "clock", "owed"


@dataclass(frozen=True)
class Brought:
    """What came in the morning after `period`: these files, in order; none where it is missing."""

    period: date
    fault: Fault
    files: tuple[str, ...]


def is_home(home: Path) -> bool:
    """Whether something was withheld there."""
    return (home / _PAST).exists()


def withhold(home: Path, domain: Domain, rows: pd.DataFrame, many: int) -> date:
    """Keep the newest `many` periods of `rows` back in a home of its own: what was before lies in
    its drop folder, and its clock stands on the morning after. The newest period that is told.

    Raises SeongsuError for a domain that no file tells of, NotEnoughHistory where too little is
    left to learn from."""
    source = _source(domain)
    periods = sorted(stamp.date() for stamp in rows["business_date"].unique())
    least = domain.plan.minimum_days // domain.cadence.step
    if len(periods) < many + least:
        raise NotEnoughHistory(
            f"{len(periods)} {domain.cadence.period}s are held, {many + least} are needed",
            remedy=f"`seongsu import FILES --domain {domain.name}`, or withhold fewer",
        )
    newest = periods[-many - 1]
    inbox = inbox_of(home, domain)
    inbox.mkdir(parents=True, exist_ok=True)
    before = rows[rows["business_date"] <= pd.Timestamp(newest)]
    (inbox / f"before-{newest}.csv").write_bytes(write(before, source.columns))
    rows.to_parquet(home / _PAST)
    hands.turn(clock_of(home), _morning(domain, newest))
    return newest


def bring(home: Path, domain: Domain, inbox: Path, fault: Fault = "none") -> Brought:
    """Turn the clock to the morning after the next period, and bring what comes then: the period
    with its fault, and what the one before still owes. Raises NotEnoughHistory at the end."""
    source, cadence = _source(domain), domain.cadence
    rows = pd.read_parquet(home / _PAST)
    period = cadence.later(cadence.newest(clock.now()), 1)
    if pd.Timestamp(period) > rows["business_date"].max():
        raise NotEnoughHistory(
            f"all that was withheld has been told, up to {cadence.ends(period)}",
            remedy="begin again with another --home",
        )
    owed, told = home / _OWED, list[tuple[str, pd.DataFrame]]()
    if owed.exists():
        late = date.fromisoformat(owed.read_text())
        told.append((f"{late}-at-last.csv", _of(rows, late)))
        owed.unlink()
    mine = _of(rows, period)
    match fault:
        case "none":
            told.append((f"{period}.csv", mine))
        case "wrong":
            wrong = mine.assign(value=mine["value"] * SLIPPED)
            told.append((f"{period}-wrong.csv", wrong))
        case "repeated":
            told += [(f"{period}.csv", mine), (f"{period}-again.csv", mine)]
        case "late" | "missing":
            pass
    if fault in ("late", "wrong"):
        owed.write_text(period.isoformat())
    for name, each in told:
        (inbox / name).write_bytes(write(each, source.columns))
    hands.turn(clock_of(home), _morning(domain, period))
    return Brought(period, fault, tuple(name for name, _ in told))


def clock_of(home: Path) -> Path:
    """The file that tells the time there."""
    return home / _CLOCK


def inbox_of(home: Path, domain: Domain) -> Path:
    """The drop folder there."""
    return home / "inbox" / domain.name


def _source(domain: Domain) -> LongFiles:
    """What reads the domain's files, and says how they are written."""
    found = next((each for each in domain.sources if isinstance(each, LongFiles)), None)
    if found is None:
        raise SeongsuError(
            f"no file in columns tells of {domain.name}",
            remedy=f"`seongsu rehearse {domain.name}` tells its newest days again",
        )
    return found


def _morning(domain: Domain, period: date) -> datetime:
    """When the period is told, and the next ones are to be forecast."""
    return domain.cadence.at(domain.cadence.later(period, 1), domain.lateness.issue_hour + 1)


def _of(rows: pd.DataFrame, period: date) -> pd.DataFrame:
    return rows[rows["business_date"] == pd.Timestamp(period)]
