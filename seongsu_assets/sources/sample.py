"""A generated year-round feed in the official shape, so that everything runs without any data.
No levels and no chance here, and no claim to be measured."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from seongsu_assets.domain import Parsed, Payload, Window
from seongsu_assets.outside import Web
from seongsu_assets.sources.calendar import korean_calendar
from seongsu_assets.sources.files import read_tables
from seongsu_assets.sources.sample_day import HOURS, Kind, counts
from seongsu_assets.sources.seoul_metro import BEFORE_SIX, SERIES, Station

_DAY_BEGINS = timedelta(hours=4)
_COLUMNS = [
    "날짜,호선,역번호,역명,구분",
    *("06시 이전" if h == BEFORE_SIX else f"{h:02}시-{h + 1:02}시" for h in HOURS),
    "24시 이후",
]
_HEAD = "# sample data, generated, not measured\n" + ",".join(_COLUMNS) + "\n"


@dataclass(frozen=True)
class Sample:
    """One payload a day, for days that are over. A day's bytes depend on `seed` and date alone."""

    station: Station
    clock: Callable[[], datetime]
    seed: int = 211
    name: str = "sample"
    terms: None = None

    def fetch(
        self,
        window: Window,
        web: Web | None = None,  # noqa: ARG002 - generated here
    ) -> Iterator[Payload]:
        """The days of `window` whose operating day has ended by the clock."""
        now = self.clock()
        running = (now.astimezone(ZoneInfo("Asia/Seoul")) - _DAY_BEGINS).date()
        calendar = korean_calendar(window)
        kinds = zip(calendar["day_type"], calendar["kind"], strict=True)
        for day, (day_type, kind) in zip(window.days(), kinds, strict=True):
            if day < running:
                body = self._body(day, Kind(str(day_type), str(kind)))
                yield Payload(self.name, f"sample-{day}.csv", body, now)

    def parse(self, payload: Payload) -> Parsed:
        """Read by the same reader as the official files."""
        return read_tables(payload, self.station)

    def _body(self, day: date, kind: Kind) -> bytes:
        place = f"{day},{self.station.line},{self.station.code},{self.station.name}"
        lines = [
            f"{place},{direction},{','.join(str(people) for people in hours)},\n"
            for direction, hours in zip(SERIES, counts(day, kind, self.seed).tolist(), strict=True)
        ]
        return (_HEAD + "".join(lines)).encode()
