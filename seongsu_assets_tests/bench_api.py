"""`/forecast` at 200 requests a second for 30 seconds, beside PostgREST with the same rows.
`python -W ignore -m seongsu_assets_tests.bench_api`; no claim is made here."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, date, datetime
from pathlib import Path

import httpx

from seongsu_assets.cli.show import frame_table, say
from seongsu_assets.ports import free_port
from seongsu_assets.probes import listens
from seongsu_assets.warehouse.embedded import running
from seongsu_assets.warehouse.migrating import migrate
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests import steady, ui_world
from seongsu_assets_tests.bench_line import Line, table
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


def lines() -> Iterator[Line]:
    """The API's answer under load beside PostgREST's, or where that is absent its own /health."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), 56_500) as server:
        server.ensure_database(DATABASE)
        make_roles(server)
        url = server.url(DATABASE)
        with connect(url) as conn:
            migrate(conn)
        ui_world.build(url, ui_world.World(ORIGIN, datetime(2025, 6, 15, 22, 10, tzinfo=UTC)))
        with connect(url) as conn:
            conn.execute("vacuum analyze")
        beside = postgrest(server, DATABASE) if available() else nullcontext(None)
        with _ours(url, Path(folder)) as ours, beside as rest:
            address = f"{ours}{OURS}"
            if rest:
                _same_rows(address, f"{rest.address}{THEIRS}")
            other = f"{rest.address}{THEIRS}" if rest else f"{ours}/health"
            for each in (address, other):
                _measure(each, 3)  # both are warm
            ours_told, bare = _measure(address, SECONDS), _measure(other, SECONDS)
    named = "PostgREST with the same rows" if rest else "/health of the same server"
    for percent in (50, 99):
        yield Line(
            f"API /forecast, {RATE} a second, p{percent}", ours_told.at(percent), "ms",
            bare.at(percent), named, "a kept answer: one look at the pointer, no query of rows",
        )  # fmt: skip
    assert not ours_told.failed


def _measure(address: str, seconds: float) -> steady.Measured:
    return steady.measure(address, rate=RATE, clients=CLIENTS, seconds=seconds)


def main() -> None:
    frame_table(f"{RATE} requests a second, {SECONDS} s", table(lines()).round(2), whole=("what",))


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


if __name__ == "__main__":
    main()
