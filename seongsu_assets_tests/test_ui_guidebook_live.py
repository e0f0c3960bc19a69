"""The guidebook in front of Dagster's real webserver, guarded as ours is, after a real run.
What it shows in every state is tested with a recorded answer, in test_ui_guidebook."""

import os
import subprocess
import sys
from collections.abc import Iterator
from html import escape, unescape
from pathlib import Path

import dagster as dg
import pytest

from seongsu_assets import clock
from seongsu_assets.ports import free_port
from seongsu_assets.probes import graph_loaded
from seongsu_assets.settings import Settings
from seongsu_assets_tests import small_graph
from seongsu_assets_tests.servers import eventually
from seongsu_assets_tests.ui_page import Page
from seongsu_assets_tests.ui_world import html, said
from ui.pages.guidebook import asking


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The webserver of a home in which the small graph has run once."""
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        job = small_graph.defs.resolve_implicit_global_asset_job_def()
        assert not job.execute_in_process(instance=instance, raise_on_error=False).success
    port = free_port(52_400)
    words = ("-m", small_graph.__name__, "--host", "127.0.0.1", "--port", str(port))
    env = os.environ | {"DAGSTER_HOME": str(tmp_path), "SEONGSU_HOME": str(tmp_path)}
    command = [sys.executable, "-W", "ignore", "-m", "seongsu_assets.webserver", *words]
    log = tmp_path / "log"
    with (
        log.open("wb") as out,
        subprocess.Popen(command, env=env, stdout=out, stderr=out) as process,
    ):
        try:
            found = f"http://127.0.0.1:{port}"
            assert eventually(graph_loaded(found), 90), log.read_text()
            yield found
        finally:
            process.terminate()


def test_what_ran_failed_and_was_never_reached_is_told_as_it_is(
    monkeypatch, warehouse_url, address
):
    known = Settings(_env_file=None, pages=address)
    page = Page(monkeypatch, warehouse_url)
    page.now = clock.now()
    page.fill()
    monkeypatch.setattr("ui.state.doors.settings", lambda: known)
    monkeypatch.setattr(asking, "LONGEST", 30)  # the first answer of a busy machine
    app = page.open("en", path="guidebook", stage="raw")
    labels = {each.key: each.label for each in app.button}
    assert "× check failed" in labels["stage_raw"]
    assert "37 rows" in labels["stage_raw"]
    assert "× run failed" in labels["stage_observations"]
    assert "– not yet made" in labels["stage_accuracy"]
    text = unescape(" ".join(said(app).split()))
    assert "What arrived, of a small graph." in text
    assert "hours are complete × failed every hour that was due is there" in text
    assert escape(small_graph.REASON) in html(app)
    assert f'<a href="{address}/assets/seongsu/raw"' in html(app)
