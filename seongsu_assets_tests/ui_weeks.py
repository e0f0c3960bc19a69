"""A small warehouse where one number is of a whole day or week, for the tests of the pages.
No assertions here; values are made up so that a test can work them out by hand."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import psycopg
from psycopg.types.json import Jsonb

from seongsu_assets.domain import Domain
from seongsu_assets.domains import DOMAINS
from seongsu_assets_tests.ui_world import NAMES, _insert

WEEKLY = DOMAINS["weekly_sales"]
#: The newest measured week, by its first day; a few days into the next.
NEWEST, NOW = date(2026, 11, 14), datetime(2026, 11, 23, 15, 0, tzinfo=ZoneInfo("UTC"))
LOWER, AHEAD, SCORED = (1000.0, 1100.0, 1200.0), 6, 5
PARTS = {"1-1": 0.7, "1-2": 0.3}


def worth(place: int) -> float:
    """What the week that is so many after the newest came to, or is forecast to."""
    return 1040.0 + 10 * place


def build(url: str, domain: Domain = WEEKLY, newest: date = NEWEST) -> None:
    """Weeks measured, those ahead forecast, and the last few scored, each a tenth too low."""
    with psycopg.connect(url) as conn:
        made = datetime.combine(newest + _step(domain), time(12), tzinfo=ZoneInfo("UTC"))
        arrival = _arrive(conn, domain, newest, made)
        weeks = [-n for n in range(20)]
        _insert(conn, "observation", [
            (domain.name, part, *_slot(domain, newest, place), 1, _at(domain, newest, place),
             worth(place) * share, arrival, made, None, False)
            for place in weeks for part, share in PARTS.items()
        ])  # fmt: skip
        _insert(conn, "cutoffs", [
            (domain.name, "v1", list(LOWER), list(NAMES), newest - 364 * timedelta(1), newest, made)
        ])  # fmt: skip
        for back in range(SCORED, -1, -1):
            _issue(conn, domain, newest, back, made)
        _insert(conn, "publication", [(domain.name, f"{domain.name}-0", made)])


def _step(domain: Domain) -> timedelta:
    return timedelta(days=domain.cadence.step)


def _slot(domain: Domain, newest: date, place: int) -> tuple[date, int]:
    return newest + place * _step(domain), 0


def _at(domain: Domain, newest: date, place: int) -> datetime:
    return domain.cadence.at(newest + place * _step(domain), 0)


def _arrive(conn: psycopg.Connection, domain: Domain, newest: date, made: datetime) -> int:
    [(payload,)] = conn.execute(
        """insert into warehouse.payload (dataset, source, request, sha256, body, received_at)
           values (%s, 'test', 'test', 'x', '', %s) returning id""", (domain.name, made),
    ).fetchall()  # fmt: skip
    [(arrival,)] = conn.execute(
        """insert into warehouse.arrival
           (dataset, source, business_date, grain, payload_id, content_sha, accepted, audited_at)
           values (%s, 'files', %s, 'hourly', %s, 'x', true, %s) returning id""",
        (domain.name, newest, payload, made),
    ).fetchall()
    return arrival


def _issue(
    conn: psycopg.Connection, domain: Domain, newest: date, back: int, made: datetime
) -> None:
    """The issue of so many weeks before the newest, scored where it has met its truth."""
    issue, origin = f"{domain.name}-{back}", newest - back * _step(domain)
    _insert(conn, "issue", [
        (issue, domain.name, origin, made - back * _step(domain), origin, None, "champion", "sha",
         "v1")
    ])  # fmt: skip
    for ahead in range(1, AHEAD + 1):
        place = ahead - back
        _insert(conn, "forecast", [
            _row(issue, domain, newest, place, ahead, part, share)
            for part, share in {"total": 1.0, **PARTS}.items()
        ])  # fmt: skip
        if place <= 0:
            _insert(conn, "score", [
                (issue, "total", *_slot(domain, newest, place), 1, worth(place), made)
            ])  # fmt: skip


def _row(
    issue: str, domain: Domain, newest: date, place: int, ahead: int, part: str, share: float
) -> tuple:
    q50 = worth(place) * share * (1.0 if place > 0 else 0.9)
    level = sum(q50 >= bound for bound in LOWER) if part == "total" else None
    chances = [0.1, 0.2, 0.3, 0.4] if part == "total" else None
    head = (issue, part, *_slot(domain, newest, place), _at(domain, newest, place), ahead)
    return (*head, q50 * 0.95, q50, q50 * 1.2, level, chances, q50 * 0.9, q50 * 0.8,
            *[None] * 10)  # fmt: skip


def serve(url: str, domain: Domain = WEEKLY) -> None:
    """A champion whose trial has figures of each series, and what it cost."""
    metrics = {
        "origins": 8, "rows": 96, "ours": {"wape": 0.02, "coverage80": 0.8},
        "seasonal_naive": {"wape": 0.04},
        "by_series": {
            name: {"rows": 96, "ours": {"wape": off, "mae": mae, "coverage80": 0.8},
                   "seasonal_naive": {"wape": 0.1}}
            for name, off, mae in (("1-1", 0.05, 5.0), ("1-2", 0.2, 9.0))
        },
        "cost": {"series": 2, "trial_seconds": 30.0, "learning_seconds": 10.0,
                 "seconds_per_series": 20.0, "kilobytes": 123.4},
    }  # fmt: skip
    with psycopg.connect(url) as conn:
        conn.execute(
            """insert into warehouse.model
               values ('m1', %s, now(), '2024-01-06', '2026-11-14', 'x', 'y', 'b', '{}', 'z', %s,
                       '')""",
            (domain.name, Jsonb(metrics)),
        )
        conn.execute(
            """insert into warehouse.decision
               (dataset, decided_at, challenger, champion, outcome, reason, inputs)
               values (%s, %s, 'm1', null, 'first', 'no champion yet; 0.50 of seasonal naive',
                       '{}')""",
            (domain.name, NOW - timedelta(days=2)),
        )
