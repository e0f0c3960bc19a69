"""A generated year-round feed in the portal's shape, so that everything runs without any data.
No counter of Paris and no claim to be measured."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from seongsu_assets.domain import Parsed, Payload, Window
from seongsu_assets.outside import Web
from seongsu_assets.sources.days import request_of
from seongsu_assets.sources.french_calendar import french_calendar
from seongsu_assets.sources.paris.counters import Counters
from seongsu_assets.sources.paris.counts import ZONE, instants
from seongsu_assets.sources.paris.sample_day import COUNTERS, Counter, bikes

BANNER = "sample data, generated, not measured"


@dataclass(frozen=True)
class Sample:
    """One payload a day, for days that are over. A day's bytes depend on `seed` and date alone."""

    clock: Callable[[], datetime]
    seed: int = 75
    name: str = "sample"
    terms: None = None

    def fetch(
        self,
        window: Window,
        web: Web | None = None,  # noqa: ARG002 - generated here
    ) -> Iterator[Payload]:
        """The days of `window` that have ended in Paris by the clock."""
        now = self.clock()
        today = now.astimezone(ZONE).date()
        calendar = french_calendar(window)
        kinds = zip(calendar["day_type"], calendar["kind"], strict=True)
        for day, (day_type, kind) in zip(window.days(), kinds, strict=True):
            if day < today:
                body = self._body(day, str(day_type), str(kind))
                yield Payload(self.name, request_of(self.name, day), body, now)

    def parse(self, payload: Payload) -> Parsed:
        """Read by the reader of the city's own records."""
        return Counters().parse(payload)

    def _body(self, day: date, day_type: str, kind: str) -> bytes:
        hours = instants(day)
        clock = [begins.astimezone(ZONE).hour for begins in hours]
        chance = np.random.default_rng([self.seed, day.toordinal()])
        counted = bikes(day, day_type, kind, clock, chance)
        rows = [
            _record(counter, begins, count)
            for counter, counts in zip(COUNTERS, counted, strict=True)
            if counter.begins <= day
            for begins, count in zip(hours, counts, strict=True)
        ]
        tree = {"comment": BANNER, "total_count": len(rows), "results": rows}
        return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode()


def _record(counter: Counter, begins: datetime, count: int | None) -> dict[str, Any]:
    return {
        "id_compteur": counter.id,
        "nom_compteur": counter.name,
        "sum_counts": count,
        "date": begins.astimezone(UTC).isoformat(),
        "coordinates": {"lon": counter.longitude, "lat": counter.latitude},
    }
