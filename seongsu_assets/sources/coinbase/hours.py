"""Which hours' last trades are proved by what was heard, whatever was lost, late or repeated.
Messages in, closes out: no socket, no clock, no files and no frames.

Of each connection and hour four messages are remembered: the trades of the highest and the lowest
number, and the heartbeats of the highest and the lowest `last_trade_id`. They decide everything, in
whatever order they came; the others may be forgotten.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from seongsu_assets.sources.coinbase.messages import Heartbeat, Refusal, Trade, message
from seongsu_assets.sources.live import Heard, Kind

HOUR = timedelta(hours=1)
#: Assumed: a trade is in every heartbeat that is a second younger than itself. A heartbeat of an
#: hour's first second may still be of the moment before, and proves nothing.
SETTLES = timedelta(seconds=1)


@dataclass(frozen=True)
class _Told:
    """A message and the bytes that it was."""

    said: Trade | Heartbeat
    raw: bytes

    @property
    def id(self) -> int:
        return self.said.id if isinstance(self.said, Trade) else self.said.last_id


@dataclass
class _Hour:
    """The four of one connection's hour. `torn`: what contradicts its last trade."""

    last: _Told | None = None
    first: _Told | None = None
    newest: _Told | None = None
    oldest: _Told | None = None
    torn: _Told | None = None


@dataclass
class _Line:
    """One connection: the newest trade that was heard, the newest that a heartbeat knew of, and
    the newest that is counted as missed."""

    opened: bytes
    traded: int = -1
    known: int = -1
    missed: int = -1
    hours: dict[datetime, _Hour] = field(default_factory=dict[datetime, _Hour])

    def hear(self, told: _Told) -> Kind:
        hour = self.hours.setdefault(_begin(told.said.time), _Hour())
        return self._trade(hour, told) if isinstance(told.said, Trade) else self._beat(hour, told)

    def _trade(self, hour: _Hour, told: _Told) -> Kind:
        if hour.last is None or told.id > hour.last.id:
            hour.last, hour.torn = told, None
        elif told.id == hour.last.id and told.said != hour.last.said:
            hour.torn = told
        hour.first = _lower(hour.first, told)
        repeated = told.id <= self.traded
        self.traded = max(self.traded, told.id)
        return "repeated" if repeated else "news"

    def _beat(self, hour: _Hour, told: _Told) -> Kind:
        """A heartbeat may overtake a trade; what has not come by the next one was missed."""
        hour.newest = _higher(hour.newest, told)
        if told.said.time - _begin(told.said.time) >= SETTLES:
            hour.oldest = _lower(hour.oldest, told)
        gap = -1 < max(self.traded, self.missed) < self.known
        self.missed = self.known if gap else self.missed
        self.known = max(self.known, told.id)
        return "gap" if gap else "heartbeat"


@dataclass
class Hours:
    """All that was heard of one product. Implements `sources.live.Hearing`."""

    product: str
    _lines: dict[str, _Line] = field(default_factory=dict[str, _Line])
    _now: _Line | None = None

    def opened(self, connection: str, line: bytes) -> None:
        self._now = self._lines.setdefault(connection, _Line(line))

    def heard(self, raw: bytes) -> Heard:
        """What is heard before any connection was opened proves nothing."""
        try:
            said = message(raw, self.product)
        except ValueError:
            return Heard("unreadable")
        if isinstance(said, Refusal):
            return Heard("refusal", said.reason)
        if not isinstance(said, Trade | Heartbeat) or self._now is None:
            return Heard("other")
        return Heard(self._now.hear(_Told(said, raw)))

    def settled(self, hour: datetime) -> bool:
        return self.close(hour) is not None

    def close(self, begins: datetime) -> float | None:
        """The price of the hour's last trade; None unless it is proved to be the last.

        Proved: on the same connection the next trade, by number, is of a later hour, or a later
        heartbeat knows of no other. Nothing else that was heard, on any connection, may speak
        against it."""
        ends = [line.hours[begins] for line in self._lines.values() if begins in line.hours]
        lasts = [hour.last for hour in ends if hour.last]
        if not lasts:
            return None
        last = max(lasts, key=lambda told: told.id)
        if any(hour.torn for hour in ends) or self._against(begins, last):
            return None
        same = [told for told in lasts if told.id == last.id]
        if any(told.said != last.said for told in same):
            return None
        proved = any(
            _proved(line, begins, last) for line in self._lines.values() if begins in line.hours
        )
        return last.said.price if proved and isinstance(last.said, Trade) else None

    def closes(self, day: date) -> dict[int, float]:
        """The proved closes of a UTC day by hour."""
        midnight = datetime.combine(day, time(), UTC)
        found = {hour: self.close(midnight + hour * HOUR) for hour in range(24)}
        return {hour: price for hour, price in found.items() if price is not None}

    def evidence(self, since: datetime) -> Iterator[bytes]:
        """The four of every hour from `since` on."""
        for line in self._lines.values():
            kept = list(_kept(line, since))
            if kept:
                yield line.opened
                yield from kept

    def forget(self, before: datetime) -> None:
        """Drop the hours before, and the connections that say nothing else."""
        for line in self._lines.values():
            for begins in [each for each in line.hours if each < before]:
                del line.hours[begins]
        self._lines = {
            name: line for name, line in self._lines.items() if line.hours or line is self._now
        }

    def _against(self, begins: datetime, last: _Told) -> bool:
        """Whether a trade of another hour, or a heartbeat before the hour's end, has a number that
        cannot be if this is the hour's last trade."""
        for line in self._lines.values():
            for other, hour in line.hours.items():
                if other > begins and hour.first and hour.first.id <= last.id:
                    return True
                if other < begins and hour.last and hour.last.id >= last.id:
                    return True
                if other <= begins and hour.newest and hour.newest.id > last.id:
                    return True
        return False


def _proved(line: _Line, begins: datetime, last: _Told) -> bool:
    mine = line.hours[begins].last
    if mine is None or mine.id != last.id:
        return False
    after = [hour for other, hour in line.hours.items() if other > begins]
    follows = [hour.first.id for hour in after if hour.first]
    beats = [hour.oldest.id for hour in after if hour.oldest]
    return min(follows, default=-1) == last.id + 1 or min(beats, default=-1) == last.id


def _kept(line: _Line, since: datetime) -> Iterator[bytes]:
    for begins in sorted(line.hours):
        if begins >= since:
            hour = line.hours[begins]
            told = (hour.first, hour.last, hour.torn, hour.newest, hour.oldest)
            yield from dict.fromkeys(each.raw for each in told if each)


def _higher(known: _Told | None, told: _Told) -> _Told:
    return told if known is None or told.id > known.id else known


def _lower(known: _Told | None, told: _Told) -> _Told:
    return told if known is None or told.id < known.id else known


def _begin(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)
