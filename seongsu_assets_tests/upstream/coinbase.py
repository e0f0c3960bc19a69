"""Coinbase's candles: newest first, the running hour among them, at most 300, and no key.
The prices are generated, by another seed than the sample's."""

from datetime import UTC, datetime, timedelta

from seongsu_assets.sources.coinbase.sample import generated
from seongsu_assets_tests.upstream.wire import Reply, as_json
from seongsu_assets_tests.upstream.world import Ask

SEED, PRODUCT = 7, "BTC-USD"
_HOUR, _MOST = 3600, 300


def answer(ask: Ask) -> Reply:
    asked = ask.request
    if asked.parts != ("products", PRODUCT, "candles"):
        return as_json({"message": "NotFound"}, 404)
    if asked.parameters.get("granularity") != str(_HOUR):
        return as_json({"message": "Unsupported granularity"}, 400)
    try:
        first, last = (datetime.fromisoformat(asked.parameters[name]) for name in ("start", "end"))
    except (KeyError, ValueError):
        return as_json({"message": "start and end are required here"}, 400)
    if (last - first) / timedelta(seconds=_HOUR) > _MOST:
        return as_json({"message": "granularity too small for the requested time range"}, 400)
    days = range((last.astimezone(UTC).date() - first.astimezone(UTC).date()).days, -1, -1)
    until = min(last, asked.at)
    candles = [
        candle
        for n in days
        for candle in generated(SEED, first.astimezone(UTC).date() + timedelta(days=n))
        if first.timestamp() <= candle[0] <= until.timestamp()
    ]
    return as_json(candles)
