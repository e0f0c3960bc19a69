"""What a rehearsal tells of itself, one JSON line a record, so that a page can watch it.
Nothing here knows how it came about or how it is shown."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from seongsu_assets.rehearsal.plan import Fault

FILE = "progress.jsonl"


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Asked(_Told):
    """What somebody asked for. `at` is the time of life, here and in every record."""

    kind: Literal["asked"] = "asked"
    at: datetime
    domain: str
    days: int
    faults: tuple[Fault, ...]
    by: Literal["page", "command"]


class Sown(_Told):
    """A fault and the day that it is about."""

    fault: Fault
    day: date


class Begun(_Told):
    """The days that are told again. `past_days` were held before them; `sample`: all is
    generated."""

    kind: Literal["begun"] = "begun"
    at: datetime
    first: date
    last: date
    until: date
    past_days: int
    sample: bool
    befalls: tuple[Sown, ...]


class Prepared(_Told):
    """Something that is done before the first instant: a stage of the graph, or a program."""

    kind: Literal["prepared"] = "prepared"
    at: datetime
    what: str


class Ran(_Told):
    """A run that has ended, and what it made."""

    job: str
    nodes: tuple[str, ...]
    ended: Literal["success", "failure", "canceled"]
    first: date | None = None
    last: date | None = None
    why: str = ""


class Broken(_Told):
    """A check that did not pass."""

    node: str
    check: str
    day: str = ""


class Case(_Told):
    """An incident as the platform names it."""

    id: int
    what: str
    subject: str


class Published(_Told):
    """The forecast that stands from now on."""

    origin: date
    issued_at: datetime
    data_through: date | None
    tier: str
    model_id: str | None


class Step(_Told):
    """An instant of the rehearsal's `clock`: what was done to the world, and what came of it.
    `told` counts the messages that people were sent."""

    kind: Literal["step"] = "step"
    at: datetime
    clock: datetime
    sown: tuple[str, ...] = ()
    runs: tuple[Ran, ...] = ()
    checks: tuple[Broken, ...] = ()
    opened: tuple[Case, ...] = ()
    closed: tuple[Case, ...] = ()
    told: int = 0
    published: Published | None = None


class Hour(_Told):
    """A slot as it was forecast the day before, and what came. `naive` is a week before."""

    day: date
    hour: int
    q10: float
    q50: float
    q90: float
    usual: float | None
    naive: float | None
    observed: float


class Story(_Told):
    """What became of a fault: instants of the rehearsal's clock, None where it never was. `case` is
    the incident it made; a revision makes none, and is noticed when it is taken in."""

    fault: Fault
    day: date
    sown_at: datetime
    case: str | None = None
    noticed_at: datetime | None = None
    told: int = 0
    mended_at: datetime | None = None


class Finished(_Told):
    """The end. Errors are shares of the people who came, over all hours; None where no hour of the
    days met its truth."""

    kind: Literal["finished"] = "finished"
    at: datetime
    seconds: float
    hours: tuple[Hour, ...]
    wape: float | None
    naive_wape: float | None
    stories: tuple[Story, ...]


class Failed(_Told):
    """It could not go on. What else there is to read stands in the log."""

    kind: Literal["failed"] = "failed"
    at: datetime
    why: str
    remedy: str = ""


class Stopped(_Told):
    """Somebody stopped it."""

    kind: Literal["stopped"] = "stopped"
    at: datetime


Record = Annotated[
    Asked | Begun | Prepared | Step | Finished | Failed | Stopped, Field(discriminator="kind")
]
_ADAPTER: TypeAdapter[Record] = TypeAdapter(Record)


def append(home: Path, record: Record) -> None:
    """The record as the next line of the home's progress."""
    with (home / FILE).open("a", encoding="utf-8") as file:
        file.write(record.model_dump_json() + "\n")


def read(home: Path) -> list[Record]:
    """All that was told so far; a line that is still being written is not there yet."""
    try:
        text = (home / FILE).read_bytes()
    except FileNotFoundError:
        return []
    whole = text[: text.rfind(b"\n") + 1]
    return [_ADAPTER.validate_json(line) for line in whole.splitlines()]


def wape(hours: Sequence[Hour]) -> tuple[float | None, float | None]:
    """Our error and that of the week before, each as a share of the people who came. Naive is only
    told where it is known of every hour."""
    came = sum(each.observed for each in hours)
    if not came:
        return None, None
    ours = sum(abs(each.observed - each.q50) for each in hours) / came
    before = [abs(each.observed - each.naive) for each in hours if each.naive is not None]
    return ours, sum(before) / came if len(before) == len(hours) else None
