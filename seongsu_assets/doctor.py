"""What this machine has and lacks for the platform: one finding for each thing that can be wrong.
Nothing is printed, started or repaired here."""

import fcntl
import os
import re
import shutil
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from packaging.requirements import Requirement

from seongsu_assets import guard, hosted
from seongsu_assets.errors import ServiceError
from seongsu_assets.finding import Finding
from seongsu_assets.ports import free_port, is_free
from seongsu_assets.settings import Settings
from seongsu_assets.warehouse import cluster

LOCK = Path(__file__).parents[1] / "requirements.lock"
PYTHONS = ((3, 11), (3, 13))
GIGABYTE = 1_000_000_000
DISK_BYTES = 2 * GIGABYTE
MEMORY_BYTES = 2 * GIGABYTE  # the services take 1.1 GB, a training the rest
ZONE = "Asia/Seoul"
FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "~/.fonts",
    "~/.local/share/fonts",
)
KOREAN_FONTS = re.compile(r"nanum|cjk|gothicneo|malgun|pretendard|sourcehan|baekmuk", re.IGNORECASE)


def diagnose(settings: Settings) -> list[Finding]:
    """Every finding about this machine under these settings."""
    return [
        _python(),
        _packages(LOCK),
        _database(settings),
        *hosted.findings(settings),
        *_ports(settings),
        _disk(settings.root),
        _home(settings.root),
        _memory(),
        _timezone(),
        _fonts(),
    ]


def _finding(name: str, ok: bool, found: str, remedy: str, *, required: bool = True) -> Finding:
    return Finding(name, ok, found, "" if ok else remedy, required)


def _python() -> Finding:
    oldest, newest = PYTHONS
    return _finding(
        "python",
        oldest <= sys.version_info[:2] <= newest,
        ".".join(map(str, sys.version_info[:3])),
        "install Python 3.11, 3.12 or 3.13 and run `make clean up`",
    )


def _packages(lock: Path) -> Finding:
    """The installed versions against the lock file, for this platform's part of it."""
    if not lock.is_file():
        return Finding("packages", ok=False, found=f"no {lock}", remedy="restore it from git")
    lines = re.findall(r"^[A-Za-z0-9][^\\\n]*==[^\\\n]*", lock.read_text(), re.MULTILINE)
    wanted = [Requirement(line) for line in lines]
    wanted = [each for each in wanted if each.marker is None or each.marker.evaluate()]
    wrong = [each for each in map(_difference, wanted) if each]
    return _finding(
        "packages",
        not wrong,
        "; ".join(wrong) if wrong else f"{len(wanted)} as locked",
        "run `touch requirements.lock && make up`",
    )


def _difference(wanted: Requirement) -> str:
    try:
        found = version(wanted.name)
    except PackageNotFoundError:
        return f"{wanted.name} is missing"
    as_locked = wanted.specifier.contains(found, prereleases=True)
    return "" if as_locked else f"{wanted.name} {found} is not {wanted.specifier}"


def _database(settings: Settings) -> Finding:
    if settings.database_url:
        return _reachable(settings.database_url.get_secret_value())
    try:
        user = cluster.owner(settings.root / "postgres" / "cluster")
        program = cluster.programs(user) / "postgres"
        answer = cluster.run_as(user, [str(program), "--version"])
    except (ServiceError, PermissionError) as error:
        remedy = getattr(error, "remedy", "") or "run as the user who made this folder"
        return Finding("database", ok=False, found=str(error), remedy=remedy)
    return _finding(
        "database",
        answer.returncode == 0,
        f"our own {(answer.stdout or answer.stderr).strip()}",
        "set DATABASE_URL to a server of your own",
    )


def _reachable(url: str) -> Finding:
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            found = f"DATABASE_URL: PostgreSQL {connection.info.server_version // 10_000}"
    except psycopg.Error as error:
        # a misspelled address is repeated in the message, with its password
        cause = str(error).partition("\n")[0]
        told = isinstance(error, psycopg.OperationalError) and "@" not in cause
        found = f"DATABASE_URL: {type(error).__name__} {cause if told else ''}"
        return Finding("database", ok=False, found=found, remedy="check DATABASE_URL or unset it")
    return Finding("database", ok=True, found=found)


def _ports(settings: Settings) -> Iterator[Finding]:
    """A taken port is no obstacle: the stack takes the next one. It is said all the same."""
    running = _is_up(settings.root)
    for name in ("postgres_port", "dagster_port", "mlflow_port", "app_port"):
        port: int = getattr(settings, name)
        free = is_free(port)
        found = "free" if free else "used by this stack" if running else "taken by another program"
        yield _finding(
            name,
            free or running,
            f"{port} {found}",
            f"nothing, {free_port(port)} will be used; or set SEONGSU_{name.upper()}",
            required=False,
        )


def _is_up(home: Path) -> bool:
    """Whether the stack of this home runs: somebody holds its lock."""
    path = home / "services.lock"
    if not path.exists():
        return False
    with path.open() as file:
        return not guard.lock(file, fcntl.LOCK_SH)


def _disk(home: Path) -> Finding:
    free = shutil.disk_usage(_nearest(home)).free
    return _finding(
        "disk",
        free >= DISK_BYTES,
        f"{free / GIGABYTE:.1f} GB free",
        f"free {DISK_BYTES // GIGABYTE} GB, or set SEONGSU_HOME to a roomier disk",
    )


def _home(home: Path) -> Finding:
    place = _nearest(home)
    return _finding(
        "home",
        place.is_dir() and os.access(place, os.W_OK | os.X_OK),
        str(home),
        f"make {place} writable, or set SEONGSU_HOME to a folder of your own",
    )


def _nearest(path: Path) -> Path:
    """The path itself, or the nearest folder above it that exists."""
    return next(each for each in (path, *path.parents) if each.exists())


def _memory() -> Finding:
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = Path("/sys/fs/cgroup/memory.max")
    if limit.exists() and (text := limit.read_text().strip()) != "max":
        total = min(total, int(text))
    return _finding(
        "memory",
        total >= MEMORY_BYTES,
        f"{total / GIGABYTE:.1f} GB",
        f"give this machine or container {MEMORY_BYTES // GIGABYTE} GB",
    )


def _timezone() -> Finding:
    try:
        offset = datetime(2025, 1, 1, tzinfo=ZoneInfo(ZONE)).utcoffset()
    except ZoneInfoNotFoundError:
        offset = None
    return _finding(
        "timezone",
        offset == timedelta(hours=9),
        f"{ZONE} {'unknown' if offset is None else f'is UTC+{offset}'}",
        "install the system package `tzdata`",
    )


def _fonts() -> Finding:
    folders = [Path(each).expanduser() for each in FONT_FOLDERS]
    files = (file for folder in folders if folder.is_dir() for file in folder.rglob("*.[to]t[fc]"))
    found = next((file.name for file in files if KOREAN_FONTS.search(file.name)), None)
    return _finding(
        "korean font",
        found is not None,
        found or "none found",
        "pictures will lack Korean text: install `fonts-nanum` or `fonts-noto-cjk`",
        required=False,
    )
