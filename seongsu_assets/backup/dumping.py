"""pg_dump and pg_restore: which ones, how they are told of a database, and what they say.
What is dumped when is for `writing` and `restoring`."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from psycopg.pq import Conninfo

from seongsu_assets import guard
from seongsu_assets.errors import BackupError, ServiceError
from seongsu_assets.warehouse import cluster, databases
from seongsu_assets.warehouse.postgres import Connection

#: What the programs write for an earlier server is not understood by it.
OLDEST = 17


def server(conn: Connection) -> int:
    """The major version of a server, such as 18."""
    return conn.info.server_version // 10_000


def dump(address: str, schemas: Sequence[str], snapshot: str, target: Path, *, major: int) -> None:
    """The schemas with all they hold, as an exported snapshot sees them, in one file.
    Raises BackupError."""
    words = ["--format=custom", "--compress=1", "--no-owner", f"--snapshot={snapshot}"]
    words += [f"--file={target}", *_only(schemas)]
    _run("pg_dump", words, address, major)


def restore(address: str, schemas: Sequence[str], source: Path, *, major: int) -> None:
    """Into a database that has none of it: whole, or not at all. Raises BackupError."""
    words = ["--single-transaction", "--exit-on-error", "--no-owner", "--dbname="]
    only = _only(schemas) if "public" in schemas else []  # it is there, and not to be made
    _run("pg_restore", [*words, *only, str(source)], address, major)


def _only(schemas: Sequence[str]) -> list[str]:
    return [f"--schema={schema}" for schema in schemas]


def _run(program: str, words: Sequence[str], address: str, major: int) -> None:
    """The password goes by the environment: command lines can be read by everyone. The guard ends
    the program with this process, whatever ends that."""
    parts = Conninfo.parse(databases.plain(address).encode())
    told = {os.fsdecode(p.envvar): os.fsdecode(p.val) for p in parts if p.envvar and p.val}
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program, no shell
        guard.command_line([str(tool(program, major)), "--no-password", *words]),
        env=cluster.environment() | told,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupError(
            f"{program} could not finish: {done.stderr.strip()[-500:]}",
            remedy="look at the disk and the server (`seongsu doctor`), then run the same again",
        )


def tool(program: str, major: int) -> Path:
    """The bundled program, or for a later server the one on the PATH. Raises BackupError when
    neither knows a server of this major version."""
    for path in _candidates(program):
        if _version(path) >= major:
            return path
    raise BackupError(
        f"the server is PostgreSQL {major}, and there is no {program} that knows it",
        remedy=f"install postgresql-client-{major}, so that its {program} is on the PATH",
    )


def _candidates(program: str) -> list[Path]:
    found: list[Path] = []
    with suppress(ServiceError):
        found.append(cluster.binaries() / program)
    on_path = shutil.which(program)
    return [*found, Path(on_path)] if on_path else found


def _version(program: Path) -> int:
    """Of what it says of itself: `pg_dump (PostgreSQL) 18.4`; 0 of what says nothing."""
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program, no shell
        [program, "--version"],
        env=cluster.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"\) (\d+)", done.stdout)
    return int(found[1]) if found else 0
