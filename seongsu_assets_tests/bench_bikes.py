"""Bikes: our forecasts and the earlier system's forest on the same rows of a time-ordered split.
`python -W ignore -m seongsu_assets_tests.bench_bikes FILE... [--from DAY]`; nothing is claimed."""

import sys
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seongsu_assets.cli.history import read
from seongsu_assets.cli.show import frame_table, say
from seongsu_assets.domains.paris_bikes import PARIS_BIKES
from seongsu_assets.forecasting.backtest import backtest

#: The study of the earlier system tests from this day on.
FIRST = "2023-12-04"
#: Days between two origins; models of ours learn anew every so many origins.
EVERY, RETRAIN = 3, 4
Array = NDArray[np.float64]


def judged(rows: pd.DataFrame, name: str) -> dict[str, object]:
    """R2 and errors over all rows, and the median R2 of a counter by itself: of counters that
    differ in size, a constant for each would have a share of the pooled R2 already."""
    truth, said = rows["truth"].to_numpy(), rows[name].to_numpy()
    by = rows.assign(e=(rows[name] - rows["truth"]) ** 2).groupby("series")
    spread = by["truth"].transform("var", ddof=0)
    own = 1 - by["e"].mean() / spread.groupby(rows["series"]).first()
    return {
        "forecast": name,
        "R2": 1 - ((truth - said) ** 2).sum() / ((truth - truth.mean()) ** 2).sum(),
        "RMSE": np.sqrt(((truth - said) ** 2).mean()),
        "MAE": np.abs(truth - said).mean(),
        "R2 of a counter": own[np.isfinite(own)].median(),
    }


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """What the earlier system forecast from: nothing of what was counted lately."""
    at, hour = rows["business_date"].dt, rows["hour"].to_numpy()
    circle = {
        f"{name}_{part}": turn(2 * np.pi * values / whole)
        for name, values, whole in (("hour", hour, 24), ("month", at.month.to_numpy(), 12))
        for part, turn in (("sin", np.sin), ("cos", np.cos))
    }
    return pd.DataFrame(
        {"weekday": at.dayofweek.to_numpy(), "day": at.day.to_numpy(), "year": at.year.to_numpy(),
         "series": rows["series"].to_numpy(), **circle}
    )  # fmt: skip


def forest(counts: pd.DataFrame, asked: pd.DataFrame) -> Array:
    """Fifty trees, at most twenty deep, on the counts before the test."""
    from sklearn.compose import make_column_transformer
    from sklearn.ensemble import RandomForestRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder

    model = make_pipeline(
        make_column_transformer(
            (OneHotEncoder(handle_unknown="ignore"), ["weekday", "series"]),
            remainder="passthrough",
        ),
        RandomForestRegressor(n_estimators=50, max_depth=20, random_state=42, n_jobs=2),
    )
    return model.fit(table(counts), counts["value"].to_numpy()).predict(table(asked))


def main() -> None:
    words = sys.argv[1:]
    first = pd.Timestamp(words.pop(words.index("--from") + 1) if "--from" in words else FIRST)
    files = [Path(word) for word in words if word != "--from"]
    began = time.monotonic()
    counts = read(PARIS_BIKES, files)
    last = counts["business_date"].max()
    origins = list(
        pd.date_range(first - pd.Timedelta(days=1), last - timedelta(days=1), freq=f"{EVERY}D")
    )
    rows = backtest(
        counts,
        PARIS_BIKES.covariates[0].build(_window(counts)),
        plan=PARIS_BIKES.plan,
        origins=origins,
        lag_days=PARIS_BIKES.lateness.lag_days,
        hours=[slot.hour for slot in PARIS_BIKES.cadence.slots],
        series=PARIS_BIKES.series,
        total=PARIS_BIKES.total,
        retrain_every=RETRAIN,
    )
    say(f"{len(counts):,} counts read, {len(origins)} origins: {time.monotonic() - began:.0f} s")
    rows = rows[rows["series"] != PARIS_BIKES.total].reset_index(drop=True)
    tell(rows, ("q50", "seasonal_naive"))
    began = time.monotonic()
    rows["forest"] = forest(counts[counts["business_date"] < first], rows)
    say(f"the forest: {time.monotonic() - began:.0f} s")
    tell(rows, ("forest",))


def tell(rows: pd.DataFrame, names: Sequence[str]) -> None:
    """The next day, and all days ahead."""
    for ahead in (1, PARIS_BIKES.plan.horizon):
        near = rows[rows["horizon"] <= ahead]
        told = pd.DataFrame([judged(near, name) for name in names])
        frame_table(f"{ahead} d ahead at most, {len(near):,} rows", told.round(3))
        inside = near["truth"].between(near["q10"], near["q90"]).mean()
        say(f"80 % range: {inside:.1%}")


def _window(counts: pd.DataFrame):
    from seongsu_assets.cli.evaluation import CALENDAR_DAYS
    from seongsu_assets.domain import Window

    around = timedelta(days=CALENDAR_DAYS)
    days = counts["business_date"]
    return Window(days.min().date() - around, days.max().date() + around)


if __name__ == "__main__":
    main()
