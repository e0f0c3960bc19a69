"""A small world: one domain with a short plan, its own warehouse and its own Dagster instance.
No assertion is made here."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import dagster as dg
import pandas as pd

from seongsu_assets.cli.pipeline import Pipeline
from seongsu_assets.definitions import platform
from seongsu_assets.domain import Domain, Plan
from seongsu_assets.domains.seongsu import SEONGSU, STATION
from seongsu_assets.resources import Outside, Tracking, Warehouse
from seongsu_assets.sources.files import Files
from seongsu_assets.warehouse.postgres import Connection, frame
from seongsu_assets_tests.elsewhere import workplace

#: Short enough to train in a second, long enough to have every weekday often.
PLAN = Plan(look_back_days=42, train_days=140, minimum_days=40)


def small_domain(folder: Path) -> Domain:
    """Seongsu with a short plan and a drop folder of its own."""
    inbox = folder / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    return replace(SEONGSU, plan=PLAN, sources=[Files(inbox, STATION)], feeds=())


@dataclass(frozen=True)
class World:
    """One domain, one warehouse, one Dagster instance."""

    domain: Domain
    url: str
    folder: Path
    instance: dg.DagsterInstance
    upstream: str = ""

    @property
    def definitions(self) -> dg.Definitions:
        return self.with_domains(self.domain)

    def with_domains(self, *domains: Domain) -> dg.Definitions:
        """One code location of these domains, on the world's warehouse."""
        resources = {
            "warehouse": Warehouse(url=self.url),
            "outside": Outside(upstream=self.upstream),
            "tracking": Tracking(record=False),
            "workplace": workplace(self.folder),
        }
        return platform(domains, resources)

    @property
    def inbox(self) -> Path:
        return self.folder / "inbox"

    def pipeline(self, last: date) -> Pipeline:
        return Pipeline(
            self.definitions, self.instance, self.url, self.domain, last, lambda *_: None
        )


_SAID = "(select sha256 from warehouse.payload p where p.id = payload_id)"
_ARRIVED = "(select content_sha from warehouse.arrival a where a.id = arrival_id)"
#: Table -> what must be equal in equal worlds: no identity, no time, no step.
DUMPS = {
    "payload": "dataset, source, request, sha256",
    "payload_read": f"{_SAID}, rows, refused",
    "arrival": f"dataset, source, business_date, grain, {_SAID}, content_sha, accepted",
    "arrival_row": f"{_ARRIVED}, series, hour, value, place",
    "quarantine": f"dataset, {_SAID}, business_date, claim, place, reason, record",
    "settlement": "dataset, business_date, estimated, array(select content_sha "
    "from warehouse.arrival a where a.id = any(arrivals) order by 1)::text",
    "covariate": "domain, name, business_date, attributes::text",
    "observation": "dataset, series, business_date, hour, revision, value, "
    "estimated, superseded_at is null as current",
    "feature": "dataset, origin, content_sha",
    "model": "dataset, model_id, trained_from, trained_to, data_sha, sha256, "
    "(metrics - 'cost')::text",
    "decision": "dataset, challenger, champion, outcome, reason, inputs::text",
    "cutoffs": "dataset, version, lower::text, names::text, first_day, last_day",
    "issue": "dataset, issue_id, origin, data_through, model_id, tier, data_sha, cutoffs",
    "forecast": "issue_id, series, business_date, hour, q10, q50, q90, level, p_levels::text, "
    "usual, naive, q05, q25, q75, q95, part_level, part_holiday",
    "score": "issue_id, series, business_date, hour, revision, observed",
    "publication": "dataset, issue_id",
    "drift": "dataset, origin, verdict, reason, inputs::text",
}


def dump(conn: Connection) -> dict[str, str]:
    """A hash per table of everything but ids and times: equal worlds have equal dumps."""
    answer: dict[str, str] = {}
    for table, columns in DUMPS.items():
        answer[table] = digest(frame(conn, f"select {columns} from warehouse.{table}"))
    return answer


def digest(rows: pd.DataFrame) -> str:
    """How many rows, and a hash of them in whatever order they came."""
    ordered = rows.sort_values(list(rows.columns)).to_csv(index=False)
    return f"{len(rows)}:{hashlib.sha256(ordered.encode()).hexdigest()[:12]}"


def counts(conn: Connection) -> dict[str, int]:
    """Rows per table of the warehouse."""
    tables = conn.execute(
        """select table_name from information_schema.tables
           where table_schema = 'warehouse' and table_type = 'BASE TABLE'"""
    )
    query = "select count(*) as rows from warehouse.{}"
    return {
        name: int(frame(conn, query.format(name))["rows"].iloc[0]) for (name,) in tables.fetchall()
    }
