"""A small world of weeks: a chain of three shops, generated, that has run once through the graph.
No assertion is made here."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import dagster as dg
import pytest

from seongsu_assets import clock
from seongsu_assets.domain import Domain
from seongsu_assets.domains.weekly_sales import SALES, WEEKLY_SALES
from seongsu_assets.plan import Tuning
from seongsu_assets.sources.long_table import LongFiles
from seongsu_assets.sources.sales_sample import Sample
from seongsu_assets.warehouse.embedded import Server
from seongsu_assets_tests.conftest import database
from seongsu_assets_tests.world import World

#: The newest week that is over, by its first day; the clock stands on the morning after it.
LAST = date(2025, 6, 7)
NOW = "2025-06-14T08:00:00-04:00"
SHOPS, DEPARTMENTS = 3, 6


def small_chain(folder: Path) -> Domain:
    """Weekly sales of few departments, with a drop folder of its own and few trees."""
    inbox = folder / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    tuning = Tuning(leaves=7, rounds=40, rate=0.1, rows_in_leaf=20, half_life_days=1_000.0)
    return replace(
        WEEKLY_SALES,
        sources=[LongFiles(inbox, SALES)],
        sample=Sample(SALES, clock=clock.now, stores=SHOPS, departments=DEPARTMENTS),
        fewest=SHOPS * DEPARTMENTS - 2,
        plan=replace(WEEKLY_SALES.plan, tuning=tuning),
    )


@pytest.fixture(scope="module")
def chain(
    server: Server, template: str, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[World]:
    """The chain, run once on generated data up to LAST."""
    folder = tmp_path_factory.mktemp("chain")
    with (
        pytest.MonkeyPatch.context() as patch,
        database(server, template, worker_id) as url,
        dg.DagsterInstance.ephemeral() as instance,
    ):
        patch.setenv("SEONGSU_NOW", NOW)
        world = World(small_chain(folder), url, folder, instance)
        world.pipeline(LAST).run()
        yield world
