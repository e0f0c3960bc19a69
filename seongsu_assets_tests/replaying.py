"""Lives as processes of their own: begun in a new home, and what was told of them at their end.
No fault is named here and nothing is asserted of what came."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd

from seongsu_assets.domain import Window
from seongsu_assets.domains import DOMAINS
from seongsu_assets.ports import free_port
from seongsu_assets.replay import life

_PORTS = ("POSTGRES", "DAGSTER", "APP", "WATCH", "UPSTREAM")
#: Lives of different plans run at once: each looks for free ports from a place of its own.
_FROM = {"short": 27_600, "sixty": 27_700, "calm": 27_800}


def begin(home: Path, plan: str, window: Window, rows: pd.DataFrame) -> subprocess.Popen[bytes]:
    """A life of the window by a plan of `sowing`, in a home of its own."""
    given = life.prepare(home, DOMAINS["seongsu"], window, rows)
    free = {name: free_port(_FROM[plan] + 10 * place) for place, name in enumerate(_PORTS)}
    given["SEONGSU_UPSTREAM"] = f"http://127.0.0.1:{free.pop('UPSTREAM')}"
    ports = {f"SEONGSU_{name}_PORT": str(port) for name, port in free.items()}
    days = (window.first.isoformat(), window.last.isoformat())
    with (home / "replay.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "seongsu_assets_tests.replayed", plan, *days],
            env=os.environ | given | ports, stdout=log, stderr=log,
        )  # fmt: skip


def told(process: subprocess.Popen[bytes], home: Path) -> dict[str, Any]:
    """What the life has told, once it is over."""
    assert process.wait() == 0, (home / "replay.log").read_text()[-3000:]
    return json.loads((home / "told.json").read_text())
