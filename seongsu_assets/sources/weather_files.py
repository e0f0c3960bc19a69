"""Daily weather from files: KMA's hourly station exports and Open-Meteo's daily ones.
Only what a backtest is given; the live weather is a covariate of its own."""

import io
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from seongsu_assets.errors import SourceError

#: Our column -> what the two publishers call it.
NAMES = {
    "business_date": ("date", "time", "일시", "날짜"),
    "temperature": (
        "temperature_2m_mean",
        "temperature_mean",
        "temperature",
        "temp",
        "temp_avg",
        "기온(°c)",
        "평균기온(°c)",
    ),
    "precipitation": ("precipitation_sum", "precipitation", "강수량(mm)", "일강수량(mm)"),
    "rain": ("rain_sum", "rain"),
    "snowfall": ("snowfall_sum", "snowfall", "3시간신적설(cm)", "일 최심신적설(cm)"),
}


def read_weather(files: Sequence[Path]) -> pd.DataFrame:
    """business_date, and of temperature (°C), precipitation (mm) and snowfall (cm) what the files
    have, one row a day. Hourly files are added up; an hour that is not reported was dry."""
    days = pd.concat([_read(path) for path in files], ignore_index=True)
    return days.groupby("business_date", as_index=False).first()


def _read(path: Path) -> pd.DataFrame:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp949")
    table = pd.read_csv(io.StringIO(text))
    table = table.rename(columns={name: _known(name) for name in table.columns})
    if "business_date" not in table or not {"precipitation", "temperature"} & set(table.columns):
        raise SourceError(
            f"{path.name} is no daily weather: its columns are {', '.join(map(str, table.columns[:8]))}",
            remedy="give KMA's or Open-Meteo's export with a date and precipitation or temperature",
        )
    columns = [c for c in ("temperature", "precipitation", "snowfall") if c in table]
    moments = pd.to_datetime(table.business_date)
    values = table[columns].assign(business_date=moments.dt.normalize())
    hourly = bool((moments.dt.hour != 0).any())
    if not hourly:
        return values
    sums = values.groupby("business_date", as_index=False).agg(
        {c: "mean" if c == "temperature" else "sum" for c in columns}
    )
    every = pd.DataFrame(
        {"business_date": pd.date_range(sums.business_date.min(), sums.business_date.max())}
    )
    whole = every.merge(sums, how="left")
    wet = [c for c in columns if c != "temperature"]
    whole[wet] = whole[wet].fillna(0.0)
    return whole


def _known(name: str) -> str:
    plain = str(name).strip().lower()
    return next((ours for ours, theirs in NAMES.items() if plain in theirs), str(name))
