"""The sources of counts under fuzz: a small good day of each, and what must hold of its rows.
How payloads are damaged stands in `fuzz`."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from seongsu_assets.domain import Parsed
from seongsu_assets.sources.card_daily import WHOLE_DAY
from seongsu_assets.sources.paris.counters import DATASET, Counters
from seongsu_assets.sources.seoul.card_api import CardApi
from seongsu_assets.sources.seoul.station_hourly import StationHourly
from seongsu_assets_tests.fuzz import Shape
from seongsu_assets_tests.official import SEONGSU

_DAY = date(2026, 3, 5)
_MOST = 1_000_000
DIRECTIONS = {"boarding", "alighting"}


def _counts(hours: set[int], series: set[str] | None = None) -> Callable[[Parsed], None]:
    """Every row is a count of the asked day: whole, finite, in reach, once, in a known slot. Where
    no `series` are named, any that has a printable name is one."""

    def judge(parsed: Parsed) -> None:
        rows = parsed.rows
        assert list(rows.columns) == ["series", "business_date", "hour", "value", "place"]
        values = rows["value"].to_numpy(dtype=float)
        assert np.isfinite(values).all()
        assert ((values >= 0) & (values <= _MOST) & (values == np.floor(values))).all()
        assert series is None or set(rows["series"]) <= series
        assert all(0 < len(name) <= 80 and name.isprintable() for name in rows["series"])
        assert set(rows["hour"]) <= hours
        assert (rows["business_date"] == pd.Timestamp(_DAY)).all()
        assert not rows.duplicated(["series", "hour"]).any()

    return judge


def _card_records() -> list[dict[str, Any]]:
    stations = [
        ("2호선", "성수"),
        ("2호선", "뚝섬"),
        ("5호선", "왕십리(성동구청)"),
        ("1호선", "시청"),
    ]
    return [
        {
            "USE_YMD": "20260305",
            "SBWY_ROUT_LN_NM": line,
            "SBWY_STNS_NM": name,
            "GTON_TNOPE": 60_000 + place,
            "GTOFF_TNOPE": 62_000.0 + place,
            "REG_YMD": "20260308",
        }
        for place, (line, name) in enumerate(stations)
    ]


def _hourly_records() -> list[dict[str, Any]]:
    stations = [("2호선", "211", "성수"), ("2호선", "0210", "뚝섬")]
    return [
        {
            "pasngDe": "20260305",
            "pasngHr": f"{hour:02}",
            "lineNm": line,
            "stnCd": code,
            "stnNo": "P549",
            "stnNm": name,
            "trnscdSeCd": card,
            "trnscdUserSeCd": "01",
            "rideNope": str(100 * hour + 7),
            "gffNope": str(90 * hour + 3),
        }
        for line, code, name in stations
        for hour in (0, 4, 5, 8)
        for card in ("1", "2")
    ]


def _counters() -> list[dict[str, Any]]:
    return [
        {
            "nom_compteur": "6 rue Julia Bartet NE-SO",
            "sum_counts": 10 * hour + counter,
            "date": f"2026-03-05T{hour:02}:00:00+00:00",
            "coordinates": {"lon": 2.30, "lat": 48.83},
            "id_compteur": f"10000{counter}-{counter}",
        }
        for counter in (1, 2)
        for hour in (0, 1, 7, 22)
    ]


def _portal(records: Sequence[Any], total: Any) -> Any:
    return {"total_count": total, "results": records}


def _seoul(records: Sequence[Any], total: Any) -> Any:
    result = {"CODE": "INFO-000", "MESSAGE": "정상 처리되었습니다"}
    return {"CardSubwayStatsNew": {"list_total_count": total, "RESULT": result, "row": records}}


def _gateway(records: Sequence[Any], total: Any) -> Any:
    body = {"items": {"item": records}, "pageNo": 1, "numOfRows": 1000, "totalCount": total}
    return {"response": {"header": {"resultCode": "00", "resultMsg": "OK"}, "body": body}}


COUNT_SHAPES = {
    "card": Shape(
        CardApi(SEONGSU),
        "CardSubwayStatsNew/20260305",
        _card_records,
        _seoul,
        _counts({WHOLE_DAY}, DIRECTIONS),
    ),
    "hourly": Shape(
        StationHourly(SEONGSU),
        "getStnPsgr/20260305",
        _hourly_records,
        _gateway,
        _counts({4, *range(6, 25)}, DIRECTIONS),
    ),
    "paris": Shape(Counters(), f"{DATASET}/20260305", _counters, _portal, _counts(set(range(24)))),
}
