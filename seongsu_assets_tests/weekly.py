"""A small world of weeks: a chain of three shops that has run once through the graph.
No assertion is made here."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import dagster as dg
import pandas as pd
import pytest

from seongsu_assets import clock
from seongsu_assets.domain import Domain
from seongsu_assets.domains.weekly_sales import SALES, WEEKLY_SALES
from seongsu_assets.plan import Tuning
from seongsu_assets.replay import injected
from seongsu_assets.sources.long_table import LongFiles
from seongsu_assets.sources.sales_sample import Sample
from seongsu_assets.warehouse.embedded import Server
from seongsu_assets_tests.conftest import database
from seongsu_assets_tests.world import World

#: The newest week that is over, by its first day; the weeks after it are kept back.
LAST, WEEKS, KEPT = date(2025, 6, 7), 156, 6
SHOPS, DEPARTMENTS = 3, 6


def small_chain(folder: Path) -> Domain:
    """Weekly sales of few departments, with a drop folder of its own and few trees."""
    tuning = Tuning(leaves=7, rounds=40, rate=0.1, rows_in_leaf=20, half_life_days=1_000.0)
    return replace(
        WEEKLY_SALES,
        sources=[LongFiles(injected.inbox_of(folder, WEEKLY_SALES), SALES)],
        sample=Sample(SALES, clock=clock.now, stores=SHOPS, departments=DEPARTMENTS),
        fewest=SHOPS * DEPARTMENTS - 2,
        plan=replace(WEEKLY_SALES.plan, tuning=tuning, horizon=4),
    )


def sold(domain: Domain) -> pd.DataFrame:
    """The sales of WEEKS weeks up to LAST, and of those kept back."""
    end = domain.cadence.later(LAST, KEPT)
    told = domain.sample.fetch(domain.cadence.up_to(end, WEEKS + KEPT))
    return pd.concat([domain.sample.parse(each).rows for each in told], ignore_index=True)


@pytest.fixture(scope="module")
def chain(
    server: Server, template: str, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[World]:
    """The chain, run once up to LAST; its clock stands on the morning after."""
    folder = tmp_path_factory.mktemp("chain")
    domain = small_chain(folder)
    with (
        pytest.MonkeyPatch.context() as patch,
        database(server, template, worker_id) as url,
        dg.DagsterInstance.ephemeral() as instance,
    ):
        patch.setenv(clock.VARIABLE, "2025-12-01T12:00:00+00:00")
        rows = sold(domain)
        injected.withhold(folder, domain, rows, KEPT)
        patch.setenv(clock.VARIABLE, f"@{injected.clock_of(folder)}")
        world = World(domain, url, folder, instance)
        world.pipeline(LAST).run()
        yield world
