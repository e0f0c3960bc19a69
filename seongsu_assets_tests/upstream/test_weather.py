"""KMA behind both of its doors, ASOS, and Open-Meteo.
No faults here."""

from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest

from seongsu_assets_tests.upstream import KEYS
from seongsu_assets_tests.upstream.asking import NOON, PLACE, VILLAGE, kma


def test_a_nowcast_has_eight_rows_from_forty_past(get, up):
    up.now = NOON + timedelta(minutes=39)
    assert kma(get, "getUltraSrtNcst", "202610021200").json() == {
        "response": {"header": {"resultCode": "03", "resultMsg": "NO_DATA"}}
    }
    up.now = NOON + timedelta(minutes=40)
    body = kma(get, "getUltraSrtNcst", "202610021200").json()["response"]["body"]
    rows = body["items"]["item"]
    assert [row["category"] for row in rows] == [
        "PTY", "REH", "RN1", "T1H", "UUU", "VEC", "VVV", "WSD",
    ]  # fmt: skip
    assert {(row["nx"], row["ny"]) for row in rows} == {(61, 126)}
    assert all(isinstance(row["obsrValue"], str) for row in rows)


def test_six_hours_are_66_rows_by_category_and_ten_unless_more_are_asked_for(get):
    body = kma(get, "getUltraSrtFcst", "202610021030").json()["response"]["body"]
    rows = body["items"]["item"]
    assert len(rows) == body["totalCount"] == 66
    assert [row["category"] for row in rows[:7]] == ["LGT"] * 6 + ["PTY"]
    assert [row["fcstTime"] for row in rows[:6]] == [f"{hour}00" for hour in range(11, 17)]
    short = kma(get, "getUltraSrtFcst", "202610021030", numOfRows="").json()["response"]["body"]
    assert (len(short["items"]["item"]), short["totalCount"]) == (10, 66)


def test_the_short_term_forecast_of_23_has_980_rows_far_amounts_and_steps_of_three_hours(get):
    body = kma(get, "getVilageFcst", "202610012300").json()["response"]["body"]
    rows = body["items"]["item"]
    assert len(rows) == body["totalCount"] == 980
    said = {(row["fcstDate"] + row["fcstTime"], row["category"]): row["fcstValue"] for row in rows}
    assert not said["202610040000", "PCP"].isdecimal()
    assert float(said["202610040100", "PCP"]) >= 0
    assert ("202610042300", "TMP") in said
    hours = sorted(at[8:] for at, what in said if at > "20261005" and what == "TMP")
    assert hours[:4] == ["0000", "0000", "0300", "0600"]
    assert {at[8:] for at, what in said if what == "TMN"} == {"0600"}
    assert kma(get, "getVilageFcst", "202610020300").json()["response"]["header"] == {
        "resultCode": "03", "resultMsg": "NO_DATA",
    }  # fmt: skip


def test_kma_forgets_a_base_after_a_day_and_an_issue_does_not_change(get, up):
    said = kma(get, "getVilageFcst", "202610020200").json()
    up.now = NOON + timedelta(hours=13)
    assert kma(get, "getVilageFcst", "202610020200").json() == said
    up.now = NOON + timedelta(hours=15)
    header = kma(get, "getVilageFcst", "202610020200").json()["response"]["header"]
    assert header == {"resultCode": "10", "resultMsg": "최근 1일 간의 자료만 제공합니다."}


def test_the_gateway_refuses_a_twice_encoded_key_in_xml_in_two_forms(get, up):
    path = f"/data_go_kr/1360000/{VILLAGE}/getVilageFcst?serviceKey=upstream%252Bdata&dataType=JSON"
    old = get(path)
    up.options.gateway = "new"
    new = get(path)
    assert (old.status_code, new.status_code) == (200, 403)
    roots = [ET.fromstring(answer.text).find("cmmMsgHeader") for answer in (old, new)]
    assert [root.findtext("returnReasonCode") for root in roots] == ["30", "30"]
    assert roots[0].findtext("returnAuthMsg") == roots[1].findtext("errMsg")


def test_the_hub_has_the_same_rows_under_the_full_hour_and_refuses_in_json(get):
    def hub(key, operation="getUltraSrtFcst"):
        path = f"/kma_hub/api/typ02/openApi/{VILLAGE}/{operation}"
        return get(
            path, authKey=key, dataType="JSON", numOfRows=100, base_date="20261002",
            base_time="1030", nx=61, ny=126,
        )  # fmt: skip

    rows = hub(KEYS["kma_hub"]).json()["response"]["body"]["items"]["item"]
    assert {row["baseTime"] for row in rows} == {"1000"}
    there = kma(get, "getUltraSrtFcst", "202610021030").json()["response"]["body"]["items"]["item"]
    assert [row["fcstValue"] for row in rows] == [row["fcstValue"] for row in there]
    wrong, unknown = hub("wrong"), hub(KEYS["kma_hub"], "getNothing")
    assert (wrong.status_code, wrong.json()["result"]["status"]) == (401, 401)
    assert (unknown.status_code, unknown.json()["result"]["status"]) == (403, 403)


def test_yesterdays_observations_come_late_in_the_morning_and_a_dry_hour_has_no_rain(get, up):
    def observed(first, last):
        return get(
            "/data_go_kr/1360000/AsosHourlyInfoService/getWthrDataList",
            serviceKey=KEYS["data_go_kr"], dataType="JSON", dataCd="ASOS", dateCd="HR",
            startDt="20261001", startHh=first, endDt="20261001", endHh=last, stnIds="108",
            numOfRows=100,
        ).json()["response"]  # fmt: skip

    rows = observed("00", "23")["body"]["items"]["item"]
    assert [row["tm"] for row in rows[:2]] == ["2026-10-01 00:00", "2026-10-01 01:00"]
    assert all((row["rn"] == "") == (row["rnQcflg"] == "9") for row in rows)
    assert isinstance(observed("05", "05")["body"]["items"]["item"], dict)
    up.now = NOON.replace(hour=10)
    assert observed("00", "23")["header"]["resultCode"] == "03"


def test_open_meteo_tells_hours_in_local_time_and_null_for_what_the_archive_lacks(get, up):
    hours = get(
        "/open_meteo/v1/forecast", **PLACE, hourly="precipitation,temperature_2m",
        timezone="Asia/Seoul", past_days=1, forecast_days=3,
    ).json()  # fmt: skip
    assert hours["utc_offset_seconds"] == 32400
    assert hours["latitude"] != PLACE["latitude"]
    times = hours["hourly"]["time"]
    assert (times[0], len(times)) == ("2026-10-01T00:00", 96)
    yesterday = up.world.weather.on(date(2026, 10, 1)).rain
    assert hours["hourly"]["precipitation"][:24] == [round(float(mm), 1) for mm in yesterday]
    days = get(
        "/open_meteo_archive/v1/archive", **PLACE, daily="precipitation_sum",
        timezone="Asia/Seoul", start_date="2026-09-26", end_date="2026-09-28",
    ).json()["daily"]  # fmt: skip
    assert [value is None for value in days["precipitation_sum"]] == [False, False, True]


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"hourly": "precipitation", "latitude": ""}, "latitude"),
        ({"hourly": "precipitatio"}, "precipitatio"),
        ({"daily": "precipitation_sum"}, "Timezone is required"),
        ({"hourly": "precipitation", "past_days": 93}, "Past days is invalid"),
        ({"hourly": "precipitation", "forecast_days": 17}, "Forecast days is invalid"),
        ({"hourly": "precipitation", "start_date": "2026-10-01"}, "end_date"),
        ({"hourly": "precipitation", "timezone": "Seoul"}, "Invalid timezone"),
    ],
)
def test_open_meteo_refuses_with_a_reason(get, parameters, reason):
    answer = get("/open_meteo/v1/forecast", **(PLACE | parameters))
    assert answer.status_code == 400
    assert answer.json()["error"] is True
    assert reason in answer.json()["reason"]
