"""What came of an instant of a replay: runs, checks that failed, incidents, what was published.
Nothing is judged and nothing is done here; who reads it is said elsewhere."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

import dagster as dg

from seongsu_assets import causes, clock
from seongsu_assets.domain import Domain
from seongsu_assets.jobs import STAGES, job_name
from seongsu_assets.rehearsal.records import Broken, Case, Published, Ran, Step
from seongsu_assets.runs import days_of
from seongsu_assets.warehouse.location import open_url
from seongsu_assets.warehouse.postgres import Connection, connect

_ENDED: dict[dg.DagsterRunStatus, Literal["success", "failure", "canceled"]] = {
    dg.DagsterRunStatus.SUCCESS: "success",
    dg.DagsterRunStatus.FAILURE: "failure",
    dg.DagsterRunStatus.CANCELED: "canceled",
}


@dataclass
class Observer:
    """Tells what is new since it looked last; what is there when it is made is old."""

    domain: Domain
    instance: dg.DagsterInstance
    _runs: int = field(init=False)
    _open: dict[int, Case] = field(init=False)
    _told: int = field(init=False)
    _published: Published | None = field(init=False)

    def __post_init__(self) -> None:
        self._runs = self.instance.get_runs_count()
        self._open, self._told, self._published = self._warehouse()

    def look(self, instant: datetime, sown: tuple[str, ...]) -> Step:
        """The step of this instant, at which `sown` was done to the world."""
        runs = self._new_runs()
        open_, told, published = self._warehouse()
        step = Step(
            at=clock.life(),
            clock=instant,
            sown=sown,
            runs=tuple(self._ran(run) for run in runs),
            checks=tuple(broken for run in runs for broken in self._broken(run)),
            opened=tuple(case for number, case in open_.items() if number not in self._open),
            closed=tuple(case for number, case in self._open.items() if number not in open_),
            told=told - self._told,
            published=published if published != self._published else None,
        )
        self._open, self._told, self._published = open_, told, published
        return step

    def _new_runs(self) -> list[dg.DagsterRun]:
        count = self.instance.get_runs_count()
        new, self._runs = count - self._runs, count
        records = self.instance.get_run_records(limit=new) if new else ()
        return [record.dagster_run for record in reversed(records)]

    def _ran(self, run: dg.DagsterRun) -> Ran:
        days = days_of(run.tags)
        cause = causes.of_run(self.instance, run.run_id) if run.is_failure else None
        return Ran(
            job=run.job_name,
            nodes=self._nodes(run),
            ended=_ENDED.get(run.status, "failure"),
            first=days.first if days else None,
            last=days.last if days else None,
            why=cause.reason if cause else "",
        )

    def _nodes(self, run: dg.DagsterRun) -> tuple[str, ...]:
        """What it makes; conditions choose nodes, schedules and sensors a stage."""
        if run.asset_selection:
            return tuple(sorted(key.path[-1] for key in run.asset_selection))
        stage = run.job_name.removeprefix(job_name(self.domain, ""))
        return STAGES.get(stage, (stage,))

    def _broken(self, run: dg.DagsterRun) -> list[Broken]:
        kind = dg.DagsterEventType.ASSET_CHECK_EVALUATION
        events = (
            record.event_log_entry.dagster_event
            for record in self.instance.get_records_for_run(run.run_id, of_type=kind).records
        )
        told = (event.asset_check_evaluation_data for event in events if event)
        return [
            Broken(node=each.asset_key.path[-1], check=each.check_name, day=each.partition or "")
            for each in told
            if not each.passed
        ]

    def _warehouse(self) -> tuple[dict[int, Case], int, Published | None]:
        """The open incidents, how many messages there are, and the forecast that stands."""
        with connect(open_url()) as conn:
            return _cases(conn), _messages(conn), _pointer(conn, self.domain.name)


def _cases(conn: Connection) -> dict[int, Case]:
    rows = conn.execute(
        "select id, kind, subject from warehouse.incident where closed_at is null order by id"
    )
    return {row[0]: Case(id=row[0], what=row[1], subject=row[2]) for row in rows}


def _messages(conn: Connection) -> int:
    row = conn.execute("select count(*) from warehouse.message").fetchone()
    assert row is not None
    return row[0]


def _pointer(conn: Connection, dataset: str) -> Published | None:
    row = conn.execute(
        """select i.origin, i.issued_at, i.data_through, i.tier, i.model_id
           from warehouse.publication p join warehouse.issue i using (issue_id)
           where p.dataset = %s""",
        (dataset,),
    ).fetchone()
    if row is None:
        return None
    names = ("origin", "issued_at", "data_through", "tier", "model_id")
    return Published(**dict(zip(names, row, strict=True)))
