"""Panels that Dask's workers learn together: as right as one process, and no hang where one dies.
Time, memory and real data are in `bench_together`."""

import time
from collections.abc import Iterator
from dataclasses import replace
from threading import Timer

import numpy as np
import pandas as pd
import pytest

pytest.importorskip("distributed", reason="dask is absent: no panel can be learned together")

from seongsu_assets import clusters
from seongsu_assets.domains.paris_bikes import PARIS_BIKES
from seongsu_assets.errors import ClusterError, ModelError
from seongsu_assets.forecasting import learners, sameness
from seongsu_assets.forecasting.growing import Here
from seongsu_assets.forecasting.panel.model import Panel
from seongsu_assets.forecasting.recipe import Recipe
from seongsu_assets.settings import settings
from seongsu_assets_tests.dasked import Dask, dask
from seongsu_assets_tests.test_panel import DAYS, LAST, PLAN, built, counts

DOMAIN = replace(PARIS_BIKES, plan=PLAN)
ALONE = Recipe.of(DOMAIN)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    with dask(tmp_path_factory.mktemp("dask")) as found:
        yield found


@pytest.fixture
def named(cluster: Dask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Dask]:
    """The cluster, named in the settings."""
    monkeypatch.setenv("SEONGSU_DASK", cluster.address)
    settings.cache_clear()
    yield cluster
    settings.cache_clear()


def rows_to(cut: pd.Timestamp) -> tuple[pd.DataFrame, pd.DataFrame]:
    rows = counts()
    table = built(rows, list(pd.date_range(DAYS[20], cut)))
    return table, rows[rows["business_date"] <= cut]


def learned(table: pd.DataFrame, known: pd.DataFrame) -> tuple[Recipe, Panel]:
    with clusters.joined(spread=True) as grower:
        recipe = Recipe.of(DOMAIN, 1, grower)
        return recipe, recipe.fit(table, known, grower)  # type: ignore[return-value]


def error(model: Panel) -> float:
    told = model.predict(built(counts(), list(pd.date_range(DAYS[120], DAYS[142]))))
    both = told.merge(counts(), on=["series", "business_date", "hour"])
    return float((both["q50"] - both["value"]).abs().mean())


@pytest.mark.usefixtures("named")
def test_two_workers_err_as_one_process_and_do_it_again_to_the_same_numbers() -> None:
    table, known = rows_to(DAYS[120])
    recipe, together = learned(table, known)
    alone = ALONE.fit(table, known)
    assert isinstance(alone, Panel)
    assert recipe.workers == 2
    assert error(together) == pytest.approx(error(alone), rel=0.01)
    _, again = learned(table, known)
    assert sameness.of_models(together.to_text(), again.to_text()) < 1e-9
    text, metadata = together.to_text()
    assert "127.0.0.1" not in text
    assert error(learners.read(text, metadata)) == error(together)  # type: ignore[arg-type]
    kept = Recipe.from_json(recipe.as_json())
    with pytest.raises(ModelError, match="set SEONGSU_DASK to a scheduler with 2 workers"):
        kept.fit(table, known)


@pytest.mark.usefixtures("named")
def test_all_rows_are_learned_from_where_one_process_would_take_some() -> None:
    assert Here().most_rows == 1_000_000
    with clusters.joined(spread=True) as grower:
        assert grower is not None
        assert grower.most_rows is None
        assert grower.parts(1_000_001) == 6


def test_without_a_name_nobody_is_asked() -> None:
    with clusters.joined(spread=True) as grower:
        assert grower is None


@pytest.mark.usefixtures("named")
def test_a_learner_whose_rows_are_not_spread_learns_alone() -> None:
    with clusters.joined(spread=False) as grower:
        assert grower is None


@pytest.mark.timeout(300)
def test_a_worker_that_is_killed_while_it_learns_is_a_clear_error_and_the_next_try_does_it(
    named: Dask,
) -> None:
    table, known = rows_to(LAST)
    long = replace(DOMAIN, plan=replace(PLAN, tuning=replace(PLAN.tuning, rounds=100_000)))
    killing = Timer(6, lambda: named.kill(0))
    killing.start()
    began = time.monotonic()
    with clusters.joined(spread=True) as grower, pytest.raises(ClusterError) as told:
        Recipe.of(long, 1, grower).fit(table, known, grower)
    waited = time.monotonic() - began
    assert "SEONGSU_DASK" in str(told.value)
    named.add()
    recipe, again = learned(table, known)
    assert waited < 60
    assert recipe.workers == 2
    assert np.isfinite(again.predict(built(counts(), [LAST]))["q50"]).all()
