"""A small warehouse for the tests of the pages: a forecast, measurements and scores.
No assertions here; values are made up but shaped like a station's day."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

# Else each run of a page looks through all that is installed for parts of Streamlit; we have none.
manifest_scanner.scan_component_manifests = list
SEOUL = ZoneInfo("Asia/Seoul")
HOURS = (4, *range(6, 25))
LOWER = (2000.0, 4000.0, 7000.0)
NAMES = ("여유", "보통", "약간 붐빔", "붐빔")
PEOPLE = (300, 1200, 4200, 8800, 5600, 3300, 2900, 3100, 3600, 3900,
          4200, 4700, 6100, 9600, 6200, 4300, 3800, 2700, 1500, 400)  # fmt: skip
SHAPE = dict(zip(HOURS, PEOPLE, strict=True))
PARTS = {"boarding": 0.45, "alighting": 0.55}
#: What a forecast is made of, as shares of the usual; they add up to its median.
REASONS = {"level": 1.0, "weekday": 0.12, "trend": 0.0, "holiday": 0.0, "season": 0.001,
           "weather": -0.021}  # fmt: skip


@dataclass(frozen=True)
class World:
    """`origin` is the newest measured day; the forecast is of the seven days after it."""

    origin: date
    issued_at: datetime
    dataset: str = "seongsu"
    tier: str = "champion"
    measured_days: int = 30
    scored: bool = True
    forecast: bool = True
    missing_hour: int | None = None


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=SEOUL) + timedelta(hours=hour)


def people(day: date, hour: int) -> float:
    return SHAPE[hour] * (0.6 if day.weekday() > 4 else 1.0)


def build(url: str, world: World) -> None:
    with psycopg.connect(url) as conn:
        arrival = _arrive(conn, world)
        days = [world.origin - timedelta(n) for n in range(world.measured_days)]
        _insert(conn, "observation", [
            (world.dataset, part, day, hour, 1, at(day, hour), people(day, hour) * share, arrival,
             world.issued_at, None, False)
            for day in days for hour in HOURS for part, share in PARTS.items()
        ])  # fmt: skip
        if world.forecast:
            _issue(conn, world)
            _insert(conn, "publication", [(world.dataset, f"{world.dataset}-7", world.issued_at)])


def _arrive(conn: psycopg.Connection, world: World) -> int:
    now = world.issued_at
    payload = conn.execute(
        """insert into warehouse.payload (dataset, source, request, sha256, body, received_at)
           values (%s, 'test', 'test', 'x', '', %s) returning id""", (world.dataset, now),
    ).fetchone()  # fmt: skip
    arrival = conn.execute(
        """insert into warehouse.arrival
           (dataset, source, business_date, grain, payload_id, content_sha, accepted, audited_at)
           values (%s, 'files', %s, 'hourly', %s, 'x', true, %s) returning id""",
        (world.dataset, world.origin, payload[0], now),
    ).fetchone()
    return arrival[0]


def _issue(conn: psycopg.Connection, world: World) -> None:
    """The published issue, and one of a week before that has met its truth."""
    first = world.origin - timedelta(364)
    _insert(conn, "cutoffs", [
        (world.dataset, "v1", list(LOWER), list(NAMES), first, world.origin, world.issued_at)
    ])  # fmt: skip
    for weeks in (0, 1) if world.scored else (0,):
        origin = world.origin - timedelta(7 * weeks)
        issue = f"{world.dataset}-{7 - weeks}"
        made = world.issued_at - timedelta(7 * weeks)
        _insert(conn, "issue", [
            (issue, world.dataset, origin, made, origin, None, world.tier, "sha", "v1")
        ])  # fmt: skip
        rows = [row for n in range(1, 8) for row in _day(issue, origin + timedelta(n), n, world)]
        _insert(conn, "forecast", rows)
        if weeks:
            _insert(conn, "score", [(*row[:4], 1, people(row[2], row[3]), made) for row in rows
                                    if row[1] == "total"])  # fmt: skip


def _day(issue: str, day: date, horizon: int, world: World) -> list[tuple]:
    rows = []
    for hour in HOURS:
        if hour == world.missing_hour:
            continue
        for part, share in {"total": 1.0, **PARTS}.items():
            usual = people(day, hour) * share
            q50 = usual * 1.1
            level = sum(q50 >= bound for bound in LOWER) if part == "total" else None
            chances = [0.1, 0.2, 0.3, 0.4] if part == "total" else None
            told = (issue, part, day, hour, at(day, hour), horizon, q50 * 0.85, q50, q50 * 1.2)
            beside = (level, chances, usual, usual * 1.2)
            rows.append((*told, *beside, *_range_and_reasons(usual, world)))
    return rows


def _range_and_reasons(usual: float, world: World) -> list[float | None]:
    """q05, q25, q75 and q95 are not told; of a champion's forecast the parts are."""
    if world.tier == "profile":
        return [None] * 10
    return [None] * 4 + [usual * share for share in REASONS.values()]


def _insert(conn: psycopg.Connection, table: str, rows: list[tuple]) -> None:
    marks = ", ".join(["%s"] * len(rows[0]))
    with conn.cursor() as cursor:
        cursor.executemany(f"insert into warehouse.{table} values ({marks})", rows)


def morning(day: date) -> datetime:
    """The usual time of issue, 07:10 in Seoul."""
    return datetime(day.year, day.month, day.day, 7, 10, tzinfo=SEOUL).astimezone(UTC)


def html(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html") if "ds" in element.proto.body)


def said(app: AppTest) -> str:
    return re.sub(r"<[^>]+>", " ", html(app).partition("<style>")[0])


def charts(app: AppTest) -> list:
    return [element.proto for element in app.get("vega_lite_chart")]
