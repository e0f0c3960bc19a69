"""The model: deterministic, coherent, and the same after being written and read.
No accuracy here; see test_backtest."""

import copy
import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from seongsu_assets.domain import Plan
from seongsu_assets.domains.seongsu import SEONGSU
from seongsu_assets.errors import ModelError, NotEnoughHistory
from seongsu_assets.forecasting import model, profile, trees
from seongsu_assets.forecasting.recipe import Recipe
from seongsu_assets.plan import Tuning
from seongsu_assets_tests.ridership import HOURS, PLAN, SERIES, calendar, days, station, table

NEWEST = days("2023-10-01", "2023-10-08")


@pytest.fixture(scope="module")
def observations():
    return station()


@pytest.fixture(scope="module")
def learned(observations):
    return table(observations, days("2023-02-01", "2023-10-08"))


@pytest.fixture(scope="module")
def fitted(learned, observations):
    return model.fit(learned, observations, PLAN)


@pytest.fixture(scope="module")
def asked(observations):
    return table(observations, NEWEST)


@pytest.fixture(scope="module")
def stored(fitted):
    text, metadata = fitted.to_text()
    return text, json.loads(json.dumps(metadata))


def test_the_same_inputs_give_the_same_bits(learned, observations, asked, fitted):
    again = model.fit(learned, observations, PLAN)
    assert again.to_text() == fitted.to_text()
    pd.testing.assert_frame_equal(again.predict(asked), fitted.predict(asked), check_exact=True)


def test_two_threads_grow_the_trees_of_one():
    random = np.random.default_rng(3)
    rows = random.normal(size=(2000, 4))
    target = rows[:, 0] + random.normal(size=2000)
    one, two = (
        trees.fit(rows, target, np.ones(2000), list("abcd"), seed=0, threads=threads)
        for threads in (1, 2)
    )
    assert np.array_equal(trees.predict(one, rows), trees.predict(two, rows))


def test_quantiles_are_ordered_finite_and_never_negative(fitted, asked):
    values = fitted.predict(asked)[["q10", "q50", "q90"]].to_numpy()
    assert np.isfinite(values).all()
    assert (values >= 0).all()
    assert (np.diff(values, axis=1) >= 0).all()


def test_what_was_given_back_makes_no_usual_profile_below_zero(observations):
    """Shops' weeks can be below zero; the warehouse takes no such forecast."""
    returned = observations.assign(
        value=observations["value"].where(observations["hour"] != 13, -3)
    )
    last = observations["business_date"].max()
    ahead = profile.usual(returned, calendar(), last, PLAN, lag_days=1)
    assert (ahead.loc[ahead["hour"] == 13, "q05"] == 0).all()
    assert (ahead.filter(like="q") >= 0).all(axis=None)


def test_a_forecast_that_is_less_sure_than_any_before_has_a_wider_range(fitted, asked):
    least = fitted.intervals.sure
    usual, doubtful = (
        fitted.predict(asked.assign(dynamic_spread=spread)) for spread in (least, 2 * least)
    )
    width = [np.log1p(rows["q90"]) - np.log1p(rows["q10"]) for rows in (usual, doubtful)]
    np.testing.assert_allclose(width[1], 2 * width[0], rtol=1e-6)
    np.testing.assert_allclose(doubtful["q50"], usual["q50"])
    unknown = fitted.predict(asked.assign(dynamic_spread=np.nan))
    np.testing.assert_allclose(unknown["q90"], usual["q90"])


def test_the_median_of_the_total_is_the_sum_of_the_directions(fitted, asked):
    answer = fitted.predict(asked)
    keys = ["origin", "business_date", "hour"]
    parts = answer[answer["series"] != "total"].groupby(keys)["q50"].sum()
    total = answer[answer["series"] == "total"].set_index(keys)["q50"]
    assert len(total) == len(NEWEST) * PLAN.horizon * len(HOURS)
    np.testing.assert_allclose(total.sort_index(), parts.sort_index(), rtol=1e-9)


def test_a_part_is_never_passed_off_as_the_total(fitted, asked):
    lone = asked[(asked["series"] == "boarding") | (asked["hour"] != 8)]
    total = fitted.predict(lone).query("series == 'total'")
    assert set(total["hour"]) == set(HOURS) - {8}


def test_an_hour_that_was_never_trained_has_no_forecast(fitted, asked):
    strange = asked.assign(hour=asked["hour"].replace(23, 24))
    assert set(fitted.predict(strange)["hour"]) == set(HOURS) - {23}


def test_a_series_that_was_never_trained_is_refused(fitted, asked):
    with pytest.raises(ModelError, match="transfer"):
        fitted.predict(asked.assign(series="transfer"))


def test_too_little_history_is_refused(learned, observations):
    few = observations[observations["business_date"] < "2023-04-01"]
    with pytest.raises(NotEnoughHistory, match="120 are needed"):
        model.fit(learned, few, PLAN)


def test_a_model_read_from_text_forecasts_the_same(fitted, stored, asked):
    again = model.Model.from_text(*stored)
    pd.testing.assert_frame_equal(again.predict(asked), fitted.predict(asked), check_exact=True)
    assert (again.trained_from, again.trained_to) == (fitted.trained_from, fitted.trained_to)


def test_a_damaged_text_is_refused(stored):
    text, metadata = stored
    for damaged in (text[: len(text) // 2], text.replace("leaf_value=", "leaf_value=9", 1), ""):
        with pytest.raises(ModelError):
            model.Model.from_text(damaged, metadata)


def damage(**wrong):
    return lambda metadata: metadata | wrong


def mistuned(**wrong):
    def spoil(metadata):
        metadata["plan"]["tuning"] |= wrong
        return metadata

    return spoil


def untuned(metadata):
    del metadata["plan"]["tuning"]
    return metadata


def half_tuned(metadata):
    del metadata["plan"]["tuning"]["dynamic_weight"]
    return metadata


def with_nan(metadata):
    metadata["coefficients"][0][0] = float("nan")
    return metadata


def without_scale(metadata):
    del metadata["scale"]
    return metadata


@pytest.mark.parametrize(
    "spoil",
    [
        damage(format=1),
        damage(features=["hour"]),
        damage(series=[*SERIES, "third"]),
        damage(hours=[8, 6]),
        damage(weather="yes"),
        damage(plan={"horizon": "7"}),
        damage(trained_from="2099-01-01"),
        damage(trained_to="yesterday"),
        damage(scores=[]),
        damage(total="boarding"),
        with_nan,
        without_scale,
        untuned,
        half_tuned,
        mistuned(leaves=15.0),
        mistuned(rounds=True),
        mistuned(rate="0.05"),
        mistuned(ridge=0.0),
        mistuned(dynamic_weight=1.1),
        mistuned(depth=3),
    ],
)
def test_damaged_metadata_is_refused(stored, spoil):
    text, metadata = stored
    with pytest.raises(ModelError):
        model.Model.from_text(text, spoil(copy.deepcopy(metadata)))


def test_a_model_keeps_the_tuning_that_it_was_made_with(learned, observations, asked, fitted):
    tuning = Tuning(leaves=4, rounds=20, rate=0.2, rows_in_leaf=40, ridge=2, dynamic_weight=1.0)
    own = model.fit(learned, observations, replace(PLAN, tuning=tuning))
    text, metadata = own.to_text()
    again = model.Model.from_text(text, json.loads(json.dumps(metadata)))
    assert again.point.shape.plan.tuning == tuning
    assert again.point.booster.num_trees() == 20
    pd.testing.assert_frame_equal(again.predict(asked), own.predict(asked), check_exact=True)
    parts = own.predict(asked).query("series != 'total'")
    both = parts.merge(asked[["origin", "series", "business_date", "hour", "dynamic"]])
    np.testing.assert_allclose(both["q50"], np.expm1(both["dynamic"]))  # it alone counts
    assert not own.predict(asked)["q50"].equals(fitted.predict(asked)["q50"])


def test_a_tuning_is_part_of_the_plan_and_of_the_recipe():
    tuned = Recipe.of(replace(SEONGSU, plan=Plan(tuning=Tuning(half_life_days=300.0))))
    assert Recipe.from_json(json.loads(json.dumps(tuned.as_json()))) == tuned
    assert repr(tuned.plan) != repr(SEONGSU.plan)
    without = tuned.as_json()
    del without["plan"]["tuning"]
    with pytest.raises(ModelError, match="another version"):
        Recipe.from_json(without)


def test_the_model_follows_a_festival_it_has_seen_the_kind_of(observations, fitted):
    rows = table(observations, [pd.Timestamp("2023-09-26")])
    answer = fitted.predict(rows).query("series == 'total'").groupby("business_date")["q50"].sum()
    truth = observations.groupby("business_date")["value"].sum()
    feast = pd.Timestamp("2023-09-29")
    assert abs(answer[feast] / truth[feast] - 1) < 0.15
