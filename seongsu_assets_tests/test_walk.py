"""The learner of prices: a random walk whose quantiles are measured."""

import json

import numpy as np
import pandas as pd
import pytest

from seongsu_assets.errors import ModelError
from seongsu_assets.forecasting import learners
from seongsu_assets.forecasting.walk import features
from seongsu_assets.forecasting.walk.model import Walk, fit
from seongsu_assets.plan import Plan

PLAN = Plan(learner="walk", horizon=1, minimum_days=30, train_days=300)
HOURS = range(24)
DAYS = pd.date_range("2024-01-01", periods=260)


def prices(seed: int = 3, swing: float = 0.006) -> pd.DataFrame:
    """A walk of `swing` an hour, twice as wild in every other week."""
    chance = np.random.default_rng(seed)
    wild = np.where(np.arange(len(DAYS)) // 7 % 2, 2.0, 1.0).repeat(24)
    logs = np.log(40_000) + np.cumsum(chance.normal(0, swing, len(wild)) * wild)
    index = pd.MultiIndex.from_product([DAYS, HOURS], names=["business_date", "hour"])
    rows = pd.DataFrame({"value": np.exp(logs)}, index=index).reset_index()
    return rows.assign(series="close")


def built(rows: pd.DataFrame, origins: list[pd.Timestamp]) -> pd.DataFrame:
    return features.build(
        rows, pd.DataFrame(), PLAN, origins, lag_days=1, hours=HOURS, series=("close",)
    )


def widths(told: pd.DataFrame) -> list[float]:
    """Of the 80 % range, in logs."""
    return np.log(told["q90"].to_numpy() / told["q10"].to_numpy()).tolist()


@pytest.fixture(scope="module")
def learned() -> tuple[pd.DataFrame, Walk]:
    rows = prices()
    known = rows[rows["business_date"] < DAYS[200]]
    return rows, fit(built(known, list(DAYS[10:199])), known, PLAN, total="close")


def test_days_that_rest_have_a_narrower_range_and_the_day_after_them_has_not() -> None:
    rows = prices()
    rested = rows["business_date"].dt.dayofweek.ge(5)
    logs = np.log(rows["value"])
    steps = logs.diff().fillna(0.0).where(~rested, logs.diff() / 5)
    rows["value"] = np.exp(logs.iloc[0] + steps.cumsum())
    model = fit(built(rows, list(DAYS[10:250])), rows, PLAN, total="close")
    friday = next(day for day in DAYS[200:] if day.dayofweek == 4)
    sunday = friday + pd.Timedelta(days=2)
    saturdays, mondays = (
        widths(model.predict(built(rows, [origin])))[-1] for origin in (friday, sunday)
    )
    assert saturdays < 0.7 * mondays


def test_the_median_is_the_newest_price(learned: tuple[pd.DataFrame, Walk]) -> None:
    rows, model = learned
    told = model.predict(built(rows, [DAYS[210]]))
    newest = rows[(rows["business_date"] == DAYS[210]) & (rows["hour"] == 23)]["value"].item()
    assert told["q50"].to_numpy() == pytest.approx(np.full(24, newest))
    assert told["business_date"].eq(DAYS[211]).all()


def test_the_range_grows_with_the_root_of_time(learned: tuple[pd.DataFrame, Walk]) -> None:
    rows, model = learned
    width = widths(model.predict(built(rows, [DAYS[210]])))
    assert width[23] / width[0] == pytest.approx(np.sqrt(24), rel=0.35)


def test_the_range_holds_as_often_as_it_says_in_calm_and_in_wild_weeks(
    learned: tuple[pd.DataFrame, Walk],
) -> None:
    rows, model = learned
    told = model.predict(built(rows, list(DAYS[200:258]))).merge(rows)
    inside = told["value"].between(told["q10"], told["q90"])
    assert 0.7 < inside.mean() < 0.9


def test_nothing_newer_than_the_origin_changes_a_feature() -> None:
    rows, origin = prices(), DAYS[100]
    before = built(rows, [origin])
    later = rows.assign(value=rows["value"].where(rows["business_date"] <= origin, 1.0))
    pd.testing.assert_frame_equal(before, built(later, [origin]))


def test_over_a_hole_the_walk_goes_on_from_before_it_and_is_less_sure(
    learned: tuple[pd.DataFrame, Walk],
) -> None:
    rows, model = learned
    holed = rows[(rows["business_date"] != DAYS[210]) | (rows["hour"] < 12)]
    whole, less = (model.predict(built(each, [DAYS[210]])) for each in (rows, holed))
    at_noon = rows[(rows["business_date"] == DAYS[210]) & (rows["hour"] == 11)]["value"].item()
    assert less["q50"].iloc[0] == pytest.approx(at_noon)
    assert widths(less)[0] > 2 * widths(whole)[0]


def test_its_text_says_the_same(learned: tuple[pd.DataFrame, Walk]) -> None:
    rows, model = learned
    text, metadata = model.to_text()
    again = learners.read(text, json.loads(json.dumps(metadata)))
    table = built(rows, [DAYS[210]])
    pd.testing.assert_frame_equal(again.predict(table), model.predict(table))


@pytest.mark.parametrize(
    ("name", "value"),
    [("format", 9), ("table", [[0.0]]), ("series", [1]), ("hours", [3, 2]), ("plan", {}),
     ("trained_to", "1999-01-01")],
)  # fmt: skip
def test_damaged_metadata_is_no_model(
    learned: tuple[pd.DataFrame, Walk], name: str, value: object
) -> None:
    text, metadata = learned[1].to_text()
    with pytest.raises(ModelError):
        learners.read(text, metadata | {name: value})
    with pytest.raises(ModelError):
        learners.read(text + " ", metadata)


def test_a_price_of_another_series_is_not_known(learned: tuple[pd.DataFrame, Walk]) -> None:
    rows, model = learned
    table = built(rows, [DAYS[210]]).assign(series="other")
    with pytest.raises(ModelError, match="does not know other"):
        model.predict(table)
