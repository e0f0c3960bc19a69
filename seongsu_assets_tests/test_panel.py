"""The learner of panels: what it may know, what it says, and that its text is what it was."""

import json

import numpy as np
import pandas as pd
import pytest

from seongsu_assets.errors import ModelError, NotEnoughHistory
from seongsu_assets.forecasting import learners
from seongsu_assets.forecasting.panel import features
from seongsu_assets.forecasting.panel.model import Panel, fit
from seongsu_assets.plan import Plan, Tuning

PLAN = Plan(
    learner="panel", horizon=7, minimum_days=30, train_days=200,
    tuning=Tuning(leaves=15, rounds=40, rate=0.1, rows_in_leaf=40),
)  # fmt: skip
HOURS, SERIES = (8, 18), tuple(f"s{n}" for n in range(8))
DAYS = pd.date_range("2023-01-02", periods=150)
LAST = DAYS[-1]


def calendar() -> pd.DataFrame:
    days = pd.date_range(DAYS[0] - pd.Timedelta(days=10), LAST + pd.Timedelta(days=20))
    off = days.dayofweek >= 5
    names = np.where(days.dayofweek == 5, "saturday", np.where(off, "sunday", "weekday"))
    return pd.DataFrame({"business_date": days, "off": off, "day_type": names, "kind": "ordinary"})


def counts(seed: int = 1) -> pd.DataFrame:
    """Sizes of 20 to 900, half on days off, a common shock of the day, and counting noise."""
    chance = np.random.default_rng(seed)
    size = np.geomspace(20, 900, len(SERIES))
    day = np.where(DAYS.dayofweek >= 5, 0.5, 1.0) * np.exp(chance.normal(0, 0.1, len(DAYS)))
    mean = day[:, None, None] * size[None, :, None] * np.array([1.0, 1.4])
    values = chance.poisson(mean).astype(float)
    index = pd.MultiIndex.from_product(
        [DAYS, SERIES, HOURS], names=["business_date", "series", "hour"]
    )
    return pd.DataFrame({"value": values.ravel()}, index=index).reset_index()


def built(rows: pd.DataFrame, origins: list[pd.Timestamp]) -> pd.DataFrame:
    return features.build(rows, calendar(), PLAN, origins, lag_days=1, hours=HOURS, series=SERIES)


@pytest.fixture(scope="module")
def learned() -> tuple[pd.DataFrame, Panel]:
    rows = counts()
    table = built(rows, list(pd.date_range(DAYS[20], LAST)))
    return rows, fit(table, rows, PLAN, total="total")


def test_nothing_newer_than_the_origin_changes_a_feature() -> None:
    rows, origin = counts(), DAYS[100]
    before = built(rows, [origin])
    changed = rows.assign(value=rows["value"].where(rows["business_date"] <= origin, 9999.0))
    pd.testing.assert_frame_equal(before, built(changed, [origin]))
    newest = rows.assign(value=rows["value"].where(rows["business_date"] != origin, 9999.0))
    assert not before.equals(built(newest, [origin]))


def test_an_origin_says_the_same_whatever_others_it_is_asked_with() -> None:
    rows = counts()
    alone, many = built(rows, [DAYS[100]]), built(rows, [DAYS[60], DAYS[100], DAYS[140]])
    mine = many[many["origin"] == DAYS[100]].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, mine)


def test_a_series_that_was_taken_away_is_forecast_no_more() -> None:
    rows = counts()
    gone = rows[(rows["series"] != "s3") | (rows["business_date"] < DAYS[60])]
    found = built(gone, [DAYS[140]])
    assert set(SERIES) - set(found["series"]) == {"s3"}


def test_it_errs_less_than_the_same_slot_last_week(learned: tuple[pd.DataFrame, Panel]) -> None:
    rows, _ = learned
    cut = DAYS[120]
    table = built(rows, list(pd.date_range(DAYS[20], cut)))
    model = fit(table, rows[rows["business_date"] <= cut], PLAN, total="total")
    origins = list(pd.date_range(cut, DAYS[142]))
    told = model.predict(built(rows, origins)).merge(rows, on=["series", "business_date", "hour"])
    before = rows.assign(business_date=rows["business_date"] + pd.Timedelta(days=7))
    told = told.merge(before, on=["series", "business_date", "hour"], suffixes=("", "_before"))
    ours = (told["q50"] - told["value"]).abs().mean()
    assert ours < 0.85 * (told["value_before"] - told["value"]).abs().mean()
    assert 0.65 < told["value"].between(told["q10"], told["q90"]).mean() < 0.95


def test_quantiles_rise_and_the_total_is_there_for_every_slot(
    learned: tuple[pd.DataFrame, Panel],
) -> None:
    rows, model = learned
    told = model.predict(built(rows, [LAST]))
    values = told.filter(regex="^q").to_numpy()
    assert (np.diff(values, axis=1) >= 0).all()
    assert (values >= 0).all()
    assert np.isfinite(values).all()
    assert (told["series"] == "total").sum() == PLAN.horizon * len(HOURS)
    assert len(told) == PLAN.horizon * len(HOURS) * (len(SERIES) + 1)


def test_a_series_that_is_new_is_forecast_by_what_it_did_lately(
    learned: tuple[pd.DataFrame, Panel],
) -> None:
    rows, model = learned
    other = pd.concat([rows, rows[rows["series"] == "s7"].assign(series="new")])
    table = features.build(
        other, calendar(), PLAN, [LAST], lag_days=1, hours=HOURS, series=(*SERIES, "new")
    )
    told = model.predict(table).query("hour == 18 and horizon == 1").set_index("series")["q50"]
    assert told["new"] == pytest.approx(told["s7"], rel=0.2)


def test_its_text_says_the_same(learned: tuple[pd.DataFrame, Panel]) -> None:
    rows, model = learned
    text, metadata = model.to_text()
    again = learners.read(text, json.loads(json.dumps(metadata)))
    table = built(rows, [LAST])
    pd.testing.assert_frame_equal(again.predict(table), model.predict(table))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), 99), (("text_sha256",), "0" * 64), (("total",), 5), (("weather",), 1),
        (("series",), ["b", "a"]), (("hours",), []), (("features",), ["level"]),
        (("trained_from",), "2999-01-01"), (("parts", "series"), [1.0]),
        (("parts", "horizons"), [0.0] * 7), (("whole", "sizes"), [2.0, 1.0]),
        (("plan", "learner"), "oracle"), (("plan", "horizon"), True), (("learner",), "oracle"),
    ],
)  # fmt: skip
def test_damaged_metadata_is_no_model(
    learned: tuple[pd.DataFrame, Panel], path: tuple[str, ...], value: object
) -> None:
    text, metadata = learned[1].to_text()
    told = json.loads(json.dumps(metadata))
    place = told
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    with pytest.raises(ModelError):
        learners.read(text, told)


def test_too_little_history_is_told() -> None:
    rows = counts()
    rows = rows[rows["business_date"] < DAYS[25]]
    with pytest.raises(NotEnoughHistory, match="30 are needed"):
        fit(built(rows, list(DAYS[15:24])), rows, PLAN, total="total")
