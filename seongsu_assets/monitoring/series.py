"""Series that the unit tests of the rules are given, in promtool's words: one value a minute.
No rule and no expectation here."""

from seongsu_assets.metrics import api
from seongsu_assets.metrics import families as f
from seongsu_assets.monitoring.case import Series

HERE, THERE = {"domain": "here"}, {"domain": "there"}
TRAIN = {"domain": "here", "stage": "train"}


def wape(ours: str, naive: str) -> Series:
    return {
        f.LIVE_WAPE.where(domain="here", forecaster="ours", horizon="1"): ours,
        f.LIVE_WAPE.where(domain="here", forecaster="seasonal_naive", horizon="1"): naive,
    }


def slots(count: str) -> Series:
    return {f.LIVE_SLOTS.where(domain="here", horizon="1"): count}


def covered(share: str) -> Series:
    return {f.LIVE_COVERAGE.where(domain="here", horizon="1"): share}


def answers(calls: str, good: str) -> Series:
    return {
        f.CALLS.where(provider="town"): calls,
        f.ANSWERS.where(provider="town", status="2xx"): good,
    }


def today(used: str, allowed: str) -> Series:
    return {
        f.CALLS_TODAY.where(provider="town"): used,
        f.CALLS_LIMIT.where(provider="town"): allowed,
    }


def served(good: str, failed: str) -> Series:
    return {
        api.REQUESTS.where(route="/forecast", status="2xx"): good,
        api.REQUESTS.where(route="/predict", status="5xx"): failed,
    }


def heap(within: str, count: str) -> Series:
    """A histogram of run durations: so many within 15 s, so many in all."""
    labels = {"domain": "here", "stage": "train"}
    return {
        f.RUN_SECONDS.where(part="bucket", le="5", **labels): "0x60",
        f.RUN_SECONDS.where(part="bucket", le="15", **labels): within,
        f.RUN_SECONDS.where(part="bucket", le="+Inf", **labels): count,
    }
