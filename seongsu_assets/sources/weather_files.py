"""Daily weather from files: KMA's station exports and Open-Meteo's, hourly or daily.
Only what a backtest is given; the live weather is a covariate of its own."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from seongsu_assets.errors import SourceError

#: Our column -> what the publishers call it, without its unit.
NAMES = {
    "moment": ("date", "time", "일시", "날짜", "일자"),
    "temperature": (
        *("temperature_2m_mean", "temperature_2m", "temperature_mean", "temperature"),
        *("avg_temp", "temp_avg", "temp", "평균기온", "기온"),
    ),
    "precipitation": (
        *("precipitation_sum", "precipitation_total", "precip_total", "precipitation"),
        *("일강수량", "강수량"),
    ),
    "snowfall": ("snowfall_sum", "snowfall_total", "snowfall", "3시간신적설", "일최심신적설"),
}
#: Open-Meteo's exports begin with a few lines about the place.
_HEADER_WITHIN = 10
_REMEDY = "give KMA's or Open-Meteo's CSV export with a date and precipitation or temperature"


def read_weather(files: Sequence[Path]) -> pd.DataFrame:
    """business_date, and of temperature (°C), precipitation (mm) and snowfall (cm) what the files
    have, one row a day. Of files that tell the same of a day, the first is taken.

    Raises SourceError for a file that cannot be read or is no weather."""
    days = pd.concat([_read(path) for path in files], ignore_index=True)
    return days.groupby("business_date", as_index=False).first()


def _read(path: Path) -> pd.DataFrame:
    table = _table(path)
    moments = _moments(path, table.pop("moment"))
    values = table.apply(pd.to_numeric, errors="coerce")
    for column in table.columns:
        wrong = table.index[(table[column] != "") & values[column].isna()]
        if len(wrong):
            found = f"{column} of {moments[wrong[0]]:%Y-%m-%d %H:%M} is {table[column][wrong[0]]!r}"
            raise SourceError(
                f"{path.name}: {found}", remedy="leave it empty where nothing was measured"
            )
    if (moments == moments.dt.normalize()).all():
        return values.assign(business_date=moments)
    return _by_day(values, moments)


def _table(path: Path) -> pd.DataFrame:
    """The known columns as text, under our names."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise SourceError(
            f"{path} cannot be read: {error.strerror}", remedy="check the path and its permissions"
        ) from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp949", errors="replace")
    lines = list(csv.reader(io.StringIO(text, newline="")))
    for number, cells in enumerate(lines[:_HEADER_WITHIN]):
        known = {
            ours: at for at, name in reversed(list(enumerate(cells))) if (ours := _known(name))
        }
        if "moment" in known and {"precipitation", "temperature"} & set(known):
            rows = [
                [row[at].strip() for at in known.values()] for row in _full(lines[number + 1 :])
            ]
            return pd.DataFrame(rows, columns=list(known))
    first = ",".join(lines[0][:8]) if lines else "nothing"
    raise SourceError(f"{path.name} is no weather: it begins '{first}'", remedy=_REMEDY)


def _full(rows: list[list[str]]) -> list[list[str]]:
    return [row for row in rows if any(cell.strip() for cell in row)]


def _known(name: str) -> str | None:
    """Our name for a column, whatever its unit: "강수량(mm)" is precipitation."""
    plain = "".join(name.partition("(")[0].split()).lower()
    return next((ours for ours, theirs in NAMES.items() if plain in theirs), None)


def _moments(path: Path, text: pd.Series) -> pd.Series:
    moments = pd.to_datetime(text, errors="coerce", format="mixed")
    if moments.isna().any() or moments.empty:
        found = text[moments.isna()].iloc[0] if len(text) else "no row"
        raise SourceError(f"{path.name}: {found!r} is no date", remedy=_REMEDY)
    return moments


def _by_day(values: pd.DataFrame, moments: pd.Series) -> pd.DataFrame:
    """Hours added up by day. Both publishers state the sum of the hour that ends at the moment, so
    midnight closes the day before. An hour that is not reported was dry."""
    hours = values.assign(business_date=(moments - pd.Timedelta(hours=1)).dt.normalize())
    how = {name: "mean" if name == "temperature" else "sum" for name in values.columns}
    sums = hours.groupby("business_date").agg(how)
    whole = sums.reindex(pd.date_range(sums.index.min(), sums.index.max(), name="business_date"))
    wet = [name for name in whole.columns if name != "temperature"]
    whole[wet] = whole[wet].fillna(0.0)
    return whole.reset_index()
