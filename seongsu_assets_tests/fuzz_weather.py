"""Weather and holidays under fuzz: a small good answer of each, and what must hold of readings.
How payloads are damaged stands in `fuzz`."""

import json
from collections.abc import Sequence
from typing import Any

from seongsu_assets.domain import READING_COLUMNS, Parsed
from seongsu_assets.sources.kasi import Holidays
from seongsu_assets.sources.kma.asos import Asos
from seongsu_assets.sources.kma.forecasts import KmaNow, KmaShort, KmaVillage
from seongsu_assets.sources.open_meteo import OpenMeteoArchive, OpenMeteoForecast
from seongsu_assets.sources.open_meteo_days import UNITS
from seongsu_assets_tests.fuzz import Shape

#: The least and the most that each attribute can be.
_BOUNDS = {
    "temperature": (-60, 60),
    "precipitation": (0, 24 * 500),
    "snowfall": (0, 24 * 500),
    "snow_depth": (0, 500),
    "humidity": (0, 100),
    "pop": (0, 100),
    "wind": (0, 120),
    "sky": (1, 4),
    "kind": (0, 7),
    "hours": (20, 24),
    "holiday": (False, True),
}
_WORDS = {"name", "precipitation_text", "snowfall_text"}


def judge(parsed: Parsed) -> None:
    """Readings are said once, of a moment, and each attribute is one that can be."""
    rows = parsed.rows
    assert list(rows.columns) == [*READING_COLUMNS, "place"]
    assert not rows.duplicated(["key", "issued_at", "at"]).any()
    assert rows["at"].between("1973-01-01T00:00Z", "2100-01-02T00:00Z").all()
    assert rows["issued_at"].between("1973-01-01T00:00Z", "2100-01-02T00:00Z").all()
    for key, attributes in zip(rows["key"], rows["attributes"], strict=True):
        words = key + json.dumps(attributes, allow_nan=False, ensure_ascii=False)
        assert "\\u0000" not in words
        assert words.encode()
        assert attributes
        for name, value in attributes.items():
            if name in _WORDS:
                assert isinstance(value, str)
                continue
            least, most = _BOUNDS[name]
            assert least <= value <= most, (name, value)


def _gateway(records: Sequence[Any], total: Any) -> Any:
    body = {"items": {"item": records}, "pageNo": 1, "numOfRows": 1000, "totalCount": total}
    return {"response": {"header": {"resultCode": "00", "resultMsg": "OK"}, "body": body}}


def _items(values: dict[str, str], field: str, times: Sequence[str]) -> list[dict[str, Any]]:
    place = {"baseDate": "20260309", "baseTime": "0830", "nx": 61, "ny": 126}
    return [
        {**place, "fcstDate": "20260309", "fcstTime": time, "category": category, field: value}
        for time in times
        for category, value in values.items()
    ]


def _now() -> list[dict[str, Any]]:
    return _items({"T1H": "15.2", "RN1": "0", "REH": "37", "VEC": "324"}, "obsrValue", ["0900"])


def _short() -> list[dict[str, Any]]:
    values = {"T1H": "-2", "RN1": "1mm 미만", "SKY": "3", "PTY": "1", "POP": "60"}
    return _items(values, "fcstValue", ["0900", "1000"])


def _village() -> list[dict[str, Any]]:
    values = {"TMP": "1", "PCP": "30.0~50.0mm", "SNO": "0.5cm 미만", "WSD": "1.2", "TMN": "1.0"}
    return _items(values, "fcstValue", ["1200", "1500"])


def _hours() -> list[dict[str, Any]]:
    return [
        {
            "tm": f"2026-03-05 {hour:02}:00",
            "stnId": "108",
            "ta": "3.1",
            "taQcflg": "",
            "rn": rain,
            "rnQcflg": "" if rain else "9",
            "hm": "55",
            "ws": "1.2",
            "dsnw": "",
        }
        for hour, rain in ((7, ""), (8, "0.0"), (9, "2.5"))
    ]


def _holidays() -> list[dict[str, Any]]:
    days = {20261003: "개천절", 20261005: "대체공휴일(개천절)", 20261009: "한글날"}
    return [
        {"dateKind": "01", "dateName": name, "isHoliday": "Y", "locdate": day, "seq": 1}
        for day, name in days.items()
    ]


def _day() -> list[dict[str, Any]]:
    return [
        {
            "time": f"2026-03-05T{hour:02}:00",
            "temperature_2m": 4.5,
            "precipitation": 0.1,
            "snowfall": 0.0,
        }
        for hour in range(24)
    ]


def _lists(records: Sequence[Any], _total: Any) -> Any:
    """The columns of the records that still are some; a record that is none has no values."""
    names = ("time", *UNITS)
    rows = [record if isinstance(record, dict) else {} for record in records]
    return {
        "utc_offset_seconds": 32400,
        "timezone": "Asia/Seoul",
        "hourly_units": dict(UNITS),
        "hourly": {name: [row.get(name) for row in rows] for name in names},
    }


_PLACE = (37.5446, 127.0560)
WEATHER_SHAPES = {
    "nowcast": Shape(KmaNow(), "kma", _now, _gateway, judge),
    "short": Shape(KmaShort(), "kma", _short, _gateway, judge),
    "village": Shape(KmaVillage(), "kma", _village, _gateway, judge),
    "station": Shape(Asos(), "AsosHourlyInfoService/20260305", _hours, _gateway, judge),
    "holidays": Shape(Holidays(), "kasi", _holidays, _gateway, judge),
    "forecast": Shape(OpenMeteoForecast(*_PLACE), "open_meteo", _day, _lists, judge),
    "archive": Shape(OpenMeteoArchive(*_PLACE), "archive/20260305", _day, _lists, judge),
}
