"""A small invented station for forecasting tests, and the real one where the shared data is.
No test here."""

from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from seongsu_assets.domain import Plan, Window
from seongsu_assets.forecasting import features
from seongsu_assets.sources.calendar import korean_calendar

SERIES = ("boarding", "alighting")
HOURS = (6, 8, 13, 18, 23)
PLAN = Plan(train_days=240)
FIRST, LAST = "2023-01-02", "2023-10-31"


@cache
def calendar() -> pd.DataFrame:
    return korean_calendar(Window(date(2022, 1, 1), date(2026, 6, 30)))


def station(first: str = FIRST, last: str = LAST, hours: tuple[int, ...] = HOURS) -> pd.DataFrame:
    """Observations with a weekly rhythm, holidays, growth and noise; the same on every call."""
    random = np.random.default_rng(7)
    days = calendar()[calendar()["business_date"].between(first, last)].reset_index(drop=True)
    size = np.where(days["off"], 500.0, 1000.0)
    size = np.where(days["day_type"] == "festival", 200.0, size) * 1.001 ** np.arange(len(days))
    grid = pd.MultiIndex.from_product(
        [SERIES, days["business_date"], hours], names=["series", "business_date", "hour"]
    )
    of_hour = 1 + np.arange(len(hours)) / len(hours)
    mean = np.multiply.outer([1.0, 0.8], np.multiply.outer(size, of_hour)).ravel()
    noise = np.exp(random.normal(0, 0.05, len(mean)))
    return pd.DataFrame({"value": np.round(mean * noise)}, index=grid).reset_index()


def table(
    observations: pd.DataFrame, origins: list[pd.Timestamp], **wanted: object
) -> pd.DataFrame:
    """Features of the invented station."""
    options: dict[str, object] = {"lag_days": 1, "hours": HOURS, "series": SERIES}
    plan = wanted.pop("plan", PLAN)
    return features.build(observations, calendar(), plan, origins, **(options | wanted))


def days(first: str, last: str, step: int = 1) -> list[pd.Timestamp]:
    return list(pd.date_range(first, last, freq=f"{step}D"))


def real_station() -> pd.DataFrame:
    """Hourly Seongsu of 2023 and 2024 from the shared data; skips where it is absent."""
    folder = Path(__file__).parents[2] / "shared" / "data" / "seoul" / "hourly"
    files = sorted(folder.glob("OA-12921_*_seongsu.csv"))
    if not files:
        pytest.skip(f"the shared data is absent: {folder}")
    names = {"승차": "boarding", "하차": "alighting"}
    parts: list[pd.DataFrame] = []
    for file in files:
        sheet = pd.read_csv(file, encoding="cp949")
        counts = sheet.iloc[:, -20:-1].set_axis([4, *range(6, 24)], axis=1)
        day = pd.to_datetime(sheet.filter(regex="일자|날짜").iloc[:, 0])
        series = sheet.filter(regex="구분").iloc[:, 0].map(names)
        wide = counts.assign(business_date=day, series=series)
        parts.append(wide.melt(["series", "business_date"], var_name="hour"))
    rows = pd.concat(parts, ignore_index=True).dropna()
    return rows.astype({"hour": int, "value": float})
