"""Closes of the hours that are proved by what was heard live: the source `coinbase_ticker`.
It cannot be asked, only listened to (see `live`); which hours are proved, `hours` says."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import pandas as pd

from seongsu_assets.domain import Parsed, Payload, Window
from seongsu_assets.outside import Absence, Provider, Web
from seongsu_assets.sources.coinbase.candles import closes_frame
from seongsu_assets.sources.coinbase.hours import Hours
from seongsu_assets.sources.days import day_of
from seongsu_assets.sources.live import connection_of, read, unpack
from seongsu_assets.sources.providers import COINBASE_FEED

_DAY = timedelta(days=1)
_COUNTED = ("gap", "repeated", "unreadable", "refusal")


@dataclass(frozen=True)
class Ticker:
    """The channels `ticker` and `heartbeat` of a product. Implements `sources.live.Live`."""

    product: str = "BTC-USD"
    name: str = "coinbase_ticker"
    terms: None = None
    provider: Provider = COINBASE_FEED

    def fetch(
        self,
        window: Window,  # noqa: ARG002 - what was not heard cannot be asked for
        web: Web | None = None,  # noqa: ARG002 - likewise
    ) -> Iterable[Payload | Absence]:
        return ()

    def parse(self, payload: Payload) -> Parsed:
        """One row for each proved close of the payload's day, once that day is over: a day that
        runs on has none yet, but `facts` tell what is proved.

        SourceError for what no listener wrote."""
        day, hours = day_of(payload.request), Hours(self.product)
        lines = unpack(payload)
        counted = Counter(said.kind for line in lines if (said := read(hours, line)))
        closes = hours.closes(day)
        over = datetime.combine(day, time(), UTC) + _DAY <= payload.received_at
        rows = [
            (pd.Timestamp(day), hour, price, f"{payload.request} hour {hour}")
            for hour, price in closes.items()
        ]
        facts = {
            "hours_proved": len(closes),
            "closes": json.dumps(closes),
            "connections": len({name for line in lines if (name := connection_of(line))}),
            "messages": counted.total(),
            **{name: counted[name] for name in _COUNTED},
        }
        return Parsed(closes_frame(rows if over else []), facts=facts)

    def subscription(self) -> str:
        """The guide gives five seconds for it."""
        channels = ["ticker", "heartbeat"]
        return json.dumps(
            {"type": "subscribe", "product_ids": [self.product], "channels": channels}
        )

    def hearing(self) -> Hours:
        return Hours(self.product)
