"""What a backup says of itself: every table with its rows and hash, every file with its sha256.
No database here; a backup is believed only after `verify`."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from seongsu_assets import strict_json
from seongsu_assets.artefacts import Folder
from seongsu_assets.errors import BackupError

NAME, FORMAT = "manifest.json", 1
_ANOTHER = "take another backup; this one cannot be restored whole"


@dataclass(frozen=True)
class Table:
    """`content` is the hash of all rows, in whatever order: see `tables`."""

    rows: int
    content: str


@dataclass(frozen=True)
class Database:
    """`file` is its dump, `server` the PostgreSQL that it came from, such as 18."""

    file: str
    server: int
    tables: Mapping[str, Table]


@dataclass(frozen=True)
class File:
    """A file of the backup."""

    sha256: str
    bytes: int

    @staticmethod
    def of(path: Path) -> "File":
        with path.open("rb") as file:
            return File(hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size)


@dataclass(frozen=True)
class Manifest:
    """`files` by their path below the backup. `places`: where artefacts were, by name. `missing`:
    snapshots that the warehouse names and that were lost before."""

    made_at: str
    release: str
    migrations: list[str]
    places: Mapping[str, str]
    databases: Mapping[str, Database]
    files: Mapping[str, File]
    missing: list[str]

    def write(self, folder: Path) -> None:
        """Beside the files, with a hash of its own."""
        told = {"format": FORMAT, **asdict(self)}
        body = {"sha256": _digest(told), "backup": told}
        Folder(folder).write(NAME, json.dumps(body, indent=1).encode())

    def verify(self, folder: Path) -> None:
        """Raises BackupError, which names the file, when one is missing or not as it was."""
        for name, told in self.files.items():
            path = folder / name
            if not path.is_file():
                raise BackupError(f"{path} is missing", remedy=_ANOTHER)
            if File.of(path) != told:
                raise BackupError(f"{path} is damaged: its hash is another", remedy=_ANOTHER)


def load(folder: Path) -> Manifest:
    """What the backup says of itself. Raises BackupError when it is none, torn, or of a format
    that this release does not know."""
    path = folder / NAME
    try:
        body = strict_json.loads(path.read_text(encoding="utf-8"))
        told = body["backup"]
        if body["sha256"] != _digest(told):
            raise BackupError(f"{path} is damaged: its hash is another", remedy=_ANOTHER)
        if told.pop("format") != FORMAT:
            raise BackupError(
                f"{path} is of a later release", remedy="restore it with that release"
            )
        return _read(told)
    except OSError as error:
        raise BackupError(
            f"{folder} is no backup: {path.name} cannot be read",
            remedy="name a folder that `seongsu backup` has made",
        ) from error
    except (KeyError, TypeError, ValueError) as error:
        raise BackupError(f"{path} is damaged: {error!r}", remedy=_ANOTHER) from error


def _read(told: dict[str, Any]) -> Manifest:
    databases = {
        name: Database(**(each | {"tables": {n: Table(**t) for n, t in each["tables"].items()}}))
        for name, each in told.pop("databases").items()
    }
    files = {name: File(**each) for name, each in told.pop("files").items()}
    for name in files:
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise ValueError(f"{name} leads out of the backup")
    return Manifest(**told, databases=databases, files=files)


def _digest(told: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
