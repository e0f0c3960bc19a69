"""What the pages about the past need beside `ui_world`: scored issues, models, days of every kind.
No assertions here; numbers are made up so that a test can work them out by hand."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

import psycopg
from psycopg.types.json import Jsonb

from seongsu_assets_tests.adjusting import enter, entry, withdraw
from seongsu_assets_tests.ui_world import HOURS, World, _day, _insert, build, morning, people

DOMAIN = "seongsu"
LEARNED = date(2025, 1, 1)
METRICS = {
    "origins": 8,
    "rows": 1045,
    "ours": {"wape": 0.052, "coverage80": 0.82, "level_exact": 0.94},
    "seasonal_naive": {"wape": 0.168},
}


def score(
    url: str, newest: date, days: int, came: Mapping[tuple[date, int], float] | None = None
) -> None:
    """An issue of each of `days` mornings, the last for `newest`, scored up to it. Forecasts are a
    tenth above the usual, last week's a fifth; what came is the usual but for `came`."""
    held = came or {}
    with psycopg.connect(url) as conn:
        for back in range(days):
            first = newest - timedelta(back)
            world = World(first - timedelta(1), morning(first))
            issue = f"day-{back:02d}"
            _insert(conn, "issue", [
                (issue, DOMAIN, world.origin, world.issued_at, world.origin, None, "champion",
                 "sha", "v1")
            ])  # fmt: skip
            ahead = [
                row for n in range(7) for row in _day(issue, first + timedelta(n), n + 1, world)
            ]
            total = [row for row in ahead if row[1] == "total"]
            _insert(conn, "forecast", total)
            _insert(conn, "score", [
                (*row[:4], 1, held.get((row[2], row[3]), people(row[2], row[3])), world.issued_at)
                for row in total if row[2] <= newest
            ])  # fmt: skip


def live(url: str, newest: date) -> None:
    """Something of everything that the pages tell."""
    build(url, World(newest, morning(newest + timedelta(1)), scored=False))
    score(url, newest, 9, {(newest, 18): 1.0})
    call(url, newest, "holiday", "holiday", "개천절")
    forecast_city(url, [morning(newest)], off=1.5)
    estimate(url, newest - timedelta(3))
    arrive(url, "files", newest - timedelta(4), good=False)
    arrive(url, "card_daily", newest - timedelta(4), grain="daily")
    keep_out(url, 3)
    go_wrong(url, "data_late", "2026-11-18", morning(newest))
    at = morning(newest + timedelta(1))
    withdraw(url, enter(url, entry(newest + timedelta(3)), at), at)
    enter(url, entry(newest + timedelta(4), people=-300), at + timedelta(seconds=1))
    first, second = "no champion yet; 0.31 of seasonal naive", "gains +4.6% on 20 recent days"
    decide(url, [(morning(newest) - timedelta(9), "a", "first", first),
                         (morning(newest), "b", "promote", second)])  # fmt: skip


def call(url: str, day: date, day_type: str, kind: str, name: str) -> None:
    """What kind of day `day` is."""
    told = Jsonb({"day_type": day_type, "kind": kind, "name": name})
    with psycopg.connect(url) as conn:
        conn.execute(
            """insert into warehouse.covariate
               (domain, name, business_date, attributes, recorded_at)
               values (%s, 'calendar', %s, %s, now())""", (DOMAIN, day, told),
        )  # fmt: skip


def forecast_city(url: str, hours: Iterable[datetime], *, off: float) -> None:
    """The city's forecasts of `hours`, an hour before each, which came out `off` times as many."""
    with psycopg.connect(url) as conn:
        payload = conn.execute("select min(id) from warehouse.payload").fetchone()[0]
        for hour in hours:
            said = {"people_min": 900, "people_max": 1100, "level": "여유"}
            came = {"people_min": 900 * off, "people_max": 1100 * off, "level": "보통"}
            rows = [
                ("forecast", hour - timedelta(hours=1), hour, said),
                ("now", hour + timedelta(minutes=5), hour + timedelta(minutes=5), came),
            ]
            _insert(conn, "reading", [
                (DOMAIN, "city", key, issued, at, Jsonb(told), payload, issued)
                for key, issued, at, told in rows
            ])  # fmt: skip


def arrive(url: str, source: str, day: date, *, grain: str = "hourly", good: bool = True) -> None:
    """Something that `source` said of `day`, and whether it passed."""
    with psycopg.connect(url) as conn:
        payload = conn.execute("select min(id) from warehouse.payload").fetchone()[0]
        conn.execute(
            """insert into warehouse.arrival (dataset, source, business_date, grain, payload_id,
                                              content_sha, accepted, audited_at)
               values (%s, %s, %s, %s, %s, 'y', %s, now())""",
            (DOMAIN, source, day, grain, payload, good),
        )


def take(url: str, day: date, hours: Iterable[int] = HOURS) -> None:
    """These hours of `day` were never measured."""
    with psycopg.connect(url) as conn:
        conn.execute(
            "delete from warehouse.observation where business_date = %s and hour = any(%s)",
            (day, list(hours)),
        )


def estimate(url: str, day: date) -> None:
    """Of `day` only the total is known."""
    with psycopg.connect(url) as conn:
        conn.execute(
            "update warehouse.observation set estimated = true where business_date = %s", (day,)
        )


def keep_out(url: str, rows: int) -> None:
    with psycopg.connect(url) as conn:
        payload = conn.execute("select min(id) from warehouse.payload").fetchone()[0]
        _insert_named(conn, "quarantine", [
            {"dataset": DOMAIN, "payload_id": payload, "claim": "row_is_readable", "place": f"{n}",
             "reason": "no number", "record": "x", "refused_at": datetime(2026, 11, 20, tzinfo=UTC)}
            for n in range(rows)
        ])  # fmt: skip


def go_wrong(
    url: str, kind: str, subject: str, opened_at: datetime, *,
    domain: str = DOMAIN, closed: bool = False,
) -> None:  # fmt: skip
    with psycopg.connect(url) as conn:
        _insert_named(conn, "incident", [
            {"domain": domain, "kind": kind, "subject": subject, "owner": "team:data",
             "what": "hidden", "remedy": "hidden", "link": "", "opened_at": opened_at,
             "seen_at": opened_at, "closed_at": opened_at if closed else None}
        ])  # fmt: skip


def decide(url: str, decisions: Iterable[tuple[datetime, str, str, str]]) -> None:
    """(when, challenger, outcome, reason), each with its model."""
    with psycopg.connect(url) as conn:
        for when, model, outcome, reason in decisions:
            _insert_named(conn, "model", [
                {"model_id": model, "dataset": DOMAIN, "created_at": when, "trained_from": LEARNED,
                 "trained_to": when.date(), "data_sha": "x", "code_version": "1", "booster": "",
                 "metadata": Jsonb({}), "sha256": "x", "metrics": Jsonb(METRICS), "evaluation": b""}
            ])  # fmt: skip
            _insert_named(conn, "decision", [
                {"dataset": DOMAIN, "decided_at": when, "challenger": model, "champion": None,
                 "outcome": outcome, "reason": reason, "inputs": Jsonb({})}
            ])  # fmt: skip


def _insert_named(conn: psycopg.Connection, table: str, rows: list[dict[str, object]]) -> None:
    names = list(rows[0])
    marks = ", ".join(["%s"] * len(names))
    with conn.cursor() as cursor:
        cursor.executemany(
            f"insert into warehouse.{table} ({', '.join(names)}) values ({marks})",
            [tuple(row.values()) for row in rows],
        )
