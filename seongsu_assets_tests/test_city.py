"""The city's crowd and its own forecast: each shape it comes in, and what is believed of it.
The bodies have the recorded shape; nobody is asked here."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from seongsu_assets.errors import KeyRefused, NoData, Outage, RequestRefused, SourceError
from seongsu_assets.sources.seoul.city import HOUR, LEVELS, PEOPLE, sections
from seongsu_assets_tests.city_bodies import (
    CAFES,
    COUNTED,
    FINE,
    GATES,
    HOURS,
    PLACE,
    RECEIVED,
    arrived,
    everything,
    hour,
    of,
    parse,
    people,
    place,
)
from seongsu_assets_tests.feeding import blocking, broken
from seongsu_assets_tests.upstream import KST


def test_the_crowd_of_now_is_read_from_text():
    (now,) = of(parse(people(place())), "now")
    assert now["issued_at"] == now["at"] == COUNTED
    assert now["attributes"] == {
        "people_min": 12000,
        "people_max": 14000,
        "level": "보통",
        "message": PLACE["AREA_CONGEST_MSG"],
        "replaced": "N",
    }


def test_the_rivals_forecast_is_issued_when_the_people_were_counted():
    first, second = of(parse(people(place())), "forecast")
    assert first["issued_at"] == second["issued_at"] == COUNTED
    assert [first["at"], second["at"]] == [
        datetime(2026, 6, 2, hour, tzinfo=UTC) for hour in (10, 11)
    ]
    assert first["attributes"] == {"people_min": 14000, "people_max": 16000, "level": "약간 붐빔"}


def test_the_large_answer_says_the_same_and_counts_the_gates():
    small, large = parse(people(place())), parse(everything())
    assert of(large, "now") == of(small, "now")
    assert [f["attributes"] for f in of(large, "forecast")] == [
        f["attributes"] for f in of(small, "forecast")
    ]
    (gates,) = of(large, "subway")
    assert gates["issued_at"] == gates["at"] == RECEIVED
    assert gates["attributes"]["boarding_today_min"] == 100
    assert gates["attributes"]["alighting_today_max"] == 103
    assert gates["attributes"]["boarding_30_minutes_min"] == 104
    assert gates["attributes"]["alighting_5_minutes_max"] == 115
    assert gates["attributes"]["stations"] == 1


def test_the_stations_of_the_area_are_told_so_that_nobody_takes_them_for_one():
    (gates,) = of(parse(everything(LIVE_SUB_PPLTN={**GATES, "SUB_STN_CNT": "4"})), "subway")
    assert gates["attributes"]["stations"] == 4


def test_a_section_may_be_an_array_of_one_or_an_object():
    assert of(parse(everything(LIVE_PPLTN_STTS=PLACE)), "now") == of(parse(everything()), "now")
    single = json.dumps({"SeoulRtd.citydata_ppltn": PLACE, "RESULT": FINE}).encode()
    assert of(parse(single), "now") == of(parse(people(place())), "now")
    listed = parse(everything(LIVE_SUB_PPLTN=[GATES]))
    assert of(listed, "subway") == of(parse(everything()), "subway")


def test_an_empty_section_is_nothing_and_not_zero():
    parsed = parse(everything(LIVE_SUB_PPLTN=[], LIVE_PPLTN_STTS=[place(FCST_PPLTN=[])]))
    assert list(parsed.rows["key"]) == ["now"]
    assert not parsed.rejects
    assert parsed.received == 1


def test_the_result_may_stand_within_the_record():
    body = json.dumps({"SeoulRtd.citydata_ppltn": [place(RESULT=FINE)]}).encode()
    assert len(of(parse(body), "now")) == 1
    wrong = {"RESULT.CODE": "ERROR-500", "RESULT.MESSAGE": "..."}
    with pytest.raises(Outage):
        sections(json.dumps({"SeoulRtd.citydata_ppltn": [place(RESULT=wrong)]}).encode())


@pytest.mark.parametrize("level", LEVELS)
def test_the_four_official_levels_are_known(level: str):
    (now,) = of(parse(people(place(AREA_CONGEST_LVL=level))), "now")
    assert now["attributes"]["level"] == level


@pytest.mark.parametrize("level", ["매우 붐빔", "약간붐빔", "", None, "crowded", 3])
def test_a_level_that_is_none_of_the_four_is_refused(level: object):
    parsed = parse(people(place(AREA_CONGEST_LVL=level)))
    assert of(parsed, "now") == []
    assert [reject.place for reject in parsed.rejects] == ["place 1"]
    assert len(of(parsed, "forecast")) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"AREA_PPLTN_MIN": "-1"}, {"AREA_PPLTN_MIN": "15000"}, {"AREA_PPLTN_MAX": "많음"},
        {"AREA_PPLTN_MAX": 1e12}, {"AREA_PPLTN_MAX": True}, {"AREA_PPLTN_MAX": ["14000"]},
        {"REPLACE_YN": "M"}, {"AREA_CONGEST_MSG": "\ud800"},
    ],
)  # fmt: skip
def test_a_crowd_that_is_not_understood_is_refused_alone(changes: dict[str, Any]):
    parsed = parse(people(place(**changes)))
    assert [reject.place for reject in parsed.rejects] == ["place 1"]
    assert len(of(parsed, "forecast")) == 2
    assert parsed.received == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"FCST_TIME": "2026-06-02"},
        {"FCST_TIME": None},
        {"FCST_CONGEST_LVL": "?"},
        {"FCST_PPLTN_MIN": "1e4"},
        {"FCST_PPLTN_MAX": "1"},
    ],
)
def test_an_hour_that_is_not_understood_is_refused_alone(changes: dict[str, Any]):
    parsed = parse(people(hour(**changes)))
    assert [reject.place for reject in parsed.rejects] == ["place 1 hour 1"]
    assert len(of(parsed, "forecast")) == len(of(parsed, "now")) == 1
    assert parsed.received == 3


def test_people_who_are_not_told_are_unknown_and_not_nobody():
    (now,) = of(parse(people(place(AREA_PPLTN_MIN="", AREA_PPLTN_MAX=None))), "now")
    assert (now["attributes"]["people_min"], now["attributes"]["people_max"]) == (None, None)


def test_without_the_time_of_the_count_neither_crowd_nor_forecast_is_believed():
    parsed = parse(people(place(PPLTN_TIME="방금")))
    assert parsed.rows.empty
    assert len(parsed.rejects) == parsed.received == 3


@pytest.mark.parametrize("twice", [b'"PPLTN_TIME": "2026-06-02 18:00"', b'"AREA_CD": "POI014"'])
def test_a_field_that_stands_twice_makes_the_whole_place_doubtful(twice: bytes):
    parsed = parse(people(place()).replace(b'"AREA_NM"', twice + b', "AREA_NM"'))
    assert parsed.rows.empty
    assert len(parsed.rejects) == 3


def test_another_place_is_refused_with_its_forecast():
    parsed = parse(people(place(AREA_CD="POI014")))
    assert parsed.rows.empty
    assert len(parsed.rejects) == parsed.received == 3
    assert parsed.facts["foreign"] == 1


def test_what_is_no_record_is_refused_and_counted():
    parsed = parse(people("성수", place(FCST_PPLTN=["?", HOURS[0]])))
    assert len(of(parsed, "now")) == len(of(parsed, "forecast")) == 1
    assert (len(parsed.rejects), parsed.received) == (2, 4)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b'{"RESULT":{"RESULT.CODE":"INFO-200","RESULT.MESSAGE":"..."}}', NoData),
        (b'{"RESULT":{"CODE":"INFO-200","MESSAGE":"..."}}', NoData),
        (b'{"RESULT":{"CODE":"INFO-100","MESSAGE":"..."}}', KeyRefused),
        (b'{"RESULT":{"CODE":"ERROR-500","MESSAGE":"..."}}', Outage),
        (b'{"RESULT":{"CODE":"ERROR-335","MESSAGE":"..."}}', RequestRefused),
        (b"<RESULT><CODE>ERROR-336</CODE><MESSAGE>..</MESSAGE></RESULT>", RequestRefused),
        (b"<Map><RESULT><RESULT.CODE>INFO-100</RESULT.CODE></RESULT></Map>", KeyRefused),
        (people(), NoData),
        (everything(LIVE_PPLTN_STTS=[], LIVE_SUB_PPLTN=[]), NoData),
        (people(place())[:300], Outage),
        (b'{"SeoulRtd.citydata_ppltn":[]}', RequestRefused),
        (b"[]", RequestRefused),
        (b"", Outage),
    ],
)
def test_every_refusal_is_told_apart(body: bytes, error: type[SourceError]):
    with pytest.raises(error):
        sections(body)
    with pytest.raises(SourceError):
        parse(body)


def test_the_fifty_recorded_places_of_2023_are_read(shared_data: Path):
    file = "citydata_LIVE_PPLTN_STTS_50areas_2023-05-29.json"
    recorded = json.loads((shared_data / "seoul" / "api_fixtures" / file).read_text("utf-8"))
    seen: set[str] = set()
    for area in recorded.values():
        said = area["citydata"]["LIVE_PPLTN_STTS"]
        (now,) = of(parse(everything(LIVE_PPLTN_STTS={**said, "AREA_CD": "POI068"})), "now")
        assert f"{now['at'].astimezone(KST):%Y-%m-%d %H:%M}" == said["PPLTN_TIME"]
        assert now["attributes"]["people_min"] == int(said["AREA_PPLTN_MIN"])
        seen.add(now["attributes"]["level"])
    assert len(recorded) == 50
    assert seen <= set(LEVELS)


def test_a_whole_answer_keeps_every_promise():
    assert broken(CAFES, arrived(people(place())), arrived(everything())) == [set(), set()]


def test_what_breaks_a_promise_is_named():
    bodies = [
        people(place(AREA_CD="POI014")),
        people(place(REPLACE_YN="Y")),
        people(place(FCST_PPLTN=[], FCST_YN="N")),
        people(place(PPLTN_TIME="2026-06-02 15:00")),
        people(place(), place(PPLTN_TIME="2026-06-02 18:25")),
        everything(LIVE_PPLTN_STTS=[]),
    ]
    found = broken(CAFES, *map(arrived, bodies))
    assert found == [
        {
            "the_place_is_the_one_asked_for",
            "people_are_told",
            "the_city_forecasts",
            "records_are_understood",
        },
        {"people_are_not_substituted"},
        {"the_city_forecasts"},
        {"people_are_of_this_hour"},
        {"people_are_told"},
        {"people_are_told", "the_city_forecasts"},
    ]
    assert [bool(claims & blocking(CAFES)) for claims in found] == [True, *[False] * 5]


def test_every_field_that_is_renamed_is_missed_by_name():
    for (name,) in (*PEOPLE.needed.values(), *HOUR.needed.values()):
        renamed = people(place()).replace(f'"{name}"'.encode(), f'"{name}_2"'.encode())
        assert parse(renamed).facts["missing_fields"] == name
