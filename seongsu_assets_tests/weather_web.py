"""The sources of weather and holidays, asked of the upstream over HTTP and judged, for their tests.
No expectation of any one source here."""

from collections.abc import Callable
from datetime import date

import pandas as pd
from pydantic import SecretStr

from seongsu_assets import validation
from seongsu_assets.domain import Payload, Source, Window
from seongsu_assets.outside import Absence
from seongsu_assets.sources.http import Door
from seongsu_assets_tests.doors import Notes
from seongsu_assets_tests.upstream import KEYS, KST, Upstream


def right_key(setting: str) -> str | None:
    return KEYS.get(setting.removesuffix("_key"))


def ask(
    source: Source,
    upstream: Upstream,
    window: Window | None = None,
    key: Callable[[str], str | None] = right_key,
) -> list[Payload | Absence]:
    """What a fetch brings: of today, and with the right keys, unless others are given."""
    today = upstream.now.astimezone(KST).date()

    def secret(setting: str) -> SecretStr | None:
        return SecretStr(found) if (found := key(setting)) else None

    wait_not = {"sleep": lambda _seconds: None}
    with Door(Notes(10_000), secret, lambda: upstream.now, upstream.url, **wait_not) as web:
        return list(source.fetch(window or Window(today, today), web))


def payload(source: Source, upstream: Upstream, window: Window | None = None) -> Payload:
    """The one payload that a fetch brings."""
    (brought,) = ask(source, upstream, window)
    assert isinstance(brought, Payload), brought
    return brought


def meanings(
    source: Source, upstream: Upstream, window: Window | None = None
) -> list[tuple[date, str]]:
    """The absences that a fetch brings where it brings nothing else."""
    brought = ask(source, upstream, window)
    absences = [each for each in brought if isinstance(each, Absence)]
    assert absences == brought
    return [(each.business_date, each.meaning) for each in absences]


def broken(source: Source, answer: Payload) -> set[str]:
    """The claims of the source's contract that the payload breaks."""
    assert source.terms
    facts = pd.DataFrame([dict(source.parse(answer).facts)])
    results = validation.check(facts, source.terms.contract)
    return {each.expectation.claim for each in results if not each.success}
