"""The app as the stack starts it, in front of a small world, and the list of its pages.
No browser here."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import streamlit as st
from streamlit.testing.v1 import AppTest

from seongsu_assets import guard, programs
from seongsu_assets.ports import free_port
from seongsu_assets.warehouse.embedded import Server
from seongsu_assets_tests.servers import eventually

SCRIPT = programs.ROOT / "ui" / "app.py"


@lru_cache(maxsize=1)
def paths() -> tuple[str, ...]:
    """The addresses of all pages that the app registers, hidden ones too; "" is the first."""
    found: list[str] = []

    def register(pages, **_):
        groups = pages.values() if isinstance(pages, dict) else [pages]
        found.extend(page.url_path for group in groups for page in group)
        st.stop()

    real, st.navigation = st.navigation, register
    try:
        assert not AppTest.from_file(str(SCRIPT)).run(timeout=30).exception
    finally:
        st.navigation = real
    return tuple(found)


@contextmanager
def served(server: Server, home: Path, **told: str) -> Iterator[str]:
    """The address of the app, which is `told` this besides what the stack tells it."""
    # Below the ports that are lent: to ask at one of those may be answered by the asking itself.
    ports = programs.Ports(app=free_port(27_300), dagster=1, mlflow=2, code=3, watch=4, api=5)
    environment = programs.environment(home, programs.Records.on(server), ports) | told
    app = next(each for each in programs.services(environment, ports)[0] if each.name == "app")
    log = home / "app.log"
    with log.open("wb") as out, subprocess.Popen(
        guard.command_line(list(app.command)), env=dict(app.env), cwd=app.folder,
        stdin=subprocess.DEVNULL, stdout=out, stderr=out,
    ) as process:  # fmt: skip
        try:
            assert eventually(app.ready, 60), log.read_text()
            yield app.address
        finally:
            process.terminate()
            process.wait(20)
