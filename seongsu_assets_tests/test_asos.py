"""Hourly measurements of Seoul's weather station over HTTP, day by day.
The envelope's refusals are tested with `data_go_kr`."""

import csv
import json
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from seongsu_assets.domain import Payload, Window
from seongsu_assets.sources.kma.asos import Asos
from seongsu_assets_tests.upstream import KST, Upstream
from seongsu_assets_tests.weather_web import ask, broken, meanings

STATION = Asos()
DAY = date(2026, 3, 1)
RECEIVED = datetime(2026, 3, 2, 3, tzinfo=UTC)


@pytest.fixture
def upstream():
    with Upstream(now=datetime(2026, 3, 2, 12, tzinfo=KST)) as server:
        yield server


def fields(**changed):
    """One hour as the service tells it, dry and mild."""
    usual = {
        "tm": "2026-03-01 07:00", "rnum": "8", "stnId": "108", "stnNm": "서울",
        "ta": "3.1", "taQcflg": "", "rn": "", "rnQcflg": "9", "ws": "1.2", "wsQcflg": "",
        "hm": "55", "hmQcflg": "", "dsnw": "",
    }  # fmt: skip
    return usual | changed


def body(items):
    inner = {"items": {"item": items}, "totalCount": 1 if isinstance(items, dict) else len(items)}
    header = {"resultCode": "00", "resultMsg": "NORMAL_SERVICE"}
    return json.dumps({"response": {"header": header, "body": inner}}).encode()


def parsed(items):
    return STATION.parse(Payload("asos", "AsosHourlyInfoService/20260301", body(items), RECEIVED))


def told(**changed):
    (attributes,) = parsed(fields(**changed)).rows["attributes"]
    return attributes


def test_a_day_is_24_hours_as_they_were(upstream):
    (answer,) = ask(STATION, upstream, Window(DAY, DAY))
    found = STATION.parse(answer)
    assert (len(found.rows), found.received, found.rejects) == (24, 24, ())
    assert broken(STATION, answer) == set()
    for row in found.rows.to_dict("records"):
        sky = upstream.world.weather.at(row["at"].to_pydatetime())
        assert (row["key"], row["issued_at"]) == ("108", row["at"])
        assert row["attributes"]["temperature"] == sky.temperature
        assert row["attributes"]["precipitation"] == sky.rain
    assert found.rows["at"].iloc[0] == datetime(2026, 3, 1, tzinfo=KST)


def test_one_call_asks_for_one_day_of_one_station(upstream):
    ask(STATION, upstream, Window(DAY, DAY))
    (seen,) = upstream.requests
    asked = {name: values[0] for name, values in parse_qs(urlsplit(seen.path).query).items()}
    assert asked == {
        "serviceKey": upstream.keys["data_go_kr"],
        "dataType": "JSON", "dataCd": "ASOS", "dateCd": "HR", "stnIds": "108",
        "startDt": "20260301", "startHh": "00", "endDt": "20260301", "endHh": "23",
        "numOfRows": "100", "pageNo": "1",
    }  # fmt: skip


def test_yesterday_comes_at_eleven_and_is_not_due_before(upstream):
    upstream.now = datetime(2026, 3, 2, 10, 59, tzinfo=KST)
    assert meanings(STATION, upstream, Window(DAY, DAY)) == [(DAY, "not due")]


def test_a_day_that_is_still_not_there_after_a_day_is_late(upstream):
    upstream.fault("code", code="03")
    long_ago = date(2026, 2, 27)
    assert meanings(STATION, upstream, Window(long_ago, long_ago)) == [(long_ago, "late")]


def test_today_is_not_asked_for(upstream):
    today = date(2026, 3, 2)
    assert ask(STATION, upstream, Window(today, today)) == []
    assert upstream.requests == []


def test_an_outage_is_no_day_without_weather(upstream):
    upstream.fault("xml_error", code="99")
    assert meanings(STATION, upstream, Window(DAY, DAY)) == [(DAY, "outage")]


def test_a_single_hour_comes_as_an_object():
    assert len(parsed(fields()).rows) == 1


def test_an_empty_rain_is_a_dry_hour_where_the_station_measured():
    assert told()["precipitation"] == 0.0
    assert told(rnQcflg="")["precipitation"] == 0.0


@pytest.mark.parametrize(
    "changed",
    [
        {"ta": ""},  # the station was silent
        {"rnQcflg": "1"},  # KMA doubts it
        {"rn": "2.0", "rnQcflg": "9"},
        {"rn": None},
        {"ta": "3.1", "taQcflg": "9"},
    ],
)
def test_an_unknown_rain_is_not_a_dry_hour(changed):
    assert "precipitation" not in told(**changed)


def test_a_renamed_rain_is_not_a_dry_hour():
    renamed = fields()
    renamed["rain"] = renamed.pop("rn")
    (attributes,) = parsed([renamed]).rows["attributes"]
    assert "precipitation" not in attributes
    assert parsed([renamed]).facts["missing_fields"] == "rn"


def test_rain_is_that_of_the_past_hour_and_a_trace_is_no_rain_but_known():
    assert told(rn="0.0", rnQcflg="")["precipitation"] == 0.0
    assert told(rn="12.5", rnQcflg="0")["precipitation"] == 12.5


def test_snow_that_is_not_told_is_not_known():
    assert "snow_depth" not in told()
    assert told(dsnw="4.2")["snow_depth"] == 4.2


def test_the_flag_is_read_in_both_of_its_spellings():
    assert "wind" not in told(wsQcflg="9")
    guide = fields()
    guide["wsQcflag"] = "9"
    del guide["wsQcflg"]
    (attributes,) = parsed(guide).rows["attributes"]
    assert "wind" not in attributes


def test_an_hour_of_which_nothing_is_known_is_no_reading():
    silent = fields(ta="", hm="", ws="", dsnw="")
    found = parsed([silent, fields(tm="2026-03-01 08:00")])
    assert (len(found.rows), found.received, found.rejects) == (1, 2, ())


@pytest.mark.parametrize(
    "changed",
    [
        {"stnId": "112"},
        {"tm": "2026-03-02 07:00"},
        {"tm": "2026-03-01 24:30"},
        {"tm": ""},
        {"ta": "61"},
        {"ta": "mild"},
        {"rn": "-1", "rnQcflg": ""},
        {"rn": "1250", "rnQcflg": ""},
        {"hm": "101"},
        {"ws": ["1"]},
        {"dsnw": True},
    ],
)
def test_an_hour_that_is_not_understood_is_refused_and_the_others_stand(changed):
    found = parsed([fields(**changed), fields(tm="2026-03-01 08:00")])
    assert (len(found.rows), len(found.rejects), found.received) == (1, 1, 2)


def test_an_hour_told_in_two_ways_is_refused_and_a_copy_is_not():
    twice = [
        fields(),
        fields(ta="9.9"),
        fields(tm="2026-03-01 08:00"),
        fields(tm="2026-03-01 08:00"),
    ]
    found = parsed(twice)
    assert (len(found.rows), len(found.rejects)) == (1, 2)


@pytest.mark.parametrize("column", ["ta", "rn", "hm", "ws", "dsnw"])
def test_a_renamed_column_breaks_the_contract(upstream, column):
    upstream.fault("rename_column", old=column, new="new_name")
    (answer,) = ask(STATION, upstream, Window(DAY, DAY))
    assert "every_field_is_there" in broken(STATION, answer)


def test_another_unit_breaks_the_contract(upstream):
    upstream.fault("set_column", column="rn", value="310.0")
    upstream.fault("set_column", column="rnQcflg", value="")
    (answer,) = ask(STATION, upstream, Window(DAY, DAY))
    assert "rain_is_plausible" in broken(STATION, answer)


def test_the_stations_own_export_has_no_amount_beside_flag_9(shared_data):
    amounts = []
    for year in (2023, 2024):
        path = shared_data / "seoul" / "weather" / f"KMA_ASOS_108_precip_hourly_{year}.csv"
        header, *rows = csv.reader(path.read_text("cp949").splitlines())
        assert header[3:5] == ["강수량(mm)", "강수량 QC플래그"]
        amounts += [row[3] for row in rows if row[4].startswith("9")]
    assert len(amounts) > 2_000
    assert set(amounts) == {""}
