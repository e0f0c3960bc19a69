"""What one message of Coinbase's feed says: a trade, a heartbeat, a refusal, or nothing for us.
One message at a time; what several prove together is in `hours`."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

_PRICE = re.compile(r"[0-9]{1,12}(\.[0-9]{1,16})?")
#: Trades are numbered from 1 for each product; a number beyond this is not one.
_LARGEST_ID = 2**53


@dataclass(frozen=True)
class Trade:
    """The newest trade when a `ticker` was sent; `time` is the matching engine's, in UTC.

    Documented: a ticker is sent with every match, but one stands for a whole cascade of matches.
    So the numbers of two tickers in a row may lie apart without anything having been lost."""

    id: int
    time: datetime
    price: float


@dataclass(frozen=True)
class Heartbeat:
    """Sent once a second. Documented: its `last_trade_id` verifies that nothing was missed."""

    last_id: int
    time: datetime


@dataclass(frozen=True)
class Refusal:
    """An `error`: the server will not send what was asked for."""

    reason: str


@dataclass(frozen=True)
class Other:
    """Another product's, or of another type: documented is that new types may come at any time."""


Message = Trade | Heartbeat | Refusal | Other


def message(raw: bytes, product: str) -> Message:
    """What the message says. ValueError for what is no message, or torn."""
    said = _object(raw)
    match said.get("type"):
        case "error":
            return Refusal(f"{said.get('message', '')} {said.get('reason', '')}".strip())
        case "ticker" if said.get("product_id") == product:
            return Trade(_id(said, "trade_id"), _time(said), _price(said))
        case "heartbeat" if said.get("product_id") == product:
            return Heartbeat(_id(said, "last_trade_id"), _time(said))
        case str():
            return Other()
        case _:
            raise ValueError("has no type")


def _object(raw: bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(raw)
    except RecursionError:
        raise ValueError("is nested beyond reason") from None
    if not isinstance(said, dict):
        raise ValueError("is no object")  # noqa: TRY004 - of the message, not of our types
    return said


def _id(said: Mapping[str, Any], name: str) -> int:
    found = said.get(name)
    if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found < _LARGEST_ID:
        raise ValueError(f"{name} is no number of a trade")
    return found


def _time(said: Mapping[str, Any]) -> datetime:
    found = said.get("time")
    moment = datetime.fromisoformat(found) if isinstance(found, str) else None
    if moment is None or moment.tzinfo is None:
        raise ValueError("time is no instant")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("time is no instant") from None


def _price(said: Mapping[str, Any]) -> float:
    """Documented as decimal digits in quotes."""
    found = said.get("price")
    if not isinstance(found, str) or not _PRICE.fullmatch(found):
        raise ValueError("price is no price")
    price = float(found)
    if not 0 < price < math.inf:
        raise ValueError("price is no price")
    return price
