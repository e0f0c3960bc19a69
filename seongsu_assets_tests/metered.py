"""A world in which every metric has something to tell, in two parts that a scrape may lie between.
No assertion is made here."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import dagster as dg

from seongsu_assets import clock
from seongsu_assets.domain import Domain, Payload, Window
from seongsu_assets.domains.seongsu import SEONGSU
from seongsu_assets.incidents.symptom import PLATFORM, Symptom
from seongsu_assets.ingest import ingest
from seongsu_assets.metrics.page import exposition
from seongsu_assets.outside import Answer
from seongsu_assets.warehouse import datasets, incidents, payloads
from seongsu_assets.warehouse.answers import Journal
from seongsu_assets.warehouse.postgres import Connection, connect
from seongsu_assets_tests.built import LAST
from seongsu_assets_tests.world import World

#: Enough days that the champion has not seen for a challenger to be compared with it.
LATER = LAST + timedelta(days=22)
CHANNELS = ("mail", "hook")
FEED = SEONGSU.feeds[0]


def metered(world: World) -> Domain:
    """The domain with a feed, and so with a provider."""
    return replace(world.domain, feeds=(FEED,))


def page(world: World) -> bytes:
    with connect(world.url) as conn:
        return exposition(conn, world.instance, [metered(world)], clock.now())


def samples(text: bytes) -> dict[str, float]:
    """Every sample by its name and labels, as the page writes them."""
    lines = [line for line in text.decode().splitlines() if line and not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def before(world: World) -> None:
    """What has a first sample only once it happened."""
    with connect(world.url) as conn:
        _ask(conn, 1, 0.2)
        _deliver(conn, "sent")
        incidents.beat(conn, "daemon", clock.now())
        arrive(conn, world.domain, LAST, torn)


def after(world: World, patch: Any) -> None:
    """Three weeks later: forecasts met their truth, a challenger was judged, things went wrong."""
    for day in (LAST - timedelta(days=7), LAST):
        world.pipeline(LAST).stage("forecast", Window(day, day))
    patch.setenv("SEONGSU_NOW", f"{LATER + timedelta(days=1)}T07:00:00+09:00")
    pipeline = world.pipeline(LATER)
    pipeline.backfill(Window(LAST + timedelta(days=1), LATER))
    for weeks in (1, 2):
        day = LAST + timedelta(days=7 * weeks)
        pipeline.stage("forecast", Window(day, day))
    pipeline.stage("train")
    pipeline.stage("forecast", Window(LATER, LATER))
    pipeline.stage("publish")
    pipeline.stage("score", Window(LAST - timedelta(days=7), LATER))
    pipeline.stage("watch")
    with connect(world.url) as conn:
        arrive(conn, world.domain, LATER, more)
    pipeline.prepare()
    with connect(world.url) as conn:
        arrive(conn, world.domain, LAST - timedelta(days=1), torn)
        _heard(conn, world.domain)
        for number, status in enumerate((200, 200, 503), 2):
            _ask(conn, number, 0.4, status)
        Journal(conn).spend(_provider(), clock.now())  # and no answer came
        for outcome in ("failed", "sent"):
            _deliver(conn, outcome)
        incidents.report(conn, _wrong(world, "run_failed"), clock.now() - timedelta(hours=3))
        incidents.report(conn, _wrong(world, "data_late"), clock.now())
    for status in (dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.FAILURE):
        run(world, "train", status)


def run(world: World, stage: str, status: dg.DagsterRunStatus) -> None:
    """A run of that status; one that fails was killed before it started."""
    from dagster._core.storage.runs.schema import RunsTable

    job = world.definitions.resolve_job_def(f"{world.domain.name}_{stage}")
    made = world.instance.create_run_for_job(job, status=dg.DagsterRunStatus.NOT_STARTED)
    if status == dg.DagsterRunStatus.FAILURE:
        world.instance.report_run_failed(made, "killed")
        return
    storage: Any = world.instance.run_storage
    with storage.connect() as connection:  # only a daemon with a code server queues by itself
        of_it = RunsTable.c.run_id == made.run_id
        connection.execute(RunsTable.update().where(of_it).values(status=status.value))


def arrive(conn: Connection, domain: Domain, day: date, change: Any) -> None:
    """The day arrives again, changed."""
    [payload] = domain.sample.fetch(Window(day, day))  # type: ignore[call-arg]
    body = change(payload.body.decode()).encode()
    again = Payload(payload.source, payload.request, body, clock.now())
    ingest(conn, domain, datasets.sample(domain), domain.sample, [again], now=clock.now())


def torn(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if "승차" not in line) + "\n"


def more(text: str) -> str:
    """One passenger more in the last known hour of each direction."""
    lines = text.splitlines()
    for place, line in enumerate(lines):
        if line.startswith("20"):
            cells = line.split(",")
            cells[-2] = str(int(cells[-2]) + 1)
            lines[place] = ",".join(cells)
    return "\n".join(lines) + "\n"


def _provider() -> Any:
    assert FEED.source.terms
    return FEED.source.terms.provider


def _ask(conn: Connection, number: int, seconds: float, status: int = 200) -> None:
    journal = Journal(conn)
    journal.spend(_provider(), clock.now())
    journal.keep(_provider(), Answer(f"sky {number}", status, b"{}", clock.now(), seconds))


def _heard(conn: Connection, domain: Domain) -> None:
    said = Payload(FEED.source.name, "sky", b"{}", clock.now() - timedelta(hours=1))
    payloads.store(conn, domain.name, said)


def _wrong(world: World, kind: str) -> Symptom:
    return Symptom(world.domain.name, kind, "this one", "it is wrong")


def _deliver(conn: Connection, outcome: str) -> None:
    """A message, and an attempt to deliver it by each channel."""
    for channel in CHANNELS:
        conn.execute(
            "insert into warehouse.channel values (%s, %s) on conflict do nothing",
            (channel, clock.now()),
        )
    told = conn.execute("select count(*) from warehouse.message").fetchone()
    incidents.news(conn, Symptom(PLATFORM, "inventory", f"{told}", "all"), clock.now())
    conn.execute(
        """insert into warehouse.delivery (message_id, channel, tried_at, outcome, detail)
           select max(m.id), c.name, %s, %s, '' from warehouse.message m, warehouse.channel c
           group by c.name""",
        (clock.now(), outcome),
    )
