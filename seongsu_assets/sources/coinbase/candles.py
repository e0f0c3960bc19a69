"""Hourly closing prices from Coinbase's candles over REST: one call for each UTC day.
What a single candle may say is in `candle`; whether a price is usual is audited elsewhere."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

import pandas as pd

from seongsu_assets.domain import Expectation, Parsed, Payload, Reject, Terms, Window
from seongsu_assets.errors import NoData, RequestRefused
from seongsu_assets.outside import Absence, Answer, Web
from seongsu_assets.sources.answers import excerpt, json_of, refuse_status
from seongsu_assets.sources.claims import between
from seongsu_assets.sources.coinbase.candle import HOUR, Candle, Untraded, candle
from seongsu_assets.sources.days import by_day, day_of, request_of
from seongsu_assets.sources.providers import COINBASE
from seongsu_assets.sources.values import as_text

SERIES = "close"
#: A trade is in the candles within seconds; the last candle of a day is left alone for longer.
SETTLED = timedelta(minutes=5)
_DAY = timedelta(days=1)
#: Claims that a candle may break without saying that candles have another shape.
_OVER, _TRADED = "hour_is_over", "hour_has_a_trade"

CONTRACT: tuple[Expectation, ...] = (
    between(
        "every_hour_is_there",
        "hours",
        24,
        24,
        "An hour without a trade has no candle: it is unknown, and somebody should look.",
        blocking=False,
    ),
    between("some_hour_is_there", "hours", 1, None, "None means that another day was answered."),
    between(
        "candles_are_understood",
        "misread",
        0,
        0,
        "A price that is none, a close outside its low and high or a time off the hour means that "
        "the columns say something else.",
    ),
    between(
        "hours_are_said_once", "contradicting", 0, 0, "One hour has one candle.", blocking=False
    ),
    between(
        "candles_are_of_the_day",
        "of_other_days",
        0,
        0,
        "Some may precede the start that was asked for, says the guide. They are left out.",
        blocking=False,
    ),
)

TERMS = Terms(COINBASE, due_days=1, contract=CONTRACT)


@dataclass(frozen=True)
class Candles:
    """The close of every hour of a product, in its quote currency (USD for BTC-USD)."""

    product: str = "BTC-USD"
    name: str = "coinbase_candles"
    terms: Terms = TERMS

    def fetch(self, window: Window, web: Web) -> Iterator[Payload | Absence]:
        return by_day(self.terms, window, web, partial(self._ask, web), zone="UTC")

    def parse(self, payload: Payload) -> Parsed:
        """One row for each hour of the day that was over when the answer came.

        SourceError when the payload is no list of candles."""
        day = day_of(payload.request)
        records = _records(payload.body)
        read = [
            _read(f"{payload.request} candle {number}", record, payload.received_at)
            for number, record in enumerate(records, start=1)
        ]
        refused = [each for each in read if isinstance(each, Reject)]
        candles = [each for each in read if isinstance(each, Candle)]
        own = [each for each in candles if each.begins.date() == day]
        kept, contradicting = _once(own)
        facts = {
            "candles": len(records),
            "hours": len(kept),
            "misread": sum(each.claim not in (_OVER, _TRADED) for each in refused),
            "contradicting": len(contradicting),
            "of_other_days": len(candles) - len(own),
        }
        rows = [
            (pd.Timestamp(each.begins.date()), each.begins.hour, each.close, each.place)
            for each in kept
        ]
        return Parsed(closes_frame(rows), (*refused, *contradicting), len(records), facts)

    def _ask(self, web: Web, day: date) -> Payload:
        """The documented most is 300 candles. Whether `end` itself is included is not documented:
        a second before midnight is right either way."""
        begins = datetime.combine(day, time(), UTC)
        if web.now() < begins + _DAY + SETTLED:
            raise NoData("the last candle of the day may still change")
        parameters = {
            "granularity": f"{HOUR // timedelta(seconds=1)}",
            "start": f"{begins:%Y-%m-%dT%H:%M:%SZ}",
            "end": f"{begins + _DAY - timedelta(seconds=1):%Y-%m-%dT%H:%M:%SZ}",
        }

        def read(answer: Answer) -> Payload:
            refuse_status(answer)
            if not _records(answer.body):
                raise NoData("there is no candle of the day")
            request = request_of(f"{self.product}/candles", day)
            return Payload(self.name, request, answer.body, answer.received_at)

        return web.get(self.terms.provider, f"/products/{self.product}/candles", parameters, read)


def _records(body: bytes) -> Sequence[Any]:
    records = json_of(body)
    if not isinstance(records, list):
        raise RequestRefused(
            f"the answer is no list of candles: {excerpt(body)}", remedy="check the product's name"
        )
    return records


def _read(place: str, record: Any, received_at: datetime) -> Candle | Reject:
    try:
        found = candle(place, record)
    except Untraded as error:
        return Reject(place, str(error), as_text(record), claim=_TRADED)
    except ValueError as error:
        return Reject(place, str(error), as_text(record))
    if found.begins + HOUR > received_at:
        reason = f"the hour from {found.begins:%H:%M} was still running"
        return Reject(place, reason, found.record, found.begins.date(), _OVER)
    return found


def _once(candles: Sequence[Candle]) -> tuple[list[Candle], list[Reject]]:
    """Each hour's candle, oldest first; all of an hour's where their closes differ are refused."""
    hours: dict[datetime, list[Candle]] = defaultdict(list)
    for each in candles:
        hours[each.begins].append(each)
    kept, refused = list[Candle](), list[Reject]()
    for begins in sorted(hours):
        same = hours[begins]
        if len({each.close for each in same}) == 1:
            kept.append(same[0])
            continue
        reason = " and ".join(each.place for each in same) + " close differently"
        refused += [Reject(each.place, reason, each.record, begins.date()) for each in same]
    return kept, refused


def closes_frame(rows: Sequence[tuple[pd.Timestamp, int, float, str]]) -> pd.DataFrame:
    """OBSERVATION_COLUMNS and `place` of (business_date, hour, close, place)."""
    frame = pd.DataFrame(
        [(SERIES, *row) for row in rows],
        columns=["series", "business_date", "hour", "value", "place"],
    )
    return frame.astype(
        {"business_date": "datetime64[ns]", "hour": "int64", "value": "float64", "series": "object"}
    )
