"""Where each domain stands: what is late, refused and broken, who serves, and what to run again.
Facts only; how they are shown is in `cli.status` and in `status_page`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import dagster as dg
import pandas as pd

from seongsu_assets import clock, overdue, runs
from seongsu_assets.domain import Domain, Window, ranges
from seongsu_assets.errors import ModelError
from seongsu_assets.incidents.symptom import PLATFORM
from seongsu_assets.origins import origins
from seongsu_assets.overdue import Owed
from seongsu_assets.wanted import wants
from seongsu_assets.warehouse import (
    contracts,
    datasets,
    incidents,
    models,
    observations,
    published,
    verdicts,
)
from seongsu_assets.warehouse.incidents import Incident
from seongsu_assets.warehouse.postgres import Connection

#: How many refused days are told, newest first.
REFUSED = 10


@dataclass(frozen=True)
class Standing:
    """One domain. Ages are in days of the domain; None is what is not there yet."""

    domain: str
    sample: bool
    data_through: date | None
    data_age_days: int | None
    arrived_at: pd.Timestamp | None
    forecast_of: date | None
    issued_at: pd.Timestamp | None
    tier: str | None
    champion: str | None
    champion_trained_to: date | None
    champion_age_days: int | None
    champion_problem: str | None
    late: list[Window]
    waiting: list[Window]
    refused_days: int
    refused: list[dict[str, Any]]
    broken: list[dict[str, Any]]
    open: list[Incident]
    accuracy: list[dict[str, Any]]
    sources: list[dict[str, Any]]
    contracts_broken: list[dict[str, Any]]
    alarming: list[Owed]
    lost: list[Window]
    estimated_days: int
    run_again: list[str] = field(default_factory=list[str])


@dataclass(frozen=True)
class Platform:
    """What belongs to no domain: what is wrong, and when each process was last seen alive."""

    open: list[Incident]
    beats: dict[str, datetime]


def platform(conn: Connection) -> Platform:
    """The platform as the watcher knows it."""
    return Platform(incidents.open_incidents(conn, PLATFORM), incidents.beats(conn))


def standing(conn: Connection, instance: dg.DagsterInstance, domain: Domain) -> Standing | None:
    """The domain as it is now; None when nothing of it ever arrived."""
    known = published.data_status(conn)
    known = known[known.domain == domain.name]
    if known.empty:
        return None
    head = known.iloc[0]
    issue = published.forecast(conn, domain.name).head(1)
    wanted, lacking = wants(conn, domain), _lacking(conn, domain)
    found = Standing(
        domain=domain.name,
        sample=bool(head["sample"]),
        data_through=_day(head.data_through),
        data_age_days=_age(domain, _day(head.data_through)),
        arrived_at=None if head.arrived_at is pd.NaT else head.arrived_at,
        forecast_of=None if issue.empty else _day(issue.origin.iloc[0]),
        issued_at=None if issue.empty else issue.issued_at.iloc[0],
        tier=None if issue.empty else str(issue.tier.iloc[0]),
        **_champion(conn, domain),
        late=[window for stage, window in wanted if stage == "ingest"],
        waiting=[window for stage, window in wanted if stage == "settle"],
        refused_days=int(head.refused_days),
        refused=_refused(conn, domain),
        broken=list(_broken(instance, domain)),
        open=incidents.open_incidents(conn, domain.name),
        accuracy=records(published.accuracy(conn, domain.name, domain.total)),
        sources=origins(conn, domain),
        contracts_broken=_contracts_broken(conn, domain),
        alarming=[each for each in lacking if each.alarming(clock.now())],
        estimated_days=sum(each.estimated for each in lacking),
        lost=ranges(
            [each.business_date for each in lacking if each.state == "lost"], domain.cadence.step
        ),
    )
    found.run_again.extend(_remedies(found, domain))
    return found


def _lacking(conn: Connection, domain: Domain) -> list[Owed]:
    """Every day since the first on record that lacks counted hours."""
    dataset = datasets.active(conn, domain)
    held = observations.bounds(conn, dataset)
    if held is None:
        return []
    reach = Window(held.first, domain.cadence.newest(clock.now()))
    return overdue.owed(conn, domain, dataset, reach, clock.now())


def _contracts_broken(conn: Connection, domain: Domain) -> list[dict[str, Any]]:
    newest = contracts.newest(conn, domain.name)
    return records(newest[~newest.passed.astype(bool)])


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows by column name."""
    return [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]


def _day(moment: Any) -> date | None:
    return None if moment is None or moment is pd.NaT else moment.date()


def _age(domain: Domain, day: date | None) -> int | None:
    """Days from the end of `day` to that of the newest; 0 is as new as can be."""
    return None if day is None else (domain.cadence.newest(clock.now()) - day).days


def _champion(conn: Connection, domain: Domain) -> dict[str, Any]:
    """Who serves and how old what it learned is; a damaged model is a problem, not an absence."""
    model_id = next(iter(models.champions(conn, datasets.active(conn, domain))), None)
    trained_to, problem = None, None
    if model_id is not None:
        try:
            trained_to = models.load(conn, model_id).trained_to
        except ModelError as error:
            problem = str(error)
    return {
        "champion": model_id,
        "champion_trained_to": trained_to,
        "champion_age_days": _age(domain, trained_to),
        "champion_problem": problem,
    }


def _refused(conn: Connection, domain: Domain) -> list[dict[str, Any]]:
    """The newest refused days, each with its first reason and where it stands."""
    reach = Window(domain.cadence.start, domain.cadence.newest(clock.now()))
    rows = verdicts.refusals(conn, datasets.active(conn, domain), reach)
    newest = rows.drop_duplicates("business_date").tail(REFUSED).iloc[::-1]
    return [
        {
            "day": row["business_date"].date(),
            "where": row["place"] or row["payload"],
            "why": row["reason"],
        }
        for row in records(newest)
    ]


def _broken(instance: dg.DagsterInstance, domain: Domain) -> Iterator[dict[str, Any]]:
    """Every stage whose newest failure was not made good."""
    for each in runs.failing(instance, domain):
        yield {"stage": each.stage, "run": each.run_id, "at": each.at, "why": each.why}


def _remedies(found: Standing, domain: Domain) -> Iterator[str]:
    """Commands, the most needed first."""
    last = domain.cadence.newest(clock.now())
    if found.late:
        first = found.late[0].first
        yield f"seongsu backfill {found.domain} --from {first} --to {last}"
    stale = found.forecast_of is None or found.forecast_of < domain.cadence.later(last, -1)
    if found.waiting or found.broken or found.champion_problem or stale:
        yield f"seongsu run {found.domain}"
    if found.late or found.refused:
        yield "seongsu import FILES, of the days that are late or were refused"
