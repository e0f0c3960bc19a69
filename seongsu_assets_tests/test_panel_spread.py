"""How wide a panel's ranges are: measured by size only where every size has truths enough.
What a panel forecasts is in `test_panel`."""

import numpy as np
import pandas as pd
import pytest

from seongsu_assets.forecasting.panel import spread

QUANTILES = (0.1, 0.5, 0.9)


def scored(days: int, hours: int) -> pd.DataFrame:
    """One series, each slot forecast at fourteen horizons, all of them as wrong as the day is."""
    chance = np.random.default_rng(5)
    index = pd.MultiIndex.from_product(
        [pd.date_range("2024-01-01", periods=days), range(hours), range(1, 15)],
        names=["business_date", "hour", "horizon"],
    )
    rows = index.to_frame(index=False).assign(series=0)
    wrong = pd.Series(chance.normal(0, 0.05, days * hours)).repeat(14).to_numpy()
    size = pd.Series(chance.normal(5, 0.3, days * hours)).repeat(14).to_numpy()
    return rows.assign(point=size, truth=size + wrong)


@pytest.mark.parametrize(("days", "hours", "tables"), [(56, 1, 1), (56, 24, 12), (10, 1, 1)])
def test_few_truths_have_one_table_however_often_they_were_forecast(
    days: int, hours: int, tables: int
) -> None:
    known = spread.fit(scored(days, hours), QUANTILES, 1, 14, centred=False)
    assert len(known.sizes) == tables
    assert (np.diff(known.sizes) > 0).all()
    assert (np.diff(known.table, axis=1) > 0).all()
