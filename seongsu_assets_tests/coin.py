"""Coinbase's messages and candles for tests, and a domain that is made of them.
No server and no test here."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from seongsu_assets.domain import Cadence, Domain, Payload, Slot
from seongsu_assets.domains.bitcoin_expectations import EXPECTATIONS
from seongsu_assets.sources.coinbase.candles import Candles
from seongsu_assets.sources.coinbase.hours import Hours
from seongsu_assets.sources.coinbase.sample import Sample
from seongsu_assets.sources.coinbase.ticker import Ticker
from seongsu_assets.sources.days import request_of
from seongsu_assets.sources.live import opening, pack

DAY = date(2026, 3, 1)
MIDNIGHT = datetime(2026, 3, 1, tzinfo=UTC)
TICKER = Ticker()


def domain() -> Domain:
    return Domain(
        name="coin",
        title="a coin",
        unit="USD",
        cadence=Cadence("UTC", date(2026, 1, 1), tuple(Slot(hour) for hour in range(24))),
        series=("close",),
        total="close",
        sources=[Candles(), TICKER],
        sample=Sample(lambda: MIDNIGHT),
        covariates=(),
        expectations=EXPECTATIONS,
    )


def at(clock: str, day: date = DAY) -> datetime:
    """The instant of a UTC day: 02:59:59.5."""
    return datetime.fromisoformat(f"{day}T{clock}+00:00")


def ticker(number: int, when: datetime, price: float = 0.0, product: str = "BTC-USD") -> bytes:
    """A ticker as the guide shows it; by default each trade has a price of its own."""
    said = {
        "type": "ticker", "sequence": 37_475_248_783 + 7 * number, "product_id": product,
        "price": f"{price or 60_000 + number:.2f}", "open_24h": "1310.79",
        "volume_24h": "245532.79269678", "best_bid": "1285.03", "best_ask": "1285.04",
        "side": "buy", "time": _time(when), "trade_id": number, "last_size": "11.4396987",
    }  # fmt: skip
    return json.dumps(said).encode()


def heartbeat(last: int, when: datetime, product: str = "BTC-USD") -> bytes:
    said = {
        "type": "heartbeat", "sequence": 37_475_248_783 + 7 * last + 3, "last_trade_id": last,
        "product_id": product, "time": _time(when),
    }  # fmt: skip
    return json.dumps(said).encode()


def subscriptions() -> bytes:
    channels = [{"name": n, "product_ids": ["BTC-USD"]} for n in ("ticker", "heartbeat")]
    return json.dumps({"type": "subscriptions", "channels": channels}).encode()


def payload(
    *connections: list[bytes], day: date = DAY, received_at: datetime | None = None
) -> Payload:
    """What was heard on one connection after the other, as the tape keeps it."""
    lines = [
        line
        for number, messages in enumerate(connections)
        for line in (opening(f"line {number}", MIDNIGHT), *messages)
    ]
    body = pack(b"\n".join([*lines, b""]))
    over = datetime.combine(day, datetime.min.time(), UTC) + timedelta(days=1, seconds=5)
    request = request_of(f"{TICKER.name}/23", day)
    return Payload(TICKER.name, request, body, received_at or over)


def heard(*connections: list[bytes]) -> Hours:
    hours = Hours("BTC-USD")
    for number, messages in enumerate(connections):
        hours.opened(f"{number}", opening(f"{number}", MIDNIGHT))
        for raw in messages:
            hours.heard(raw)
    return hours


def closes(*connections: list[bytes]) -> dict[int, float]:
    return heard(*connections).closes(DAY)


def candle(hour: datetime, price: float = 60_000.0, **cells: float) -> list[float]:
    told = {
        "time": int(hour.timestamp()), "low": price - 50, "high": price + 50,
        "open": price - 10, "close": price, "volume": 12.5,
    } | cells  # fmt: skip
    return list(told.values())


def candles(day: date = DAY) -> list[list[float]]:
    """A whole day, newest first."""
    midnight = datetime.combine(day, datetime.min.time(), UTC)
    return [candle(midnight + timedelta(hours=hour), 60_000.0 + hour) for hour in range(24)][::-1]


def told_by_rest(records: object, day: date = DAY, received_at: datetime | None = None) -> Payload:
    """An answer as `Candles` keeps it."""
    over = datetime.combine(day, datetime.min.time(), UTC) + timedelta(days=2)
    request = request_of("BTC-USD/candles", day)
    return Payload(Candles().name, request, json.dumps(records).encode(), received_at or over)


def lines_of(path: Path) -> list[bytes]:
    return [line for line in path.read_bytes().split(b"\n") if line]


def _time(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
