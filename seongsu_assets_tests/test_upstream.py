"""The upstream as a server: its clock, its memory of requests, quotas, latency, and its end.
What it says of each source is tested beside it, in upstream/test_*.py."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from xml.etree import ElementTree as ET

import httpx
import pytest

from seongsu_assets_tests.upstream import KEYS, KST, Upstream
from seongsu_assets_tests.upstream.asking import NOON, PLACE, card, kma, ours


@pytest.fixture
def up():
    with Upstream(seed=7, now=NOON) as upstream:
        yield upstream


@pytest.fixture
def get(up):
    with httpx.Client(base_url=up.url, timeout=5) as client:
        yield lambda path, **parameters: client.get(path, params=parameters or None)


def test_a_spent_quota_is_said_in_each_providers_way_and_ends_at_its_own_midnight(get, up):
    up.quota.update(seoul=1, data_go_kr=1, open_meteo=2)
    day = date(2026, 9, 1)
    assert "CardSubwayStatsNew" in card(get, day)
    assert "CardSubwayStatsNew" not in card(get, day)
    assert kma(get, "getUltraSrtNcst", "202610021100").json()
    refused = ET.fromstring(kma(get, "getUltraSrtNcst", "202610021100").text)
    assert refused.find("cmmMsgHeader").findtext("returnReasonCode") == "22"
    long = {"hourly": "precipitation", "past_days": 40}
    answer = get("/open_meteo/v1/forecast", **PLACE, **long)
    assert (answer.status_code, answer.json()["reason"][:5]) == (429, "Daily")
    up.now = datetime(2026, 10, 3, 0, 1, tzinfo=KST)
    assert "CardSubwayStatsNew" in card(get, day)


def test_the_same_seed_tells_the_same_and_another_seed_tells_otherwise(up):
    def said(server):
        return httpx.get(
            f"{server.url}/seoul/{KEYS['seoul']}/json/CardSubwayStatsNew/1/1000/20260901"
        ).content

    with Upstream(seed=7, now=NOON) as same, Upstream(seed=8, now=NOON) as other:
        assert said(up) == said(same) != said(other)


def test_every_request_is_seen_with_its_path_and_the_servers_time(get, up):
    card(get, date(2026, 9, 1))
    up.now = NOON + timedelta(hours=1)
    get("/open_meteo/v1/forecast", latitude=1)
    assert up.requests == [
        ("seoul", f"/{KEYS['seoul']}/json/CardSubwayStatsNew/1/1000/20260901", NOON),
        ("open_meteo", "/v1/forecast?latitude=1", NOON + timedelta(hours=1)),
    ]


def test_an_answer_waits_for_its_latency_and_sixteen_at_once_wait_together(get, up):
    up.latency = 0.3
    card(get, date(2026, 9, 1))
    began = time.perf_counter()
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda _: card(get, date(2026, 9, 1)), range(16)))
    assert 0.3 <= time.perf_counter() - began < 0.3 * 16


def test_nobody_waits_for_a_slow_answer_when_the_server_stops():
    began = time.perf_counter()
    with Upstream(now=NOON) as up, httpx.Client(base_url=up.url, timeout=0.1) as client:
        up.fault("slow", seconds=60)
        with pytest.raises(httpx.ReadTimeout):
            client.get("/open_meteo/v1/forecast")
    assert time.perf_counter() - began < 30


def test_a_naive_clock_is_refused(up):
    with pytest.raises(ValueError, match="aware"):
        up.now = datetime(2026, 1, 1)  # noqa: DTZ001 - that is the point


def test_a_rehearsal_says_where_it_is_tells_of_real_days_and_ends_when_told_to():
    command = [sys.executable, "-m", "seongsu_assets_tests.upstream", "--seed", "7"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        url = process.stdout.readline().strip()
        said = dict(process.stdout.readline().strip().split("=", 1) for _ in range(5))
        day = (datetime.now(KST) - timedelta(days=4)).date()
        answer = httpx.get(
            f"{said['SEONGSU_UPSTREAM']}/seoul/{said['SEONGSU_SEOUL_KEY']}/json"
            f"/CardSubwayStatsNew/1/1000/{day:%Y%m%d}",
            timeout=10,
        )
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(10) == 0
    assert url == said["SEONGSU_UPSTREAM"]
    assert len(ours(answer.json()["CardSubwayStatsNew"]["row"])) == 1
