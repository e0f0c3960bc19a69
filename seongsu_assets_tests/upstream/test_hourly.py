"""getStnPsgr at both of its doors: sums, retention, the hours after midnight.
No faults here."""

from collections import Counter
from datetime import date, datetime

from seongsu_assets_tests.upstream import KEYS, KST
from seongsu_assets_tests.upstream.asking import hourly, seoul


def test_hourly_rows_of_one_station_sum_to_the_truth_in_an_envelope_of_another_house(get, up):
    day = date(2026, 10, 1)
    body = hourly(get, day)
    assert (body["pageNo"], body["totalCount"]) == (1, len(body["items"]["item"]))
    sums = Counter()
    for row in body["items"]["item"]:
        assert (row["pasngDe"], row["stnNm"], row["stnCd"]) == ("20261001", "성수", "211")
        hour = int(row["pasngHr"])
        slot = 24 if hour < 4 else 4 if hour < 6 else hour
        sums["boarding", slot] += int(row["rideNope"])
        sums["alighting", slot] += int(row["gffNope"])
    truth = up.truth.hourly(day)
    assert sums == Counter({(series, at): n for series in truth for at, n in truth[series].items()})


def test_trains_run_past_midnight_on_working_days_alone(get, up):
    up.now = datetime(2026, 9, 21, 12, tzinfo=KST)
    hours = {
        day: {row["pasngHr"] for row in hourly(get, day)["items"]["item"]}
        for day in (date(2026, 9, 18), date(2026, 9, 19), date(2026, 9, 20))
    }
    late = {day: sorted(found & {"00", "01", "02", "03"}) for day, found in hours.items()}
    assert late[date(2026, 9, 18)] == ["00", "01", "02", "03"]
    assert late[date(2026, 9, 19)] == late[date(2026, 9, 20)] == []


def test_hourly_counts_come_next_morning_and_are_forgotten_after_a_week_as_a_success(get, up):
    day = date(2026, 10, 1)
    known = {
        datetime(2026, 10, 2, 8, 59, tzinfo=KST): False,
        datetime(2026, 10, 2, 9, 0, tzinfo=KST): True,
        datetime(2026, 10, 8, 23, 59, tzinfo=KST): True,
        datetime(2026, 10, 9, 0, 0, tzinfo=KST): False,
    }
    for moment, there in known.items():
        up.now = moment
        answer = seoul(get, "getStnPsgr", 1, 1000, "20261001/211").json()
        assert answer["response"]["header"]["resultCode"] == "00"
        assert (answer["response"]["body"]["totalCount"] > 0) == there
    assert hourly(get, day)["items"] == ""


def test_all_stations_of_an_hourly_day_are_about_seventy_calls(get):
    day = date(2026, 10, 1)
    total = hourly(get, day, code="")["totalCount"]
    assert 63_000 <= total <= 69_500
    last = total // 1000 * 1000
    tail = hourly(get, day, last + 1, last + 1000, code="")
    assert len(tail["items"]["item"]) == total - last
    assert tail["totalCount"] == total


def test_the_other_door_to_hourly_counts_pages_by_number_and_filters_by_name(get, up):
    up.options.wrapped = True
    parameters = {
        "serviceKey": KEYS["data_go_kr"], "pasngYmd": "20261001", "stnNm": "성수", "lineNm": "2",
        "numOfRows": 200,
    }  # fmt: skip
    pages = [
        get("/data_go_kr/B553766/psgr/getStnPsgr", **parameters, pageNo=page).json()
        for page in (1, 2)
    ]
    bodies = [page["getStnPsgr"]["response"]["body"] for page in pages]
    rows = [row for body in bodies for row in body["items"]["item"]]
    assert len(rows) == bodies[0]["totalCount"] == hourly_total(get)
    assert sum(int(row["rideNope"]) for row in rows) == sum(
        up.truth.hourly(date(2026, 10, 1))["boarding"].values()
    )


def hourly_total(get):
    answer = seoul(get, "getStnPsgr", 1, 1000, "20261001/211").json()
    return answer["getStnPsgr"]["response"]["body"]["totalCount"]
