"""The forecast of the last weeks of real sales, beside last year's and the prior system's model on
the very same rows: WAPE and RMSE by weeks ahead. No assertion here.

    python -m seongsu_assets_tests.bench_sales [WEEKS]"""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from seongsu_assets.cli.evaluation import question
from seongsu_assets.cli.history import read
from seongsu_assets.cli.show import frame_table
from seongsu_assets.domains.weekly_sales import SALES, WEEKLY_SALES
from seongsu_assets.forecasting import contenders, scores
from seongsu_assets.forecasting.backtest import backtest
from seongsu_assets_tests.official import shared_data

#: What the prior system's model knew of a row, the week's own weather and prices included: nobody
#: knows those ahead, but it was judged with them.
FEATURES = [
    "Store", "Dept", "IsHoliday", "Temperature", "Fuel_Price", "CPI", "Unemployment", "year",
    "month",
]  # fmt: skip
TREES, SEED = 300, 42
WEEKS = 17


def prior(folder: Path, first: pd.Timestamp) -> pd.DataFrame:
    """What the prior system's model says of every week from `first` on, fitted on all before it:
    series, business_date, prior."""
    from lightgbm import LGBMRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    sold = pd.read_parquet(folder / "train_2010-02_to_2012-06.parquet")
    other = pd.read_csv(folder / "features_to_2012-06.csv").drop(columns="IsHoliday")
    sold["Date"] = sold["Date"].astype(str)
    rows = sold.merge(other, on=["Store", "Date"], how="left", validate="many_to_one")
    ends = pd.to_datetime(rows["Date"])
    rows = rows.assign(year=ends.dt.year, month=ends.dt.month, IsHoliday=rows["IsHoliday"] * 1)
    day = ends - pd.Timedelta(days=SALES.step - 1)
    before = day < first
    model = make_pipeline(
        StandardScaler(),
        LGBMRegressor(n_estimators=TREES, random_state=SEED, n_jobs=1, verbosity=-1),
    )
    model.fit(rows.loc[before, FEATURES].to_numpy(), rows.loc[before, "Weekly_Sales"])
    asked = rows[~before]
    series = asked["Store"].astype(str) + "-" + asked["Dept"].astype(str)
    told = model.predict(asked[FEATURES].to_numpy())
    return pd.DataFrame({"series": series, "business_date": day[~before], "prior": told})


def ours(folder: Path, weeks: int) -> pd.DataFrame:
    """The scored rows of the last `weeks` weeks, from every origin that forecasts one of them."""
    rows = read(WEEKLY_SALES, [folder / "train_2010-02_to_2012-06.parquet"])
    plan, newest = WEEKLY_SALES.plan, rows["business_date"].max()
    many = weeks + plan.horizon - 1
    origins = [newest - plan.span(back) for back in range(many, 0, -1)]
    asked = question(WEEKLY_SALES, origins, (rows["business_date"].min(), newest), lag_days=1)
    scored = backtest(
        rows, asked.calendar, plan=plan, origins=origins, lag_days=1, hours=[0], series=(),
        total=WEEKLY_SALES.total, crowding=WEEKLY_SALES.levels,
    )  # fmt: skip
    return scored[scored["business_date"] > newest - plan.span(weeks)]


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """A line for every number of weeks ahead and for all: WAPE % and RMSE of each, and the share
    inside the 80 % range."""
    names = ["q50", *contenders.present(rows), *(["prior"] if "prior" in rows else [])]
    parts: list[tuple[str, pd.DataFrame]] = [(str(n), p) for n, p in rows.groupby("horizon")]
    lines: list[dict[str, Any]] = []
    for ahead, part in [*parts, ("all", rows)]:
        line: dict[str, Any] = {"ahead": ahead, "rows": len(part)}
        for name in names:
            line[name] = f"{100 * scores.wape(part, name):.2f} {scores.rmse(part, name):,.0f}"
        lines.append(line | {"inside": round(100 * scores.coverage(part), 1)})
    return pd.DataFrame(lines)


def main(weeks: int) -> None:
    shared = shared_data()
    if shared is None:
        raise SystemExit("the folder of real files (../shared/data) is absent")
    folder = shared / "weekly_sales"
    scored = ours(folder, weeks)
    whole = scored["series"] == WEEKLY_SALES.total
    first = scored["business_date"].min()
    parts = scored[~whole].merge(prior(folder, first), on=["series", "business_date"], how="left")
    known = np.isfinite(parts["prior"].to_numpy(dtype=np.float64))
    names = ("q50", "prior")
    frame_table(
        f"each department, {weeks} weeks from {first:%Y-%m-%d}", table(parts[known]), whole=names
    )
    frame_table("the chain's total", table(scored[whole]), whole=names[:1])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else WEEKS)
