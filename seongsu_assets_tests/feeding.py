"""Feeds asked and judged as the platform does it, for tests of their sources.
No expectation of any one source here."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import pandas as pd
from pydantic import SecretStr

from seongsu_assets import validation
from seongsu_assets.domain import Payload, Source, Window
from seongsu_assets.outside import Absence, Answer, Provider
from seongsu_assets.sources.http import Door
from seongsu_assets_tests.upstream import KEYS, KST, Upstream

#: Faults of the wire that every feed of the city tells in the same way, and what each means.
FAULTS: tuple[tuple[str, Mapping[str, Any], str], ...] = (
    ("down", {}, "outage"),
    ("http_500", {}, "outage"),
    ("http_503", {}, "outage"),
    ("rate_limited", {}, "outage"),
    ("html_page", {}, "outage"),
    ("empty_body", {}, "outage"),
    ("cut_json", {}, "outage"),
    ("xml_error", {"code": "INFO-100"}, "bad key"),
    ("xml_error", {"code": "ERROR-336"}, "refused"),
    ("code", {"code": "ERROR-500"}, "outage"),
    ("code", {"code": "ERROR-600"}, "outage"),
    ("code", {"code": "ERROR-601"}, "refused"),
    ("code", {"code": "ERROR-336"}, "refused"),
    ("code", {"code": "ERROR-999"}, "refused"),
    ("quota", {}, "quota"),
    ("bad_key", {}, "bad key"),
)


def right_key(setting: str) -> str | None:
    return KEYS.get(setting.removesuffix("_key"))


class _Forgets:
    """A journal that counts no call and keeps no answer."""

    def spend(self, provider: Provider, now: datetime) -> bool:  # noqa: ARG002 - see above
        return True

    def keep(self, provider: Provider, answer: Answer) -> None: ...


def today(upstream: Upstream) -> Window:
    """The upstream's day, in Seoul."""
    day = upstream.now.astimezone(KST).date()
    return Window(day, day)


def ask(
    source: Source,
    upstream: Upstream,
    window: Window | None = None,
    key: Callable[[str], str | None] = right_key,
) -> list[Payload | Absence]:
    """What a fetch brings over HTTP; of today and with the right keys unless others are given."""

    def secret(setting: str) -> SecretStr | None:
        return SecretStr(found) if (found := key(setting)) else None

    wait_not = {"sleep": lambda _seconds: None}
    with Door(_Forgets(), secret, lambda: upstream.now, upstream.url, **wait_not) as web:
        return list(source.fetch(window or today(upstream), web))


def payload(source: Source, upstream: Upstream, window: Window | None = None) -> Payload:
    """The one payload that a fetch brings."""
    (brought,) = ask(source, upstream, window)
    assert isinstance(brought, Payload), brought
    return brought


def meanings(
    source: Source,
    upstream: Upstream,
    window: Window | None = None,
    key: Callable[[str], str | None] = right_key,
) -> list[tuple[date, str]]:
    """The absences that a fetch brings where it brings nothing else."""
    brought = ask(source, upstream, window, key)
    assert all(isinstance(each, Absence) for each in brought), brought
    return [(each.business_date, each.meaning) for each in brought if isinstance(each, Absence)]


def broken(source: Source, *payloads: Payload) -> list[set[str]]:
    """The claims of the source's contract that each payload breaks."""
    assert source.terms
    facts = pd.DataFrame([dict(source.parse(each).facts) for each in payloads])
    results = validation.check(facts, source.terms.contract)
    return [
        {result.expectation.claim for result in results if place in result.rows}
        for place in range(len(payloads))
    ]


def blocking(source: Source) -> set[str]:
    """The claims that keep a payload's readings out."""
    assert source.terms
    return {each.claim for each in source.terms.contract if each.blocking}
