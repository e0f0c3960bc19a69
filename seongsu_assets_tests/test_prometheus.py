"""A real Prometheus scrapes real pages of a small world and answers what the dashboards ask.
Grafana itself is not run: the queries are those of the committed dashboards."""

import json
import math
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode
from urllib.request import ProxyHandler, build_opener

import pytest

from seongsu_assets.api.meters import Meters
from seongsu_assets.metrics.page import CONTENT_TYPE
from seongsu_assets.monitoring import prometheus
from seongsu_assets.monitoring.files import DOCKER
from seongsu_assets.ports import free_port
from seongsu_assets_tests.metered import after, before, page
from seongsu_assets_tests.servers import eventually
from seongsu_assets_tests.world import World

pytestmark = [
    pytest.mark.skipif(shutil.which("prometheus") is None, reason="no prometheus on this machine"),
    pytest.mark.timeout(600),
]
_direct = build_opener(ProxyHandler({}))


class Watcher:
    """Serves `text` as the watcher does; `scrapes` counts how often it was asked for."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.scrapes = 0
        watcher = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", CONTENT_TYPE)
                self.end_headers()
                self.wfile.write(watcher.text)
                watcher.scrapes += 1

            def log_message(self, *_: Any) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def shows(self, text: bytes) -> None:
        """Show a page until it was scraped more than once."""
        self.text, before = text, self.scrapes
        assert eventually(lambda: self.scrapes > before + 2, 30)


@contextmanager
def scraping(target: str, api: str, folder: Path) -> Iterator[str]:
    """A Prometheus of its own with the committed rules, ended by its pid; its address."""
    folder.mkdir()
    shutil.copy(DOCKER / "prometheus" / "rules.yml", folder)
    (folder / "prometheus.yml").write_text(prometheus.settings(target, api, every="1s"))
    port = free_port(19_090)
    command = [
        "prometheus",
        f"--config.file={folder}/prometheus.yml",
        f"--storage.tsdb.path={folder}/data",
        f"--web.listen-address=127.0.0.1:{port}",
        "--log.level=error",
    ]
    with subprocess.Popen(command, cwd=folder) as process:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def ask(address: str, path: str, **parameters: str) -> Any:
    with _direct.open(f"{address}/api/v1/{path}?{urlencode(parameters)}", timeout=10) as answer:
        return json.load(answer)["data"]


def queries() -> Iterator[tuple[str, str]]:
    """Where each query of the committed dashboards stands, and the query for one domain."""
    for file in sorted((DOCKER / "grafana" / "dashboards").glob("*.json")):
        board = json.loads(file.read_text())
        for panel in board["panels"]:
            for target in panel.get("targets", []):
                where = f"{board['title']} / {panel['title']} {target['refId']}"
                yield where, target["expr"].replace("$domain", "seongsu")


def answers(address: str, query: str) -> bool:
    """Whether the query has at least one sample that is a number."""
    found = ask(address, "query", query=query)["result"]
    return any(not math.isnan(float(each["value"][1])) for each in found)


def silent(address: str) -> list[str]:
    """The queries that have no answer yet: rules are evaluated every second."""
    return [f"{where}: {query}" for where, query in queries() if not answers(address, query)]


def test_a_real_prometheus_answers_every_panel_of_every_dashboard(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before(world)
    served = Meters(frozenset({"/forecast"}))
    with (
        Watcher(page(world)) as watcher,
        Watcher(served.page()) as api,
        scraping(watcher.address, api.address, tmp_path / "prom") as address,
    ):
        for status in (200, 404, 500):
            served.count("/forecast", status, 0.01)
        api.shows(served.page())
        watcher.shows(page(world))
        after(world, monkeypatch)
        served.count("/forecast", 200, 0.01)
        api.shows(served.page())
        watcher.shows(page(world))
        assert eventually(lambda: not silent(address), 60), silent(address)
        rules = [rule for group in ask(address, "rules")["groups"] for rule in group["rules"]]
        assert {rule["health"] for rule in rules} == {"ok"}
        ringing = {each["labels"]["alertname"] for each in ask(address, "alerts")["alerts"]}
        assert {"SeongsuIncidentPage", "SeongsuIncidentWarn"} <= ringing
        assert not ringing & {"SeongsuWatcherDown", "SeongsuMetricsIncomplete", "SeongsuDataLate"}
    assert len(list(queries())) > 60
