"""The search for a tuning: it finds what is there, sees nothing of the holdout, and doubts itself.
Most worlds here are drawn: how good a tuning is in them is known; the last is fitted."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pytest

from seongsu_assets.domain import Plan
from seongsu_assets.errors import NotEnoughHistory, SeongsuError
from seongsu_assets.forecasting import baselines, rolling, tuning
from seongsu_assets.forecasting.point import Shape
from seongsu_assets.plan import Tuning
from seongsu_assets_tests.ridership import HOURS, SERIES, calendar, days, station

OBSERVATIONS = station("2023-06-01")
TRUTH = baselines.with_total(OBSERVATIONS, SERIES, "total").set_index(
    ["series", "business_date", "hour"]
)["value"]
TUNED_ON = days("2023-08-06", "2023-08-27", 7)
HELD_OUT = days("2023-09-03", "2023-10-22", 7)
PLAN = Plan(train_days=60, minimum_days=20, look_back_days=42, memory_years=0)
#: How far a forecast is from the truth, as a part of it: of a tuning at each of these origins.
Miss = Callable[[Tuning, pd.Series], pd.Series]


@dataclass(frozen=True)
class Drawn:
    """A model that misses the truth by as much as its tuning makes it."""

    tuning: Tuning
    miss: Miss

    def medians(self, features: pd.DataFrame, _total: str) -> pd.DataFrame:
        rows = features[["origin", "business_date", "hour"]].drop_duplicates()
        rows = rows.assign(series="total")
        keys = pd.MultiIndex.from_frame(rows[["series", "business_date", "hour"]])
        truth = TRUTH.reindex(keys).to_numpy()
        return rows.assign(point=truth * (1 + self.miss(self.tuning, rows["origin"]).to_numpy()))


def rounds_matter(tried: Tuning, origins: pd.Series, best: object = 300) -> pd.Series:
    """So many rounds are best; no two origins are alike."""
    return abs(np.log(tried.rounds / pd.Series(best, index=origins.index))) * (1 + origins.dt.day)


def rounds_mattered(tried: Tuning, origins: pd.Series) -> pd.Series:
    """As before, until every other origin of the holdout asks for what was declared."""
    turned = (origins >= HELD_OUT[0]) & (origins.dt.isocalendar().week % 2 == 0)
    return rounds_matter(tried, origins, np.where(turned, 2, 300))


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch):
    """Runs a search where models are `Drawn`."""

    def run(miss: Miss, **wanted: object) -> tuning.Found:
        def fit(_rows: object, shape: Shape, **_: object) -> Drawn:
            return Drawn(shape.plan.tuning, miss)

        monkeypatch.setattr(rolling.point, "fit", fit)
        monkeypatch.setattr(rolling.model, "medians", Drawn.medians)
        return searched(**wanted)

    return run


def searched(observations: pd.DataFrame = OBSERVATIONS, **wanted: object) -> tuning.Found:
    options: dict[str, object] = {
        "plan": replace(PLAN, tuning=Tuning(rounds=2)), "tuned_on": TUNED_ON, "held_out": HELD_OUT,
        "lag_days": 1, "hours": HOURS, "series": SERIES, "total": "total", "trials": 25,
    }  # fmt: skip
    return tuning.search(observations, calendar(), **(options | wanted))


def test_from_absurd_rounds_it_finds_better_ones_and_later_origins_agree(world) -> None:
    result = world(rounds_matter)
    assert result.declared == Tuning(rounds=2)
    assert 200 < result.found.rounds < 450
    assert result.tuned_on.found < result.tuned_on.declared / 5
    assert result.held_out.found < result.held_out.declared / 5
    assert result.held_out.paired.origins == len(HELD_OUT)
    assert result.better


def test_the_same_seed_finds_the_same_and_another_seed_another(world) -> None:
    assert world(rounds_matter, trials=8) == world(rounds_matter, trials=8)
    assert world(rounds_matter, trials=8).found != world(rounds_matter, trials=8, seed=1).found


def test_what_is_better_where_it_was_found_only_is_not_recommended(world) -> None:
    result = world(rounds_mattered)
    assert result.found != result.declared
    assert result.tuned_on.paired.low > 0
    assert result.held_out.paired.low <= 0
    assert not result.better


def test_too_few_origins_held_out_to_know_chance_recommend_nothing(world) -> None:
    result = world(rounds_matter, held_out=HELD_OUT[:2], trials=8)
    assert result.held_out.found < result.held_out.declared
    assert np.isnan(result.held_out.paired.p)
    assert not result.better


def test_where_nothing_is_better_the_declared_is_what_was_found(world) -> None:
    result = world(rounds_matter, plan=replace(PLAN, tuning=Tuning(rounds=300)), trials=6)
    assert result.found == result.declared == Tuning(rounds=300)
    assert result.held_out.paired.difference == 0
    assert not result.better


def test_what_is_found_can_be_written_down_and_is_what_was_scored(world) -> None:
    found = world(rounds_matter, trials=8).found
    assert eval(str(found), {"Tuning": Tuning}) == found
    assert max(map(len, map(str, vars(found).values()))) <= 7


def test_a_target_of_both_windows_is_judged_in_the_later_one_only(world) -> None:
    apart = world(rounds_matter, trials=1)
    near = world(rounds_matter, trials=1, held_out=days("2023-08-28", "2023-10-22", 7))
    slots = PLAN.horizon * len(HOURS)
    assert apart.tuned_on.rows == len(TUNED_ON) * slots
    assert near.tuned_on.rows == (len(TUNED_ON) - 1) * slots + len(HOURS)


def test_a_holdout_that_is_not_later_is_refused() -> None:
    for held_out in (TUNED_ON[-1:], []):
        with pytest.raises(SeongsuError, match="must be later"):
            searched(held_out=held_out)


def test_a_holdout_without_truths_is_refused(world) -> None:
    with pytest.raises(NotEnoughHistory, match="2023-12-03"):
        world(rounds_matter, held_out=days("2023-12-03", "2023-12-10"), trials=1)


@pytest.fixture(scope="module")
def fitted() -> tuning.Found:
    return really(OBSERVATIONS)


def really(observations: pd.DataFrame) -> tuning.Found:
    """With the model itself, from trees that learn their rows by heart."""
    absurd = Tuning(leaves=63, rounds=50, rate=1.0, rows_in_leaf=2, ridge=0.1, dynamic_weight=0.0)
    return searched(
        observations, plan=replace(PLAN, tuning=absurd), tuned_on=TUNED_ON[:3],
        held_out=HELD_OUT[:4], trials=3,
    )  # fmt: skip


def test_with_the_model_itself_absurd_trees_are_left_behind(fitted: tuning.Found) -> None:
    assert fitted.found != fitted.declared
    assert fitted.tuned_on.found < fitted.tuned_on.declared
    assert fitted.held_out.found < fitted.held_out.declared


def test_truths_of_the_holdout_change_nothing_that_is_found(fitted: tuning.Found) -> None:
    revised = OBSERVATIONS.copy()
    revised.loc[revised["business_date"] > HELD_OUT[0], "value"] *= 3
    again = really(revised)
    assert (again.found, again.tuned_on) == (fitted.found, fitted.tuned_on)
    assert again.held_out != fitted.held_out
