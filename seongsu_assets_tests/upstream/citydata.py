"""citydata and citydata_ppltn of 성수카페거리: the crowd now, its next twelve hours, the gates.
How many there are is computed elsewhere; other places of the city are not served."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from seongsu_assets_tests.upstream import citydata_rest
from seongsu_assets_tests.upstream.crowd import Crowd
from seongsu_assets_tests.upstream.seoul import Call
from seongsu_assets_tests.upstream.wire import Reply, Row, Table, as_json, as_xml, element

NAME, CODE = "성수카페거리", "POI068"
_FINE = {"RESULT.CODE": "INFO-000", "RESULT.MESSAGE": "정상 처리되었습니다."}
_NOTHING = {"RESULT.CODE": "INFO-200", "RESULT.MESSAGE": "해당하는 데이터가 없습니다."}
_BEHIND = timedelta(minutes=15)
_HOURS_AHEAD = 12
#: Level and the people from which it holds; the city publishes no such numbers.
_LEVELS = (("여유", 0), ("보통", 9_000), ("약간 붐빔", 13_000), ("붐빔", 17_000))
_MESSAGES = {
    "여유": "사람이 몰려있을 가능성이 낮고 붐빔은 거의 느껴지지 않아요.",
    "보통": "사람이 몰려있을 수 있지만 크게 붐비지는 않아요.",
    "약간 붐빔": "사람들이 몰려있을 가능성이 크고 붐빈다고 느낄 수 있어요.",
    "붐빔": "사람들이 몰려있을 가능성이 매우 크고 많이 붐빈다고 느낄 수 있어요.",
}
_AGES = (0.6, 4.4, 31.1, 29.2, 16.3, 10.2, 5.4, 2.8)


def people(call: Call) -> Reply | Table:
    """citydata_ppltn/1/5/{name or code}: one row, under a name with a dot in it."""
    if call.option(0) not in (NAME, CODE):
        return as_json({"RESULT": _NOTHING})

    def wrap(rows: list[Row], _total: int) -> Reply:
        if call.type != "json":
            return as_xml(element("Map", {"SeoulRtd.citydata_ppltn": rows, "RESULT": _FINE}))
        return as_json({"SeoulRtd.citydata_ppltn": rows, "RESULT": _FINE})

    return Table(1, lambda: [population(call)], wrap)


def everything(call: Call) -> Reply | Table:
    """citydata/1/5/{name or code}: the same people, the gates, the weather and much else."""
    if call.option(0) not in (NAME, CODE):
        return as_json({"RESULT": _NOTHING})

    def wrap(rows: list[Row], _total: int) -> Reply:
        place = {"AREA_NM": NAME, "AREA_CD": CODE, "LIVE_PPLTN_STTS": rows}
        whole = {**place, "LIVE_SUB_PPLTN": gates(call), **citydata_rest.sections(call.ask)}
        head = {"list_total_count": 1, "RESULT": _FINE}
        if call.type != "json":
            return as_xml(element("SeoulRtd.citydata", {**head, "CITYDATA": whole}))
        return as_json({**head, "CITYDATA": whole})

    return Table(1, lambda: [population(call)], wrap)


def population(call: Call) -> Row:
    """Every leaf is text; counted a quarter of an hour ago."""
    crowd, at = Crowd(call.ask), counted_at(call.ask.request.at)
    now = crowd.people(at)
    ages = {f"PPLTN_RATE_{age * 10}": f"{share}" for age, share in enumerate(_AGES)}
    full_hour = at.replace(minute=0)
    ahead = [full_hour + timedelta(hours=n) for n in range(1, _HOURS_AHEAD + 1)]
    return {
        "AREA_NM": NAME,
        "AREA_CD": CODE,
        "AREA_CONGEST_LVL": level(now),
        "AREA_CONGEST_MSG": _MESSAGES[level(now)],
        **_band(now, "AREA_PPLTN"),
        "MALE_PPLTN_RATE": "46.8",
        "FEMALE_PPLTN_RATE": "53.2",
        **ages,
        "RESNT_PPLTN_RATE": "21.4",
        "NON_RESNT_PPLTN_RATE": "78.6",
        "REPLACE_YN": "N",
        "PPLTN_TIME": f"{at:%Y-%m-%d %H:%M}",
        "FCST_YN": "Y",
        "FCST_PPLTN": [_forecast(hour, crowd.foreseen(hour, at)) for hour in ahead],
    }


def gates(call: Call) -> Mapping[str, Any]:
    """People through the gates since the first train and in the last minutes, in bands."""
    crowd, now = Crowd(call.ask), call.ask.request.at
    spans = {
        "ACML": crowd.first_train(now),
        "30WTHN": now - timedelta(minutes=30),
        "10WTHN": now - timedelta(minutes=10),
        "5WTHN": now - timedelta(minutes=5),
    }
    told: dict[str, str] = {}
    for span, since in spans.items():
        for word, passed in zip(("GTON", "GTOFF"), crowd.passed(since, now), strict=True):
            least = int(passed // 50 * 50)
            told[f"SUB_{span}_{word}_PPLTN_MIN"] = str(least)
            told[f"SUB_{span}_{word}_PPLTN_MAX"] = str(least + 50)
    stations = str(call.ask.world.options.area_stations)
    return {**told, "SUB_STN_CNT": stations, "SUB_STN_TIME": f"{now:%Y%m%d}"}


def counted_at(now: datetime) -> datetime:
    behind = now - _BEHIND
    return behind.replace(minute=behind.minute // 5 * 5, second=0, microsecond=0)


def level(number: float) -> str:
    return next(name for name, least in reversed(_LEVELS) if number >= least)


def _band(number: float, name: str) -> dict[str, str]:
    width = 500 if number < 10_000 else 2_000
    least = int(number // width * width)
    return {f"{name}_MIN": str(least), f"{name}_MAX": str(least + width)}


def _forecast(hour: datetime, number: float) -> Row:
    words = {"FCST_TIME": f"{hour:%Y-%m-%d %H:%M}", "FCST_CONGEST_LVL": level(number)}
    return words | _band(number, "FCST_PPLTN")
