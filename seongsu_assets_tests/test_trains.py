"""The trains that the city announces: what is believed of them, and how their source says no.
The bodies have the recorded shape; nobody is asked here."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from seongsu_assets.domain import Parsed, Payload
from seongsu_assets.errors import (
    KeyRefused,
    NoData,
    Outage,
    QuotaSpent,
    RequestRefused,
    SourceError,
)
from seongsu_assets.sources.seoul.trains import FIELDS, STATUS, Trains, announced
from seongsu_assets_tests.feeding import broken

HEARD = datetime(2026, 6, 30, 5, 17, 54, tzinfo=UTC)
RECEIVED = datetime(2026, 6, 30, 5, 18, 24, tzinfo=UTC)
TODAY = date(2026, 6, 30)
SEONGSU = Trains("성수")
EMPTY = dict.fromkeys(
    ("beginRow", "endRow", "curPage", "pageRow", "subwayNm", "subwayHeading", "trainCo")
)
TRAIN = {
    **EMPTY,
    "subwayId": "1002",
    "updnLine": "외선",
    "trainLineNm": "성수행 - 뚝섬방면",
    "statnFid": "1002000212",
    "statnTid": "1002000210",
    "statnId": "1002000211",
    "statnNm": "성수",
    "trnsitCo": "1",
    "ordkey": "01002성수0",
    "subwayList": "1002",
    "statnList": "1002000211",
    "btrainSttus": "일반",
    "barvlDt": "140",
    "btrainNo": "2257",
    "bstatnId": "1002000211",
    "bstatnNm": "성수",
    "recptnDt": "2026-06-30 14:17:54",
    "arvlMsg2": "2분 20초 후",
    "arvlMsg3": "잠실나루",
    "arvlCd": "99",
    "lstcarAt": "0",
}


def train(**changes: Any) -> dict[str, Any]:
    return {**TRAIN, **changes}


def answer(*trains: Any, total: Any = ...) -> bytes:
    head = {
        "status": 200,
        "code": "INFO-000",
        "message": "정상 처리되었습니다.",
        "link": "",
        "developerMessage": "",
        "total": len(trains) if total is ... else total,
    }
    return json.dumps({"errorMessage": head, "realtimeArrivalList": trains}).encode()


def refusal(code: str, **more: Any) -> bytes:
    return json.dumps({"status": 500, "code": code, "message": "…", **more}).encode()


def arrived(body: bytes) -> Payload:
    return Payload("trains", "seoul_realtime /성수", body, RECEIVED)


def parse(body: bytes) -> Parsed:
    return SEONGSU.parse(arrived(body))


def said(**changes: Any) -> dict[str, Any]:
    """The attributes of the one train that is announced."""
    parsed = parse(answer(train(**changes)))
    assert not parsed.rejects, parsed.rejects
    (attributes,) = parsed.rows["attributes"]
    return attributes


def test_a_train_is_read_as_it_was_announced():
    parsed = parse(answer(train()))
    (row,) = parsed.rows.to_dict("records")
    assert row["key"] == "1002000211 01002성수0"
    assert row["issued_at"] == row["at"] == HEARD
    assert row["attributes"] == {
        "station": "성수",
        "line": "1002",
        "direction": "외선",
        "heading": "성수행 - 뚝섬방면",
        "destination": "성수",
        "train": "2257",
        "kind": "일반",
        "message": "2분 20초 후",
        "where": "잠실나루",
        "seconds": 140,
        "status": "99",
        "status_meaning": "running",
        "last": 0,
        "stale_seconds": 30,
    }
    assert parsed.received == 1


def test_zero_seconds_mean_that_nobody_knows():
    assert said(barvlDt="0")["seconds"] is None
    assert said(barvlDt=None)["seconds"] is None


@pytest.mark.parametrize("code", sorted(STATUS))
def test_every_official_status_has_its_meaning(code: str):
    assert said(arvlCd=code)["status_meaning"] == STATUS[code]


def test_a_status_that_nobody_reviewed_is_kept_without_a_meaning():
    assert (said(arvlCd="7")["status"], said(arvlCd="7")["status_meaning"]) == ("7", None)


def test_a_word_of_the_future_has_a_negative_age():
    assert said(recptnDt="2026-06-30 14:19:24")["stale_seconds"] == -60
    assert said(recptnDt="2026-06-30 14:08:24")["stale_seconds"] == 600


def test_the_same_train_number_in_two_directions_is_two_readings():
    rows = parse(answer(train(), train(ordkey="11002성수0", updnLine="내선"))).rows
    assert len(rows) == 2


def test_trains_of_other_lines_and_stations_are_kept_as_they_were_said():
    parsed = parse(answer(train(), train(statnNm="뚝섬", statnId="1002000210", subwayId="1075")))
    assert [a["station"] for a in parsed.rows["attributes"]] == ["성수", "뚝섬"]
    assert parsed.facts["foreign"] == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"recptnDt": None}, {"recptnDt": "방금"}, {"statnId": ""}, {"ordkey": None},
        {"statnNm": None}, {"barvlDt": "-5"}, {"barvlDt": "곧"}, {"barvlDt": "１４０"},
        {"barvlDt": 1e12}, {"barvlDt": True}, {"barvlDt": ["140"]}, {"lstcarAt": "2"},
        {"arvlMsg2": {"text": "곧"}}, {"bstatnNm": "성\0수"},
    ],
)  # fmt: skip
def test_a_train_that_is_not_understood_is_refused_and_the_others_land(changes: dict[str, Any]):
    parsed = parse(answer(train(**changes), train(ordkey="11002성수0")))
    assert len(parsed.rows) == len(parsed.rejects) == 1
    assert parsed.received == 2
    assert parsed.rejects[0].place == "train 1"


def test_what_is_no_record_or_repeats_a_name_is_refused_alone():
    body = answer(train(), None, "성수", [1]).replace(b'"trnsitCo": "1"', b'"ordkey": "x"', 1)
    parsed = parse(body)
    assert (len(parsed.rows), len(parsed.rejects), parsed.received) == (0, 4, 4)


def test_one_train_said_in_two_ways_is_refused_and_a_copy_is_not():
    parsed = parse(answer(train(), train(), train(ordkey="x"), train(ordkey="x", barvlDt="9")))
    assert list(parsed.rows["place"]) == ["train 1"]
    assert [reject.place for reject in parsed.rejects] == ["train 3", "train 4"]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (refusal("INFO-200", total=0), NoData),
        (refusal("INFO-100", total=0), KeyRefused),
        (refusal("ERROR-337", total=0), QuotaSpent),
        (refusal("ERROR-336"), RequestRefused),  # recorded with no more than these three fields
        (refusal("ERROR-500", link="", developerMessage="", total=0), Outage),
        (refusal("ERROR-600"), Outage),
        (refusal("ERROR-999"), RequestRefused),
        (b"<RESULT><CODE>INFO-100</CODE><MESSAGE>...</MESSAGE></RESULT>", KeyRefused),
        (b"<!DOCTYPE html><html>login</html>", Outage),
        (b"", Outage),
        (answer(train())[:200], Outage),
        (answer(), NoData),
        (answer(train(), total=None), RequestRefused),
        (b'{"realtimeArrivalList":[]}', RequestRefused),
        (b'{"errorMessage":{"code":"INFO-000","total":1}}', RequestRefused),
        (b'{"errorMessage":[]}', RequestRefused),
        (b"[]", RequestRefused),
        (b'{"errorMessage":{},"errorMessage":{}}', RequestRefused),
    ],
)
def test_every_refusal_is_told_apart_though_each_comes_under_http_200(
    body: bytes, error: type[SourceError]
):
    with pytest.raises(error):
        announced(body)
    with pytest.raises(SourceError):
        parse(body)


def test_the_recorded_bodies_are_outages_and_never_no_trains(shared_data: Path):
    recorded = shared_data / "seoul" / "api_fixtures"
    for name in ("error500_body.json", "yeoksam_2026-06-30_PASTED_BROKEN.txt"):
        with pytest.raises(Outage):
            announced((recorded / f"realtimeStationArrival_{name}").read_bytes())


def test_a_whole_answer_keeps_every_promise():
    assert broken(SEONGSU, arrived(answer(train(), train(ordkey="x")))) == [set()]


def test_what_breaks_a_promise_is_named():
    stale = train(recptnDt="2026-06-30 14:00:00")
    renamed = {("barvlSec" if name == "barvlDt" else name): v for name, v in TRAIN.items()}
    bodies = [
        answer(train(statnNm="역삼")),
        answer(train(), train(statnNm="역삼", ordkey="x")),
        answer(train(), total=3),
        answer(stale),
        answer(renamed),
    ]
    assert broken(SEONGSU, *map(arrived, bodies)) == [
        {"trains_are_of_the_station_asked_for", "no_other_station_is_listed"},
        {"no_other_station_is_listed"},
        {"every_announced_train_is_listed"},
        {"trains_are_of_this_minute"},
        {
            "every_field_is_there",
            "trains_are_of_the_station_asked_for",
            "trains_are_understood",
        },
    ]


def test_every_field_that_is_renamed_is_missed_by_name():
    for (name,) in FIELDS.needed.values():
        renamed = {(f"{n}2" if n == name else n): value for n, value in TRAIN.items()}
        parsed = parse(answer(renamed))
        assert parsed.facts["missing_fields"] == name
        assert parsed.rows.empty
