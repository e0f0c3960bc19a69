"""A planted key is found nowhere: not in logs, errors, Dagster's records, tables or pages.
How the door masks it is in `test_masking`; the whole stack with its pages in `proof_secrets`."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from urllib.parse import quote

import dagster as dg
import pytest

from seongsu_assets.domain import Window
from seongsu_assets.domains.seongsu_feeds import FEEDS
from seongsu_assets.jobs import LISTEN
from seongsu_assets.settings import settings
from seongsu_assets.sources.http import Door
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.planted import PLANTED, everything, hits
from seongsu_assets_tests.rehearsing import keys, remote_domain
from seongsu_assets_tests.upstream import Upstream
from seongsu_assets_tests.upstream.wire import KST
from seongsu_assets_tests.world import World

LAST = date(2025, 6, 15)
NOW = datetime(2025, 6, 16, 21, 40, tzinfo=KST)


@pytest.fixture
def world(
    warehouse_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[World, Upstream]]:
    """A domain with every source and feed, its Dagster instance in files, keys planted in all."""
    monkeypatch.setenv("SEONGSU_NOW", NOW.isoformat())
    patient = partial(Door, sleep=lambda _seconds: None)
    monkeypatch.setattr("seongsu_assets.sources.http.Door", patient)
    given = {f"{name}_key": secret for name, secret in PLANTED.items() if f"{name}_key"}
    given = {name: secret for name, secret in given.items() if hasattr(settings(), name)}
    home = tmp_path / "dagster"
    home.mkdir()
    with (
        keys(monkeypatch, **given),
        Upstream(seed=7) as upstream,
        dg.DagsterInstance.local_temp(str(home)) as instance,
    ):
        upstream.now = NOW
        upstream.keys = {**upstream.keys, **PLANTED}
        domain = replace(remote_domain(tmp_path), feeds=FEEDS, weather="weather_forecast")
        yield World(domain, warehouse_url, tmp_path, instance, upstream.url), upstream


def run(world: World) -> None:
    pipeline = world.pipeline(LAST)
    pipeline.stage(LISTEN)
    pipeline.stage("covariates")
    pipeline.stage("ingest", Window(LAST, LAST))


def test_a_planted_key_is_found_nowhere(
    world: tuple[World, Upstream], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture
) -> None:
    platform, upstream = world
    caplog.set_level(logging.DEBUG)
    run(platform)
    assert {seen.provider for seen in upstream.requests} >= {"seoul", "data_go_kr", "open_meteo"}
    for kind in ("bad_key", "http_500", "down", "html_page"):
        upstream.fault(kind, times=40)
        run(platform)
        upstream.clear()
    upstream.fault(
        "redirect", to=f"http://127.0.0.1:9/{quote(PLANTED['seoul'], safe='')}", times=20
    )
    run(platform)

    with connect(platform.url) as conn:
        rows = list(everything(conn))
    assert len(rows) > 1000
    said = caplog.text + "".join(capfd.readouterr())
    files = [path for path in platform.folder.rglob("*") if path.is_file()]
    assert any(path.suffix == ".db" for path in files)
    kept = [(path.name, path.read_bytes()) for path in files]
    assert hits(iter([*rows, ("log", said.encode()), *kept])) == []
