"""The tape: what is heard, line by line in a file, until the warehouse has it.
No socket and no meaning of a line here; what is proved by them the source's `Hearing` says.

A file holds one UTC hour: the evidence of the day's earlier hours, then each connection and its
messages as they came. It is open (`HOUR.open`), waits (`HOUR-MOMENT.heard`), or is the newest that
was taken (`HOUR-MOMENT.taken`), from which the next process learns the evidence.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from seongsu_assets.domain import Payload
from seongsu_assets.sources.days import request_of
from seongsu_assets.sources.live import Heard, Hearing, Live, opening, pack, read

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
#: So long after its end an hour may still be proved; then it is cut as it is.
GRACE = timedelta(seconds=10)
_NAME, _MOMENT = "%Y%m%dT%H", "%Y%m%dT%H%M%S.%f"


class Tape:
    """One source's. `now` of every call is an instant in UTC, never before that of an earlier."""

    def __init__(self, folder: Path, source: Live, now: datetime) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._source = source
        self.hearing: Hearing = source.hearing()
        self._connection = b""
        self._resume(now)

    def opened(self, connection: str, now: datetime) -> None:
        """What is heard from here on came on this connection."""
        self._connection = opening(connection, now)
        self.hearing.opened(connection, self._connection)
        self._write([self._connection])

    def closed(self) -> None:
        self._connection = b""

    def heard(self, raw: bytes) -> Heard:
        """Keep a message as it came; what it was."""
        self._write([raw])
        return self.hearing.heard(raw)

    def flush(self) -> None:
        """From now on the death of this process loses nothing that was heard."""
        self._file.flush()

    def due(self, now: datetime) -> bool:
        """Whether the hour is over and proved, or as long over as anybody waits for the proof."""
        end = self._hour + _HOUR
        return now >= end + GRACE or (now >= end and self.hearing.settled(self._hour))

    def cut(self, now: datetime) -> None:
        """Close the hour's file, which waits from now on, and begin the next."""
        self._close(now)
        self._begin(_begin(now))

    def waiting(self) -> list[Path]:
        """The files that the warehouse has not taken, oldest first."""
        return sorted(self._folder.glob("*.heard"))

    def payload(self, path: Path) -> Payload:
        """A waiting file as it arrives: `SOURCE/HOUR/DAY`, received when it was cut."""
        hour, cut = _named(path)
        request = request_of(f"{self._source.name}/{hour:%H}", hour.date())
        return Payload(self._source.name, request, pack(path.read_bytes()), cut)

    def taken(self, path: Path) -> None:
        """The warehouse has it."""
        for older in self._folder.glob("*.taken"):
            older.unlink()
        path.rename(path.with_suffix(".taken"))

    def end(self, now: datetime) -> None:
        """Close the tape: what was heard waits, and the next process goes on from it."""
        self._close(now)

    def _resume(self, now: datetime) -> None:
        """Go on where the last process stopped, however it ended. A day that is over since gets
        its last file, so that what was proved of it is told."""
        for path in sorted(self._folder.glob("*.open")):
            _shelve(path, now)
        known = sorted([*self.waiting(), *self._folder.glob("*.taken")])
        if known:
            for line in known[-1].read_bytes().split(b"\n"):
                if line:
                    read(self.hearing, line)
            hour, cut = _named(known[-1])
            day = _midnight(hour)
            if cut < day + _DAY <= now:
                self._begin(day + _DAY - _HOUR)
                self._close(now)
        self._begin(_begin(now))

    def _begin(self, hour: datetime) -> None:
        self._hour = hour
        self._file: IO[bytes] = (self._folder / f"{hour:{_NAME}}.open").open("wb")
        midnight = _midnight(hour)
        self.hearing.forget(midnight)
        self._write(self.hearing.evidence(midnight))
        if self._connection:
            self._write([self._connection])

    def _close(self, now: datetime) -> None:
        self._file.close()
        _shelve(self._folder / f"{self._hour:{_NAME}}.open", now)

    def _write(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            self._file.write(line + b"\n")


def _shelve(path: Path, now: datetime) -> None:
    """An open file waits from now on, unless nothing was heard: then nothing arrives."""
    if path.stat().st_size:
        path.rename(path.with_name(f"{path.stem}-{now:{_MOMENT}}.heard"))
    else:
        path.unlink()


def _named(path: Path) -> tuple[datetime, datetime]:
    """The hour of a file that was cut, and when it was cut."""
    hour, _, moment = path.stem.partition("-")
    found = datetime.strptime(hour, _NAME), datetime.strptime(moment, _MOMENT)  # noqa: DTZ007 - UTC
    return found[0].replace(tzinfo=UTC), found[1].replace(tzinfo=UTC)


def _begin(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def _midnight(moment: datetime) -> datetime:
    return _begin(moment).replace(hour=0)
