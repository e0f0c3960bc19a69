"""A drop folder: every file in it, byte for byte, as it came to stand there.
What a file says is for the sources that read one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from seongsu_assets import clock
from seongsu_assets.domain import Payload, Window
from seongsu_assets.errors import SourceError
from seongsu_assets.outside import Web
from seongsu_assets.sources.tables import LARGEST

NAME = "files"


@dataclass(frozen=True)
class Folder:
    """Every file of `folder`. Hidden and `*.part` files are left alone."""

    folder: Path

    @property
    def name(self) -> str:
        return NAME

    @property
    def terms(self) -> None:
        """A folder promises nothing."""
        return

    def fetch(
        self,
        window: Window,  # noqa: ARG002 - a file may hold any day
        web: Web | None = None,  # noqa: ARG002 - files are here
    ) -> Iterator[Payload]:
        """All files, sorted by name, received when they came to stand in the folder.

        SourceError when there is no folder, or, after the others, for a file that is too large."""
        if not self.folder.is_dir():
            raise SourceError(f"there is no folder {self.folder}", remedy="create it")
        refused = list[SourceError]()
        for path in sorted(self.folder.iterdir()):
            if not path.is_file() or path.name.startswith(".") or path.suffix == ".part":
                continue
            try:
                # The inode's time: a copy may keep the modification time of last year. In a
                # rehearsal it is in the future.
                came = datetime.fromtimestamp(path.stat().st_ctime, UTC)
                yield read_payload(path, min(came, clock.now()))
            except SourceError as error:
                refused.append(error)
        if refused:
            raise refused[0]


def read_payload(path: Path, now: datetime) -> Payload:
    """One file, byte for byte, received `now`. SourceError when it cannot be read."""
    try:
        if path.stat().st_size > LARGEST:
            raise SourceError(f"{path} is larger than {LARGEST:,} bytes", remedy="split it by year")
        return Payload(NAME, path.name, path.read_bytes(), now)
    except OSError as error:
        raise SourceError(
            f"{path} cannot be read: {error.strerror}", remedy="check the path and its permissions"
        ) from error
