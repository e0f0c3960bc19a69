"""The sections of citydata beside its people: weather, roads, and many that are often empty.
No crowd here."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from seongsu_assets_tests.upstream.weather import Instant
from seongsu_assets_tests.upstream.world import Ask

_EMPTY = ("PRK_STTS", "BUS_STN_STTS", "ACDNT_CNTRL_STTS", "SBIKE_STTS", "CHARGER_STTS")
_EMPTY_TOO = ("EVENT_STTS", "LIVE_DST_MESSAGE", "LIVE_YNA_NEWS")
_WINDS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")


def sections(ask: Ask) -> Mapping[str, Any]:
    """Numbers only in the speed of the roads; an address that is null; empty sections as lists."""
    now = ask.request.at
    road = {
        "ROAD_MSG": "해당 장소로 이동·진입시 시간이 걸릴 수 있어요.",
        "ROAD_TRAFFIC_IDX": "서행",
    }
    speed = {"ROAD_TRAFFIC_SPD": 17, "ROAD_TRAFFIC_TIME": f"{now:%Y-%m-%d %H:%M}"}
    station = {"SUB_STN_NM": "성수", "SUB_STN_LINE": "2", "SUB_STN_JIBUN": None}
    return {
        "ROAD_TRAFFIC_STTS": {"AVG_ROAD_DATA": road | speed, "ROAD_TRAFFIC_STTS": []},
        "SUB_STTS": [{**station, "SUB_DETAIL": [], "SUB_FACIINFO": []}],
        "WEATHER_STTS": [_weather(ask, now)],
        **{name: [] for name in (*_EMPTY, *_EMPTY_TOO)},
    }


def _weather(ask: Ask, now: datetime) -> dict[str, Any]:
    sky, today = ask.world.weather.at(now), ask.world.weather.on(now.date())
    hours = [now.replace(minute=0) + timedelta(hours=n) for n in range(1, 25)]
    return {
        "WEATHER_TIME": f"{now:%Y-%m-%d %H:%M}",
        "TEMP": f"{sky.temperature:.1f}",
        "MAX_TEMP": f"{today.temperature.max():.1f}",
        "MIN_TEMP": f"{today.temperature.min():.1f}",
        "HUMIDITY": str(sky.humidity),
        "WIND_DIRCT": _WINDS[round(sky.comes_from / 45) % 8],
        "WIND_SPD": f"{sky.wind:.1f}",
        "PRECIPITATION": f"{sky.rain:.1f}" if sky.rain else "-",
        "PRECPT_TYPE": _kind(sky),
        "PM25": "17",
        "PM10": "31",
        "FCST24HOURS": [_hour(ask.world.weather.expected(hour, now), hour) for hour in hours],
    }


def _hour(sky: Instant, hour: datetime) -> dict[str, str]:
    amount = f"{sky.rain:.1f}" if sky.rain else "-"
    words = {"FCST_DT": f"{hour:%Y%m%d%H%M}", "TEMP": str(round(sky.temperature))}
    return {**words, "PRECIPITATION": amount, "PRECPT_TYPE": _kind(sky)}


def _kind(sky: Instant) -> str:
    if not sky.rain:
        return "없음"
    return "눈" if sky.snows else "비"
