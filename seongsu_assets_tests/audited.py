"""Plausible weeks to doctor, and the domain that judges them.
No test here."""

from datetime import date
from functools import cache

import pandas as pd

from seongsu_assets.domain import Cadence, Covariate, Domain, Slot, Window
from seongsu_assets.domains.seongsu_expectations import EXPECTATIONS
from seongsu_assets.sources.calendar import korean_calendar
from seongsu_assets.sources.sample import Sample
from seongsu_assets_tests.official import NOW, SEONGSU

SAMPLE = Sample(SEONGSU, clock=lambda: NOW)
DOMAIN = Domain(
    name="seongsu",
    title="Seongsu",
    unit="people",
    cadence=Cadence(
        "Asia/Seoul",
        date(2023, 1, 1),
        (Slot(4, open=True), *map(Slot, range(6, 24)), Slot(24, open=True, optional=True)),
    ),
    series=("boarding", "alighting"),
    total="total",
    sources=(),
    sample=SAMPLE,
    covariates=(Covariate("calendar", korean_calendar),),
    expectations=EXPECTATIONS,
)
DAY = pd.Timestamp("2024-03-19")


@cache
def _weeks() -> pd.DataFrame:
    window = Window(date(2024, 1, 1), date(2024, 3, 31))
    return pd.concat([SAMPLE.parse(each).rows for each in SAMPLE.fetch(window)], ignore_index=True)


def weeks() -> pd.DataFrame:
    """Three months of plausible rows."""
    return _weeks().copy()


def at(rows: pd.DataFrame, series: str, hour: int) -> pd.Series:
    return (rows["business_date"] == DAY) & (rows["series"] == series) & (rows["hour"] == hour)


def alone(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The doctored day as it arrives one morning, and what was accepted before."""
    return rows[rows["business_date"] == DAY], weeks()[lambda w: w["business_date"] < DAY]


def whole(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All weeks as one first import, with nothing accepted before."""
    return rows, rows.iloc[:0]
