"""`/forecast` at 200 requests a second for 30 seconds, beside PostgREST with the same rows.
`python -W ignore -m seongsu_assets_tests.bench_api`, with Debian's `hey`; no claim is made here."""

import csv
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import numpy as np
import pandas as pd

from seongsu_assets.cli.show import frame_table, say
from seongsu_assets.ports import free_port
from seongsu_assets.probes import listens
from seongsu_assets.warehouse.embedded import running
from seongsu_assets.warehouse.migrating import migrate
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests import ui_world
from seongsu_assets_tests.servers import eventually
from seongsu_assets_tests.supabase_like import available, make_roles, postgrest

RATE, SECONDS, CLIENTS = 200, 30, 20
DATABASE = "api"
ORIGIN = date(2025, 6, 15)
OURS = "/forecast?domain=seongsu&series=total"
#: What ours tells of each row; what it tells once of all rows is not asked of PostgREST.
COLUMNS = (
    "series,business_date,hour,at,horizon,q05,q10,q25,q50,q75,q90,q95,level,level_name,p_levels,"
    "usual"
)
THEIRS = f"/forecast?domain=eq.seongsu&series=eq.total&select={COLUMNS}&order=business_date,hour"


@dataclass(frozen=True)
class Measured:
    """Milliseconds of the good answers, and how many were not good."""

    milliseconds: np.ndarray
    failed: int
    a_second: float


def main() -> None:
    if not available() or not shutil.which("hey"):
        say("needs `npm ci --prefix tools` and Debian's `hey`")
        raise SystemExit(1)
    rounds = int(os.environ.get("ROUNDS", "1"))
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder), 56_500) as server,
    ):
        server.ensure_database(DATABASE)
        make_roles(server)
        url = server.url(DATABASE)
        with connect(url) as conn:
            migrate(conn)
        ui_world.build(url, ui_world.World(ORIGIN, datetime(2025, 6, 15, 22, 10, tzinfo=UTC)))
        with connect(url) as conn:
            conn.execute("vacuum analyze")
        with _ours(url, Path(folder)) as ours, postgrest(server, DATABASE) as rest:
            targets = {"ours": f"{ours}{OURS}", "PostgREST": f"{rest.address}{THEIRS}"}
            _same_rows(**{name.lower(): address for name, address in targets.items()})
            for address in targets.values():
                measure(address, seconds=3)  # both are warm
            lines = [
                {"round": n + 1, "who": name, **_told(measure(address))}
                for n in range(rounds)
                for name, address in targets.items()
            ]
    frame_table(f"{RATE} requests a second, {SECONDS} s", pd.DataFrame(lines), whole=("who",))
    worst = pd.DataFrame(lines).groupby("who")["p99 ms"].median()
    say(f"p99 of ours over PostgREST's: {worst['ours'] / worst['PostgREST']:.2f}")


@contextmanager
def _ours(url: str, folder: Path) -> Generator[str]:
    """The API as its command serves it."""
    port = free_port(48_800)
    env = os.environ | {"DATABASE_URL": url, "SEONGSU_HOME": str(folder / "home")}
    command = [sys.executable, "-m", "seongsu_assets.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=env, cwd=folder) as process:
        try:
            assert eventually(listens(port), 120)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


def _same_rows(ours: str, postgrest: str) -> None:
    """Both tell the same, so that they are compared at the same work."""
    own = httpx.get(ours, trust_env=False).raise_for_status()
    other = httpx.get(postgrest, trust_env=False).raise_for_status()
    medians = [[round(row["q50"], 2) for row in told]
               for told in (own.json()["rows"], other.json())]  # fmt: skip
    assert medians[0] == medians[1]
    say(
        f"{len(medians[0])} rows: ours {len(own.content):,} bytes, PostgREST {len(other.content):,}"
    )


def measure(address: str, seconds: int = SECONDS) -> Measured:
    """What a steady rate of requests takes, each client asking at its own even pace."""
    asked = subprocess.run(
        ["hey", "-z", f"{seconds}s", "-q", str(RATE // CLIENTS), "-c", str(CLIENTS), "-o", "csv",
         address],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(asked.stdout)))
    good = [1000 * float(row["response-time"]) for row in rows if row["status-code"] == "200"]
    return Measured(np.array(good), len(rows) - len(good), len(good) / seconds)


def _told(found: Measured) -> dict[str, float]:
    p50, p99 = np.percentile(found.milliseconds, [50, 99])
    return {
        "requests": len(found.milliseconds),
        "a second": round(found.a_second, 1),
        "p50 ms": round(float(p50), 2),
        "p99 ms": round(float(p99), 2),
        "worst ms": round(float(found.milliseconds.max()), 2),
        "failed": found.failed,
    }


if __name__ == "__main__":
    main()
