"""`seongsu up --rehearsal`: the live paths without a key, against a local server that speaks as the
real sources do. No data of a rehearsal ever stands beside real data: it has a home of its own."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from seongsu_assets import probes
from seongsu_assets.ports import free_port
from seongsu_assets.programs import ROOT
from seongsu_assets.services import Service
from seongsu_assets.settings import settings
from seongsu_assets.stack import Stack

UPSTREAM = "seongsu_assets_tests.upstream"
PORT = 54_380


def restart(*, once: bool) -> NoReturn:
    """Become `seongsu up` in the rehearsal's environment. Settings are read once, when modules
    load; only a new process has others."""
    from seongsu_assets_tests.upstream import KEYS

    given = {
        "SEONGSU_UPSTREAM": f"http://127.0.0.1:{free_port(PORT)}",
        "SEONGSU_HOME": str(settings().root / "rehearsal"),
        "DATABASE_URL": "",  # a rehearsal writes into no database but its own
        **{f"SEONGSU_{name.upper()}_KEY": key for name, key in KEYS.items()},
    }
    command = [sys.executable, "-m", "seongsu_assets.cli", "up", "--rehearsal"]
    os.execve(sys.executable, [*command, *(["--once"] if once else [])], os.environ | given)  # noqa: S606 - our own command, no shell


def begin(running: Stack) -> None:
    """Start the upstream, with official files of the past in the drop folder of the station."""
    address = urlsplit(settings().upstream)
    assert address.port is not None
    running.supervisor.start(_service(running.environment, address.port, settings().root))
    for service, seconds in running.supervisor.until_ready():
        running.say(f"rehearsal: {service.address} stands for every source ({seconds:.1f} s)")


def _service(environment: Mapping[str, str], port: int, home: Path) -> Service:
    words = ("--port", str(port), "--files", str(home / "inbox" / "seongsu"))
    return Service(
        "upstream",
        [sys.executable, "-m", UPSTREAM, *words],
        environment,
        ROOT,
        probes.listens(port),
        settings().upstream,
    )
