"""What the city says of now and of average days: crowds, trains, their load, and holidays.
No counts of passengers by day."""

from datetime import date

from seongsu_assets_tests.upstream import KEYS
from seongsu_assets_tests.upstream.asking import NOON, seoul


def test_the_outer_loop_of_seongsu_is_not_under_its_own_number(get):
    rows = [
        row
        for first in (1, 1001)
        for row in seoul(get, "subwConfusion", first, first + 999).json()["subwConfusion"]["row"]
    ]
    assert len(rows) == 1671
    evening = {
        (row["STTN_NO"], row["DPTRE_STTN"], row["UP_DOWN_SE"]): row["time1830"]
        for row in rows
        if row["DPTRE_STTN"].startswith("성수") and row["DOW_SE"] == "평일"
    }
    assert evening["211", "성수", "외선"] == "0.0 "
    assert evening["9001", "성수E", "외선"] == "63.3 "
    assert evening["211", "성수", "내선"] == "78.5 "


def test_the_city_tells_people_as_text_and_forecasts_twelve_hours(get):
    answer = seoul(get, "citydata_ppltn", 1, 5, "POI068").json()
    assert answer["RESULT"]["RESULT.CODE"] == "INFO-000"
    (row,) = answer["SeoulRtd.citydata_ppltn"]
    assert row["PPLTN_TIME"] == "2026-10-02 11:45"
    assert int(row["AREA_PPLTN_MIN"]) < int(row["AREA_PPLTN_MAX"])
    assert [hour["FCST_TIME"][-5:] for hour in row["FCST_PPLTN"]][:2] == ["12:00", "13:00"]
    assert len(row["FCST_PPLTN"]) == 12
    whole = seoul(get, "citydata", 1, 5, "성수카페거리").json()
    assert whole["CITYDATA"]["LIVE_PPLTN_STTS"] == [row]
    gates = whole["CITYDATA"]["LIVE_SUB_PPLTN"]
    assert int(gates["SUB_ACML_GTON_PPLTN_MIN"]) > int(gates["SUB_30WTHN_GTON_PPLTN_MAX"]) > 0
    assert whole["CITYDATA"]["EVENT_STTS"] == []
    assert seoul(get, "citydata", 1, 5, "강남역").json()["RESULT"]["RESULT.CODE"] == "INFO-200"


def test_trains_are_listed_by_day_and_flat_errors_come_at_night_and_for_a_wrong_key(get, up):
    def trains(key, station="0/20/성수"):
        return get(f"/seoul_realtime/api/subway/{key}/json/realtimeStationArrival/{station}").json()

    answer = trains(KEYS["seoul_realtime"])
    rows = answer["realtimeArrivalList"]
    assert answer["errorMessage"]["total"] == len(rows) >= 4
    assert {row["updnLine"] for row in rows} == {"내선", "외선"}
    assert {(row["statnId"], row["subwayId"]) for row in rows} == {("1002000211", "1002")}
    assert all(isinstance(row["barvlDt"], str) and row["trainCo"] is None for row in rows)
    assert len(trains(KEYS["seoul_realtime"], "ALL")["realtimeArrivalList"]) > 2_900
    assert trains("wrong")["code"] == "INFO-100"
    assert trains(KEYS["seoul_realtime"], "0/1001/성수")["code"] == "ERROR-336"
    up.now = NOON.replace(hour=3)
    night = trains(KEYS["seoul_realtime"])
    assert (night["status"], night["code"], night["total"]) == (500, "INFO-200", 0)


def test_holidays_are_a_list_an_object_or_an_empty_text_and_can_be_announced(get, up):
    def listed(month, **more):
        return get(
            "/data_go_kr/B090041/openapi/service/SpcdeInfoService/getRestDeInfo",
            **{"serviceKey": KEYS["data_go_kr"], "solYear": 2025, "solMonth": month}
            | {"_type": "json", "numOfRows": 100}
            | more,
        )

    def items(month):
        return listed(month).json()["response"]["body"]["items"]

    names = [(row["locdate"], row["dateName"]) for row in items("05")["item"]]
    assert names[:2] == [(20250505, "부처님오신날"), (20250505, "어린이날")]
    assert 20250501 not in dict(names)
    assert items("12")["item"]["locdate"] == 20251225
    assert items("11") == ""
    up.holidays[date(2025, 11, 3)] = "임시공휴일"
    assert items("11")["item"]["dateName"] == "임시공휴일"
    assert listed("12", _type="").text.startswith("<?xml")
