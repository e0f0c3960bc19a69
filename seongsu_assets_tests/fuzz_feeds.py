"""The feeds of the city under fuzz: a small good answer of each, and what must hold of readings.
How payloads are damaged stands in `fuzz`."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from seongsu_assets.domain import READING_COLUMNS, Parsed
from seongsu_assets.sources.seoul.city import City
from seongsu_assets.sources.seoul.month_hours import FIELDS, HOURS, MonthHours
from seongsu_assets.sources.seoul.train_load import TrainLoad
from seongsu_assets.sources.seoul.train_load_rows import SLOTS
from seongsu_assets.sources.seoul.trains import Trains
from seongsu_assets.sources.values import LARGEST_NUMBER
from seongsu_assets_tests.fuzz import Shape
from seongsu_assets_tests.official import SEONGSU

#: Ages may be negative: the city's clock may be ahead, or a word may be from another year.
_SIGNED = "stale_seconds"


@dataclass(frozen=True)
class Uncounted(Shape):
    """A shape whose records may hold further records, so that damage changes how many there are."""

    def examine(self, body: bytes, records: int | None) -> Parsed | None:  # noqa: ARG002 - see above
        return super().examine(body, None)


def judge(parsed: Parsed) -> None:
    """Readings are said once, of a moment, in plain words and numbers that can be."""
    rows = parsed.rows
    assert list(rows.columns) == [*READING_COLUMNS, "place"]
    assert not rows.duplicated(["key", "issued_at", "at"]).any()
    assert rows["at"].between("1973-01-01T00:00Z", "2100-01-02T00:00Z").all()
    assert rows["issued_at"].between("1973-01-01T00:00Z", "2100-01-02T00:00Z").all()
    for key, attributes in zip(rows["key"], rows["attributes"], strict=True):
        words = key + json.dumps(attributes, allow_nan=False, ensure_ascii=False)
        assert "\0" not in words
        assert "\\u0000" not in words
        assert words.encode()
        for name, value in attributes.items():
            assert value is None or type(value) in (str, int, float)
            if isinstance(value, int | float) and name != _SIGNED:
                assert 0 <= value <= LARGEST_NUMBER


def _fine() -> dict[str, str]:
    """A new one each time: the fuzz damages what it is given."""
    return {"CODE": "INFO-000", "MESSAGE": ""}


def _seoul(service: str, records: Sequence[Any], total: Any) -> Any:
    return {service: {"list_total_count": total, "RESULT": _fine(), "row": records}}


def _trains() -> list[dict[str, Any]]:
    return [
        {
            "subwayId": "1002",
            "updnLine": "외선",
            "trainLineNm": "성수행 - 뚝섬방면",
            "statnId": "1002000211",
            "statnNm": "성수",
            "ordkey": f"0{place}002성수0",
            "btrainSttus": "일반",
            "barvlDt": "140",
            "btrainNo": "2257",
            "bstatnNm": "성수",
            "recptnDt": "2026-03-05 14:17:54",
            "arvlMsg2": "2분 20초 후",
            "arvlMsg3": "잠실나루",
            "arvlCd": "99",
            "lstcarAt": "0",
            "trainCo": None,
        }
        for place in range(3)
    ]


def _announced(records: Sequence[Any], total: Any) -> Any:
    head = {"status": 200, "code": "INFO-000", "message": "", "total": total}
    return {"errorMessage": head, "realtimeArrivalList": records}


def _hours() -> list[dict[str, Any]]:
    return [
        {
            "FCST_TIME": f"2026-03-05 {hour}:00",
            "FCST_CONGEST_LVL": "약간 붐빔",
            "FCST_PPLTN_MIN": "14000",
            "FCST_PPLTN_MAX": "16000",
        }
        for hour in (19, 20, 21)
    ]


def _places() -> list[dict[str, Any]]:
    return [
        {
            "AREA_CD": "POI068",
            "AREA_CONGEST_LVL": "보통",
            "AREA_CONGEST_MSG": "...",
            "AREA_PPLTN_MIN": "12000",
            "AREA_PPLTN_MAX": "14000",
            "REPLACE_YN": "N",
            "PPLTN_TIME": "2026-03-05 18:20",
            "FCST_PPLTN": _hours(),
        }
    ]


def _people(records: Sequence[Any], _total: Any) -> Any:
    return {"SeoulRtd.citydata_ppltn": records, "RESULT": _fine()}


def _everything(records: Sequence[Any], _total: Any) -> Any:
    whole = {"LIVE_PPLTN_STTS": _places(), "LIVE_SUB_PPLTN": records}
    return {"RESULT": _fine(), "CITYDATA": whole}


def _gates() -> list[dict[str, Any]]:
    counts = {
        f"SUB_{span}_{way}_PPLTN_{bound}": "100"
        for span in ("ACML", "30WTHN", "10WTHN", "5WTHN")
        for way in ("GTON", "GTOFF")
        for bound in ("MIN", "MAX")
    }
    return [{**counts, "SUB_STN_CNT": "1", "SUB_STN_TIME": "20260305"}]


def _loads() -> list[dict[str, Any]]:
    tracks = [("211", "성수", "내선"), ("9001", "성수E", "외선"), ("150", "서울역", "상선")]
    return [
        {
            "DOW_SE": "평일",
            "LINE": "2호선",
            "STTN_NO": code,
            "DPTRE_STTN": name,
            "UP_DOWN_SE": way,
            **{f"time{slot.replace(':', '')}": "43.1 " for slot in SLOTS},
        }
        for code, name, way in tracks
    ]


def _months() -> list[dict[str, Any]]:
    meant = {
        f"{series} {hour}": 10 * hour for series in ("boarding", "alighting") for hour in HOURS
    }
    head = {"month": "202602", "line": "2호선", "registered": "20260305"}
    return [
        {
            FIELDS.needed[meaning][0]: said
            for meaning, said in {**head, "name": name, **meant}.items()
        }
        for name in ("성수", "뚝섬")
    ]


FEED_SHAPES = {
    "trains": Shape(Trains("성수"), "seoul_realtime", _trains, _announced, judge),
    "city": Uncounted(City("POI068"), "seoul city", _places, _people, judge),
    "city gates": Uncounted(City("POI068"), "seoul city", _gates, _everything, judge),
    "train load": Shape(
        TrainLoad(), "seoul", _loads, lambda rows, n: _seoul("subwConfusion", rows, n), judge
    ),
    "month hours": Shape(
        MonthHours(SEONGSU),
        "seoul",
        _months,
        lambda rows, n: _seoul("CardSubwayTime", rows, n),
        judge,
    ),
}
