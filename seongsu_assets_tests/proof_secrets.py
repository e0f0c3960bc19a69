"""A planted key is found nowhere in the whole stack (F-66): databases, files, logs, pages, API.
Run by `make proof`; the sources and Dagster alone stand in `test_secrets`."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, sync_playwright

from seongsu_assets.api.guard import hashed
from seongsu_assets.ports import free_port
from seongsu_assets.stack import DATABASES
from seongsu_assets.warehouse.embedded import running
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.crashing import until
from seongsu_assets_tests.planted import MARK, PLANTED, everything, hits
from seongsu_assets_tests.upstream import Upstream
from seongsu_assets_tests.upstream.annual_files import past, write
from seongsu_assets_tests.upstream.wire import KST

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(3600),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]
SEONGSU = str(Path(sys.executable).with_name("seongsu"))
OK = 200
FAULTS = ("bad_key", "http_500", "down", "html_page")
HUB = "http_500"
#: Where the pages of each service are, and a word that shows each one is really there.
PAGES = {
    "APP": {"": "성수", "?lang=en": "Seongsu"},
    "DAGSTER": {"/runs": "seongsu", "/assets": "seongsu", "/deployment/daemons": "Scheduler"},
    "MLFLOW": {"/#/experiments": "seongsu", "/#/models": "seongsu"},
    "API": {
        "/docs": "/forecast",
        "/status": "seongsu",
        "/metrics": "seongsu_api",
        "/nowhere": "404",
    },
}
#: The other secrets that a stack may be given; nobody takes a message or a question of it here.
OTHERS = {
    "SEONGSU_ALERTS": f"json://127.0.0.1:9/{MARK}-alerts team:data=json://127.0.0.1:9/{MARK}-data",
    "SEONGSU_PING_URL": f"http://127.0.0.1:9/{MARK}-ping",
    "SUPABASE_ANON_KEY": f"{MARK}-anon",
    "AWS_ACCESS_KEY_ID": f"{MARK}-id",
    "AWS_SECRET_ACCESS_KEY": f"{MARK}-aws",
    "SEONGSU_API_KEY_HASH": hashed(MARK),
}


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """A home and ports of its own, and a key planted in every setting."""
    base = 28_000 + os.getpid() % 400 * 12
    names = ("POSTGRES", "DAGSTER", "MLFLOW", "APP", "API", "WATCH")
    ports = {f"SEONGSU_{name}_PORT": str(free_port(base + 2 * n)) for n, name in enumerate(names)}
    keys = {f"SEONGSU_{name.upper()}_KEY": secret for name, secret in PLANTED.items()}
    return os.environ | ports | keys | OTHERS | {"SEONGSU_HOME": str(tmp_path)}


def seen(page: Page, address: str, word: str) -> Iterator[tuple[str, bytes]]:
    """What a browser holds of a page once `word` is on it, and the replies that made it."""
    replies: list[Response] = []
    page.on("response", lambda reply: replies.append(reply))  # noqa: PLW0108 - it takes functions
    page.goto(address, wait_until="domcontentloaded")
    page.get_by_text(word).first.wait_for(timeout=60_000, state="attached")
    page.wait_for_timeout(3000)
    kept = page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie])")
    yield address, (page.content() + page.inner_text("body") + kept).encode()
    for reply in tuple(replies):
        if reply.status == OK and reply.request.method != "OPTIONS":
            yield reply.url, reply.body()


def browsed(surroundings: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """Every page with all that its services sent for it."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for service, pages in PAGES.items():
            for path, word in pages.items():
                page = browser.new_page()  # what one page had is not gone with the next
                address = f"http://127.0.0.1:{surroundings[f'SEONGSU_{service}_PORT']}{path}"
                yield from seen(page, address, word)
                page.close()
        browser.close()


def kept(home: Path) -> Iterator[tuple[str, bytes]]:
    """Every row of the three databases and every file below the home."""
    with running(home, free_port(30_700)) as server:
        for database in DATABASES:
            with connect(server.url(database)) as conn:
                rows = list(everything(conn))
            assert any(b"seongsu" in row for _, row in rows), database
            yield from rows
    for path in home.rglob("*"):
        if path.is_file():
            yield str(path), path.read_bytes()


def test_a_planted_key_is_found_nowhere_in_the_stack_and_its_pages(
    tmp_path: Path, surroundings: dict[str, str]
) -> None:
    said = tmp_path / "said"
    with Upstream(seed=7) as upstream:
        upstream.keys = {**upstream.keys, **PLANTED}
        surroundings["SEONGSU_UPSTREAM"] = upstream.url
        inbox = tmp_path / "inbox" / "seongsu"
        write(upstream.truth, inbox, past(datetime.now(KST).date()))
        with said.open("wb") as output:
            stack = subprocess.Popen(
                [SEONGSU, "up"], env=surroundings, stdout=output, stderr=subprocess.STDOUT
            )
            try:
                assert until(lambda: b"all up" in said.read_bytes(), 1500), said.read_text()
                for kind in FAULTS:
                    upstream.fault(kind, times=40)
                    # the hub of KMA is asked where its other door has no key
                    hub = {"SEONGSU_DATA_GO_KR_KEY": ""} if kind == HUB else {}
                    subprocess.run(
                        [SEONGSU, "run", "seongsu"], env=surroundings | hub, check=False,
                        stdout=output, stderr=output, timeout=900,
                    )  # fmt: skip
                    upstream.clear()
                pages = list(browsed(surroundings))
            finally:
                stack.terminate()
                stack.wait(60)
        asked = {seen.provider for seen in upstream.requests}
    assert asked >= {"seoul", "seoul_realtime", "data_go_kr", "kma_hub"}, asked
    places = [*pages, *kept(tmp_path)]
    assert any("/mlflow/" in name for name, _ in places)
    assert len(places) > 10_000
    assert hits(iter(places)) == []
    assert [name for name, text in places if hashed(MARK).encode() in text] == []
