"""Answers of citydata and citydata_ppltn in the recorded shape, and how they are looked at.
No test here."""

import json
from datetime import UTC, datetime
from typing import Any

from seongsu_assets.domain import Parsed, Payload
from seongsu_assets.sources.seoul.city import City

COUNTED = datetime(2026, 6, 2, 9, 20, tzinfo=UTC)
RECEIVED = datetime(2026, 6, 2, 9, 41, tzinfo=UTC)
CAFES = City("POI068")

FINE = {"RESULT.CODE": "INFO-000", "RESULT.MESSAGE": "정상 처리되었습니다."}
HOURS = [
    {
        "FCST_TIME": f"2026-06-02 {hour}:00",
        "FCST_CONGEST_LVL": "약간 붐빔",
        "FCST_PPLTN_MIN": "14000",
        "FCST_PPLTN_MAX": "16000",
    }
    for hour in (19, 20)
]
PLACE = {
    "AREA_NM": "성수카페거리",
    "AREA_CD": "POI068",
    "AREA_CONGEST_LVL": "보통",
    "AREA_CONGEST_MSG": "사람이 몰려있을 수 있지만 크게 붐비지는 않아요.",
    "AREA_PPLTN_MIN": "12000",
    "AREA_PPLTN_MAX": "14000",
    "MALE_PPLTN_RATE": "46.8",
    "REPLACE_YN": "N",
    "PPLTN_TIME": "2026-06-02 18:20",
    "FCST_YN": "Y",
    "FCST_PPLTN": HOURS,
}
GATES = {
    f"SUB_{span}_{way}_PPLTN_{bound}": str(number)
    for number, (span, way, bound) in enumerate(
        ((s, w, b) for s in ("ACML", "30WTHN", "10WTHN", "5WTHN") for w in ("GTON", "GTOFF")
         for b in ("MIN", "MAX")), start=100,
    )
} | {"SUB_STN_CNT": "1", "SUB_STN_TIME": "20260602"}  # fmt: skip


def place(**changes: Any) -> dict[str, Any]:
    return {**PLACE, **changes}


def hour(**changes: Any) -> dict[str, Any]:
    return place(FCST_PPLTN=[{**HOURS[0], **changes}, HOURS[1]])


def people(*places: Any) -> bytes:
    """An answer of citydata_ppltn."""
    return json.dumps({"SeoulRtd.citydata_ppltn": places, "RESULT": FINE}).encode()


def everything(**sections: Any) -> bytes:
    """An answer of citydata."""
    whole = {"AREA_CD": "POI068", "LIVE_PPLTN_STTS": [PLACE], "LIVE_SUB_PPLTN": GATES, **sections}
    empty = {"BUS_STN_STTS": [], "EVENT_STTS": []}
    document = {"list_total_count": 1, "RESULT": FINE, "CITYDATA": {**whole, **empty}}
    return json.dumps(document).encode()


def arrived(body: bytes) -> Payload:
    return Payload("city", "seoul /POI068", body, RECEIVED)


def parse(body: bytes) -> Parsed:
    return CAFES.parse(arrived(body))


def of(parsed: Parsed, key: str) -> list[dict[str, Any]]:
    return parsed.rows[parsed.rows["key"] == key].to_dict("records")
