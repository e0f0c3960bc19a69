"""What a scrape costs on a warehouse that holds a year, and on Dagster's tables of as long.
`python -W ignore -m seongsu_assets_tests.bench_metrics`; no claim is made here."""

import os
import statistics
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg

from seongsu_assets.domains.seongsu import SEONGSU
from seongsu_assets.metrics.page import Platform, exposition
from seongsu_assets.warehouse.embedded import running
from seongsu_assets.warehouse.migrating import migrate
from seongsu_assets.warehouse.postgres import Connection, connect

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DOMAIN = replace(SEONGSU, feeds=SEONGSU.feeds[:3])
#: A year: refetched days make payloads, four hundred calls and four issues a day.
_YEAR = (
    """insert into warehouse.payload (dataset, source, request, sha256, body, received_at)
       select 'seongsu', case when n %% 20 = 0 then 'files' else 'open_meteo' end, 'r', n::text,
              convert_to(repeat(md5(n::text), 100), 'UTF8'), %(now)s - n * interval '6 minutes'
       from generate_series(1, 87600) n""",
    """insert into warehouse.payload_read
       select id, 40, 1, %(now)s, 41 from warehouse.payload""",
    """insert into warehouse.arrival (dataset, source, business_date, grain, payload_id,
                                      content_sha, accepted, audited_at)
       select 'seongsu', 'files', date '2025-12-31' - n / 7, 'hourly', n + 1, n::text, n %% 50 > 0,
              %(now)s - n * interval '3 hours'
       from generate_series(0, 365 * 7 - 1) n""",
    """insert into warehouse.arrival_row
       select a.id, s, h, 100, 'p' from warehouse.arrival a,
              unnest(array['boarding', 'alighting']) s, generate_series(4, 23) h""",
    """insert into warehouse.observation
       select 'seongsu', s, date '2025-12-31' - d, h, r, %(now)s, 100, 1, %(now)s,
              case when r < 2 then %(now)s end
       from generate_series(0, 364) d, unnest(array['boarding', 'alighting']) s,
            generate_series(4, 23) h, generate_series(1, 2) r""",
    """insert into warehouse.quarantine (dataset, payload_id, claim, place, reason, record,
                                         refused_at)
       select 'seongsu', n, 'c', 'p', 'r', 'x', %(now)s from generate_series(1, 20000) n""",
    """insert into warehouse.cutoffs
       values ('seongsu', 'v', '{1}', '{a}', '2025-01-01', '2025-12-31', %(now)s)""",
    """insert into warehouse.issue
       select n::text, 'seongsu', date '2025-12-31' - n / 4, %(now)s, date '2025-12-31' - n / 4,
              null, 'profile', 'x', 'v' from generate_series(0, 1459) n""",
    """insert into warehouse.forecast (issue_id, series, business_date, hour, at, horizon,
                                       q10, q50, q90, naive)
       select i.issue_id, s, i.origin + d, h, %(now)s, d, 80, 100, 120, 90
       from warehouse.issue i, unnest(array['boarding', 'alighting', 'total']) s,
            generate_series(1, 7) d, generate_series(4, 23) h""",
    """insert into warehouse.score
       select issue_id, series, business_date, hour, 1, 105, %(now)s from warehouse.forecast
       where business_date <= date '2025-12-31'""",
    """insert into warehouse.publication values ('seongsu', '0', %(now)s)""",
    """insert into warehouse.drift (dataset, origin, judged_at, verdict, reason, inputs)
       select 'seongsu', date '2025-12-31' - n, %(now)s, 'wait', 'r', '{"days": 1}'
       from generate_series(0, 364) n""",
    """insert into warehouse.quota
       select 'p' || p, date '2025-12-31' - d, 40 from generate_series(1, 10) p,
              generate_series(0, 364) d""",
    """insert into warehouse.answer_body values ('x', 'x')""",
    """insert into warehouse.answer (provider, request, status, sha256, received_at, seconds)
       select 'p' || n %% 10, 'r', case when n %% 40 = 0 then 503 else 200 end, 'x', %(now)s,
              (n %% 700) / 100.0
       from generate_series(1, 146000) n""",
    """insert into warehouse.incident (domain, kind, subject, owner, what, remedy, link, opened_at,
                                       seen_at, closed_at)
       select 'seongsu', 'data_late', n::text, 'o', 'w', 'r', '', %(now)s, %(now)s, %(now)s
       from generate_series(1, 2000) n""",
)
#: Conditions ask for some ten runs a domain and day; four domains.
_RUNS = """insert into runs (run_id, pipeline_name, status, run_body, start_time, end_time)
           select n::text, 'seongsu_' || n % 9, 'SUCCESS', repeat('x', 4000), n, n + n % 900
           from generate_series(1, 15000) n"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), 56_400) as server:
        server.ensure_database("year")
        server.ensure_database("dagster")
        (Path(folder) / "dagster.yaml").write_text(
            "storage: {postgres: {postgres_url: '"
            + server.url("dagster", "postgresql+psycopg2")
            + "'}}\ntelemetry: {enabled: false}\n"
        )
        with (
            connect(server.url("year")) as conn,
            dg.DagsterInstance.from_config(folder) as instance,
            connect(server.url("dagster")) as runs,
        ):
            migrate(conn)
            for statement in _YEAR:
                conn.execute(statement, {"now": NOW})
            runs.execute(_RUNS)
            for each in (conn, runs):
                each.execute("vacuum analyze")
            _measure(conn, instance)


def _cpu(conn: Connection) -> float:
    """Seconds of processor that this process and its PostgreSQL have used."""
    told = Path(f"/proc/{conn.info.backend_pid}/stat").read_text().rsplit(")", 1)[1].split()
    return time.process_time() + (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _measure(conn: Connection, instance: dg.DagsterInstance) -> None:
    for name, times in {
        "a scrape": [_seconds(lambda: exposition(conn, instance, [DOMAIN], NOW)) for _ in range(9)],
        "of it Dagster": [
            _seconds(lambda: list(Platform(conn, instance, [DOMAIN], NOW)._runs()))
            for _ in range(9)
        ],
    }.items():
        median, worst = statistics.median(times), max(times)
        print(f"{name}: median {1000 * median:.0f} ms, worst {1000 * worst:.0f} ms")  # noqa: T201 - a bench
    before = _cpu(conn)
    for _ in range(10):
        exposition(conn, instance, [DOMAIN], NOW)
    print(f"processor: {100 * (_cpu(conn) - before):.0f} ms a scrape")  # noqa: T201 - a bench
    size = len(exposition(conn, instance, [DOMAIN], NOW))
    print(f"{size:,} bytes")  # noqa: T201 - a bench


def _seconds(work: object) -> float:
    began = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
