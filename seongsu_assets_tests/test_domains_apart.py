"""Several domains in one code location: what fails in one leaves the others alone.
Each domain by itself is in the tests of its graph."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest

from seongsu_assets import clock, runs
from seongsu_assets.cli.pipeline import Pipeline, StageError
from seongsu_assets.domain import Domain, Window
from seongsu_assets.errors import SourceError
from seongsu_assets.incidents.data import look
from seongsu_assets.metrics.page import exposition
from seongsu_assets.status_page import status_page
from seongsu_assets.warehouse import incidents, published
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.built import LAST
from seongsu_assets_tests.world import World

NEXT = LAST + timedelta(days=1)


def broken(window: Window) -> pd.DataFrame:
    raise SourceError(f"no calendar of {window.first}", remedy="mend the calendar")


def failing(world: World) -> Domain:
    """A domain beside the world's own whose calendar cannot be made."""
    (calendar,) = world.domain.covariates
    bad = replace(calendar, build=broken, feed="", differences=None)
    return replace(world.domain, name="other", title="Other", covariates=(bad,))


def test_what_fails_in_one_domain_leaves_the_others_forecast_incidents_and_metrics(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEONGSU_NOW", "2025-06-17T07:00:00+09:00")
    other = failing(world)
    both = world.with_domains(world.domain, other)

    def live(domain: Domain) -> None:
        Pipeline(both, world.instance, world.url, domain, NEXT, lambda *_: None).run()

    with pytest.raises(StageError, match="no calendar of"):
        live(other)
    live(world.domain)
    assert [each.stage for each in runs.failing(world.instance, other)] == ["covariates"]
    assert list(runs.failing(world.instance, world.domain)) == []
    with connect(world.url) as conn:
        assert set(published.forecast(conn, world.domain.name).origin.dt.date) == {NEXT}
        now = clock.now()
        for domain in (other, world.domain):
            look(conn, domain, now)
        assert incidents.open_incidents(conn, world.domain.name) == []
        page = status_page(conn, world.instance, [world.domain, other], now)
        told = exposition(conn, world.instance, [world.domain, other], now).decode()
    assert "**Nothing is wrong.**" in page.partition("## Other")[0]
    assert 'seongsu_forecast_age_seconds{domain="seongsu"}' in told
    assert 'seongsu_forecast_age_seconds{domain="other"}' not in told
    assert 'seongsu_runs_total{domain="other",outcome="failure",stage="covariates"} 1.0' in told
