"""What the API reads: where each domain stands now, its models, its verdicts and its errors.
No decision, no shape of an answer, and nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg.rows import class_row, dict_row

from seongsu_assets.warehouse.datasets import SAMPLE
from seongsu_assets.warehouse.postgres import Connection

Row = dict[str, Any]


@dataclass(frozen=True)
class State:
    """Where a domain stands: equal states have equal answers. None is what is not there yet.
    `decision`, `model` and `verdict` number the newest of each."""

    domain: str
    dataset: str
    issue_id: str | None
    published_at: datetime | None
    origin: date | None
    issued_at: datetime | None
    data_through: date | None
    tier: str | None
    model_id: str | None
    cutoffs: str | None
    champion: str | None
    since: datetime | None
    decision: int | None
    model: int | None
    verdict: int | None


def states(conn: Connection, domains: Sequence[str]) -> dict[str, State]:
    """Domain -> its state, all of one moment; absent where nothing was ever loaded."""
    with conn.cursor(row_factory=class_row(State)) as cursor:
        found = cursor.execute(_STATES, {"domains": list(domains), "sample": SAMPLE}).fetchall()
    return {state.domain: state for state in found}


_STATES = """
with asked as (
    select domain, case when exists (
               select from warehouse.arrival a
               where a.dataset = domain and a.grain = 'hourly' and a.accepted)
           then domain else domain || %(sample)s end as dataset
    from unnest(%(domains)s::text[]) as given(domain))
select a.domain, a.dataset, p.issue_id, p.published_at, i.origin, i.issued_at, i.data_through,
       i.tier, i.model_id, i.cutoffs, c.challenger as champion, c.decided_at as since,
       (select max(d.id) from warehouse.decision d where d.dataset = a.dataset) as decision,
       (select max(m.number) from warehouse.model m where m.dataset = a.dataset) as model,
       (select max(v.id) from warehouse.drift v where v.dataset = a.dataset) as verdict
from asked a
left join warehouse.publication p using (dataset)
left join warehouse.issue i using (issue_id)
left join lateral (
    select challenger, decided_at from warehouse.decision d
    where d.dataset = a.dataset and d.outcome in ('first', 'promote')
    order by id desc limit 1) c on true
where p.issue_id is not null
   or exists (select from warehouse.arrival r where r.dataset = a.dataset)
"""


def rows(conn: Connection, issue_id: str) -> list[Row]:
    """All rows of an issue, ordered by series, date and hour."""
    return _all(
        conn,
        """select series, business_date, hour, at, horizon, q05, q10, q25, q50, q75, q90, q95,
                  level, p_levels, usual
           from warehouse.forecast where issue_id = %(issue)s
           order by series, business_date, hour""",
        issue=issue_id,
    )


def cutoffs(conn: Connection, dataset: str, version: str) -> tuple[list[str], list[float]]:
    """The names of the levels, and where the 2nd and the following begin."""
    [row] = _all(
        conn,
        """select names, lower from warehouse.cutoffs
           where dataset = %(dataset)s and version = %(version)s""",
        dataset=dataset, version=version,
    )  # fmt: skip
    return row["names"], row["lower"]


def models(conn: Connection, dataset: str, before: int | None, limit: int) -> list[Row]:
    """The models older than number `before`, the newest first, each with its decisions."""
    return _all(
        conn,
        """select m.number, m.model_id, m.created_at, m.trained_from, m.trained_to,
                  m.mlflow_run_id, m.dagster_run_id,
                  (m.metrics->'ours'->>'wape')::float as wape,
                  (m.metrics->>'ratio_vs_seasonal_naive')::float as ratio_to_naive,
                  (m.metrics->'ours'->>'coverage80')::float as coverage80,
                  coalesce((select json_agg(json_build_object(
                      'decided_at', d.decided_at, 'outcome', d.outcome, 'champion', d.champion,
                      'by', coalesce(d.inputs->>'by', 'rule'), 'reason', d.reason) order by d.id)
                   from warehouse.decision d where d.challenger = m.model_id), '[]') as decisions
           from warehouse.model m
           where m.dataset = %(dataset)s and m.number < coalesce(%(before)s, 9223372036854775807)
           order by m.number desc limit %(limit)s""",
        dataset=dataset, before=before, limit=limit,
    )  # fmt: skip


def model(conn: Connection, dataset: str, model_id: str) -> Row | None:
    """When it learned, from what, and the report of its evaluation; None for an unknown one."""
    found = _all(
        conn,
        """select model_id, created_at, trained_from, trained_to, metrics from warehouse.model
           where dataset = %(dataset)s and model_id = %(model)s""",
        dataset=dataset, model=model_id,
    )  # fmt: skip
    return found[0] if found else None


def verdicts(conn: Connection, dataset: str, limit: int) -> list[Row]:
    """The newest verdicts on drift; the first stands."""
    return _all(
        conn,
        """select origin, judged_at, verdict, reason, inputs from warehouse.drift
           where dataset = %(dataset)s order by origin desc, id desc limit %(limit)s""",
        dataset=dataset, limit=limit,
    )  # fmt: skip


def accuracy(conn: Connection, domain: str, series: str, first: date, last: date) -> list[Row]:
    """Errors by days ahead of what was issued for these days and met its truth."""
    return _all(
        conn,
        """select horizon, sum(hours)::int as hours,
                  sum(absolute_error) / nullif(sum(observed), 0) as wape,
                  sum(naive_absolute_error) / nullif(sum(observed), 0) as naive_wape,
                  sum(inside)::float / sum(hours) as inside
           from published.accuracy
           where domain = %(domain)s and series = %(series)s
             and business_date between %(first)s and %(last)s
           group by horizon order by horizon""",
        domain=domain, series=series, first=first, last=last,
    )  # fmt: skip


def data_status(conn: Connection) -> list[Row]:
    """What each domain stands on."""
    return _all(conn, "select * from published.data_status order by domain")


def _all(conn: Connection, query: str, **values: Any) -> list[Row]:
    with conn.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(query, values).fetchall()  # type: ignore[arg-type]
