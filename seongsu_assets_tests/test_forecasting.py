"""The model: deterministic, coherent, and the same after being written and read.
No accuracy here; see test_backtest."""

import copy
import json

import numpy as np
import pandas as pd
import pytest

from seongsu_assets.errors import ModelError, NotEnoughHistory
from seongsu_assets.forecasting import model, trees
from seongsu_assets_tests.ridership import HOURS, PLAN, SERIES, days, station, table

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


def with_nan(metadata):
    metadata["coefficients"][0][0] = float("nan")
    return metadata


def without_scale(metadata):
    del metadata["scale"]
    return metadata


@pytest.mark.parametrize(
    "spoil",
    [
        damage(format=2),
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
    ],
)
def test_damaged_metadata_is_refused(stored, spoil):
    text, metadata = stored
    with pytest.raises(ModelError):
        model.Model.from_text(text, spoil(copy.deepcopy(metadata)))


def test_the_model_follows_a_festival_it_has_seen_the_kind_of(observations, fitted):
    rows = table(observations, [pd.Timestamp("2023-09-26")])
    answer = fitted.predict(rows).query("series == 'total'").groupby("business_date")["q50"].sum()
    truth = observations.groupby("business_date")["value"].sum()
    feast = pd.Timestamp("2023-09-29")
    assert abs(answer[feast] / truth[feast] - 1) < 0.15
