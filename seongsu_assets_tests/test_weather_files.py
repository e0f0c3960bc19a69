"""Weather for a backtest, from files as KMA and Open-Meteo publish them.
What a model makes of it is not tested here."""

from pathlib import Path

import pandas as pd
import pytest

from seongsu_assets.errors import SourceError
from seongsu_assets.sources.weather_files import read_weather

KMA = "지점,지점명,일시,강수량(mm),강수량 QC플래그,적설(cm),3시간신적설(cm),현상번호(국내식)\n"


def file(folder: Path, text: str, name: str = "weather.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


def test_hours_are_added_up_and_midnight_closes_the_day_before(tmp_path: Path) -> None:
    rows = "108,서울,2024-01-01 23:00,1.5,,,,\n108,서울,2024-01-02 00:00,0.5,,,2.0,\n"
    rows += "108,서울,2024-01-04 09:00,,9.0,,,\n"
    days = read_weather([file(tmp_path, KMA + rows, encoding="cp949")])
    assert days.business_date.dt.day.tolist() == [1, 2, 3, 4]
    assert days.precipitation.tolist() == [2.0, 0.0, 0.0, 0.0]
    assert days.snowfall.tolist() == [2.0, 0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    "header",
    [
        "date,avg_temp,precip_total,rain_sum,snowfall_sum",
        "time,temperature_2m_mean (°C),precipitation_sum (mm),rain_sum (mm),snowfall_sum (cm)",
        "latitude\n37.5\n\ntime,avg_temp (°C),precipitation (mm),rain (mm),snowfall (cm)",
    ],
)
def test_daily_exports_are_read_whatever_stands_above_them(tmp_path: Path, header: str) -> None:
    days = read_weather([file(tmp_path, f"{header}\n2024-01-01,-6.5,2.0,1.9,0.07\n")])
    assert days.to_dict("records") == [
        {
            "business_date": pd.Timestamp("2024-01-01"),
            "temperature": -6.5,
            "precipitation": 2.0,
            "snowfall": 0.07,
        }
    ]


def test_an_empty_daily_cell_is_unknown_not_dry(tmp_path: Path) -> None:
    text = "date,precipitation_sum\n2024-01-01,\n2024-01-02,1\n"
    assert read_weather([file(tmp_path, text)]).precipitation.isna().tolist() == [True, False]


def test_files_complete_each_other_and_the_first_is_believed(tmp_path: Path) -> None:
    wet = file(tmp_path, "date,precipitation_sum\n2024-01-01,3\n", "a.csv")
    both = file(tmp_path, "date,temperature,precipitation\n2024-01-01,5,9\n", "b.csv")
    [day] = read_weather([wet, both]).to_dict("records")
    assert (day["precipitation"], day["temperature"]) == (3, 5)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("date,boarding\n2024-01-01,5\n", "is no weather: it begins 'date,boarding'"),
        ("", "it begins 'nothing'"),
        ("date,precipitation\nMonday,5\n", "'Monday' is no date"),
        ("date,precipitation\n2024-01-01,much\n", "precipitation of 2024-01-01 00:00 is 'much'"),
        ("date,precipitation\n", "'no row' is no date"),
    ],
)
def test_what_is_no_weather_is_refused_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(SourceError, match=says):
        read_weather([file(tmp_path, text)])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"nowhere\.csv cannot be read"):
        read_weather([tmp_path / "nowhere.csv"])
