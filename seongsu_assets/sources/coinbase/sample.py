"""Generated candles in Coinbase's shape, so that everything runs without the outside world.
No chance here (see `sample_walk`), and no claim to be measured."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

import numpy as np

from seongsu_assets.domain import Parsed, Payload, Window
from seongsu_assets.errors import SourceError
from seongsu_assets.outside import Web
from seongsu_assets.sources.coinbase.candle import HOUR
from seongsu_assets.sources.coinbase.candles import Candles
from seongsu_assets.sources.coinbase.sample_walk import closes
from seongsu_assets.sources.days import request_of

_HEAD = b"# sample data, generated, not measured\n"


@dataclass(frozen=True)
class Sample:
    """One payload a UTC day, for days that are over. A day's bytes depend on `seed` and date."""

    clock: Callable[[], datetime]
    seed: int = 21
    name: str = "sample"
    terms: None = None

    def fetch(
        self,
        window: Window,
        web: Web | None = None,  # noqa: ARG002 - generated here
    ) -> Iterator[Payload]:
        """The days of `window` that have ended by the clock."""
        now = self.clock()
        for day in window.days():
            if day < now.astimezone(UTC).date():
                body = _HEAD + json.dumps(generated(self.seed, day)).encode()
                yield Payload(self.name, request_of("sample", day), body, now)

    def parse(self, payload: Payload) -> Parsed:
        """Read by the same reader as Coinbase's answers. SourceError for what was not generated."""
        if not payload.body.startswith(_HEAD):
            raise SourceError(f"{payload.request} does not say that it was generated")
        return Candles().parse(replace(payload, body=payload.body.removeprefix(_HEAD)))


def generated(seed: int, day: date) -> list[list[float]]:
    """A UTC day newest first, as Coinbase has it: time, low, high, open, close, volume."""
    first = (day - date(day.year, 1, 1)).days * 24
    prices = closes(seed, day.year)[first : first + 25].round(2)
    chance = np.random.default_rng([seed, day.toordinal()])
    wicks, volumes = chance.exponential(0.001, (24, 2)), chance.lognormal(6.0, 0.6, 24)
    midnight = datetime.combine(day, time(), UTC)
    told = list[list[float]]()
    for hour in range(24):
        opened, closed = float(prices[hour]), float(prices[hour + 1])
        down, up = wicks[hour]
        low, high = min(opened, closed) * (1 - down), max(opened, closed) * (1 + up)
        seconds = int((midnight + hour * HOUR).timestamp())
        volume = round(float(volumes[hour]), 8)
        told.append([seconds, round(low, 2), round(high, 2), opened, closed, volume])
    return told[::-1]
