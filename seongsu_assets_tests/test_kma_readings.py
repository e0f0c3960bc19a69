"""KMA's items made readings: what is known of an hour, and what is refused.
Requests are tested in test_kma."""

import json
from datetime import datetime

import pytest

from seongsu_assets.domain import Payload
from seongsu_assets.errors import Outage, SourceError
from seongsu_assets.sources.kma.forecasts import KmaNow, KmaShort, KmaVillage
from seongsu_assets_tests.upstream import KST
from seongsu_assets_tests.weather_web import broken

RECEIVED = datetime(2026, 10, 2, 0, 55, tzinfo=KST)


def kst(text):
    return datetime.fromisoformat(text).replace(tzinfo=KST)


def item(category, value, at="20261002 0100", base="20261002 0030", field="fcstValue"):
    (base_day, base_time), (day, time) = base.split(), at.split()
    place = {"nx": 61, "ny": 126}
    target = {"fcstDate": day, "fcstTime": time} if field == "fcstValue" else {}
    return (
        {"baseDate": base_day, "baseTime": base_time, "category": category}
        | target
        | place
        | {field: value}
    )


def body(items):
    inner = {"items": {"item": items}, "totalCount": len(items)}
    header = {"resultCode": "00", "resultMsg": "NORMAL_SERVICE"}
    return json.dumps({"response": {"header": header, "body": inner}}).encode()


def said(source, items):
    return Payload(source.name, "request", body(items), RECEIVED)


def parsed(source, items):
    return source.parse(said(source, items))


def told(source, *items):
    (attributes,) = parsed(source, items).rows["attributes"]
    return attributes


def test_an_hour_has_what_is_known_and_nothing_else():
    assert told(KmaShort(), item("T1H", "15"), item("RN1", "-999")) == {"temperature": 15.0}
    assert parsed(KmaShort(), [item("T1H", "-999")]).rows.empty


def test_a_bad_value_is_refused_alone():
    found = parsed(KmaShort(), [item("T1H", "15"), item("REH", "many"), item("POP", "10")])
    (reject,) = found.rejects
    assert (reject.place, found.received) == ("item 1", 3)
    assert "many" in reject.record
    assert list(found.rows["attributes"]) == [{"temperature": 15.0, "pop": 10.0}]


def test_a_category_told_in_two_ways_is_refused_and_a_copy_is_not():
    items = [item("T1H", "15"), item("T1H", "16"), item("REH", "40"), item("REH", "40")]
    found = parsed(KmaShort(), items)
    assert [reject.place for reject in found.rejects] == ["item 0", "item 1"]
    assert list(found.rows["attributes"]) == [{"humidity": 40.0}]


@pytest.mark.parametrize(
    "changed",
    [
        {"nx": 60},
        {"ny": "127"},
        {"baseDate": "20261302"},
        {"baseTime": "2500"},
        {"fcstTime": "٠١٠٠"},
        {"fcstDate": "20261001"},  # before the issue
        {"fcstDate": "20261014"},
        {"baseDate": "20261003", "fcstDate": "20261003"},  # issued after it was received
        {"baseDate": "19980101", "fcstDate": "19980101"},
        {"category": None},
    ],
)
def test_an_item_of_another_place_or_time_is_refused(changed):
    found = parsed(KmaShort(), [item("T1H", "15") | changed])
    assert len(found.rejects) == 1
    assert found.rows.empty


def test_a_repeated_field_makes_an_item_doubtful():
    doubled = body([item("T1H", "15")]).replace(b'"category"', b'"category": "POP", "category"')
    found = KmaShort().parse(Payload("kma_short", "", doubled, RECEIVED))
    assert "category" in found.rejects[0].reason


def test_times_may_be_numbers_without_their_leading_zeros():
    early = item("T1H", "15") | {"baseDate": 20261002, "baseTime": 30, "fcstTime": 100}
    (row,) = parsed(KmaShort(), [early]).rows.to_dict("records")
    assert (row["issued_at"], row["at"]) == (kst("2026-10-02 00:30"), kst("2026-10-02 01:00"))


def test_an_unknown_category_is_no_reading_and_is_told():
    found = parsed(KmaShort(), [item("T1H", "15"), item("UVI", "3")])
    assert list(found.rows["attributes"]) == [{"temperature": 15.0}]
    assert found.facts["unknown_categories"] == "UVI"
    assert not found.rejects


def test_an_answer_that_stands_still_breaks_the_contract():
    items = [item("T1H", "15", base="20261001 0030", at="20261001 0100")]
    claims = broken(KmaShort(), said(KmaShort(), items))
    assert "the_issue_is_new" in claims


def test_a_bundle_that_is_torn_is_a_typed_error():
    with pytest.raises(SourceError):
        KmaNow().parse(Payload("kma_now", "", b"PK\x03\x04torn", RECEIVED))
    with pytest.raises(Outage):
        KmaNow().parse(Payload("kma_now", "", b"", RECEIVED))


def test_the_recorded_nowcast_is_read(shared_data):
    folder = shared_data / "seoul" / "api_fixtures" / "transcribed"
    recorded = (folder / "kma_getUltraSrtNcst_20261002_0000_60_127.json").read_bytes()
    seoul = KmaNow(37.5636, 126.9800)
    answer = Payload("kma_now", "", recorded, RECEIVED)
    found = seoul.parse(answer)
    (row,) = found.rows.to_dict("records")
    assert (row["key"], row["at"]) == ("60,127", kst("2026-10-02 00:00"))
    assert row["attributes"] == {
        "kind": 0, "humidity": 37.0, "precipitation": 0.0, "temperature": 15.2, "wind": 3.7,
    }  # fmt: skip
    assert broken(seoul, answer) == set()


@pytest.mark.parametrize(
    ("source", "name", "base"),
    [
        (KmaShort(), "kma_getUltraSrtFcst_20261002_0000_slots.txt", "20261002 0000"),
        (KmaVillage(), "kma_getVilageFcst_20261001_2300_slots_EXCERPT.txt", "20261001 2300"),
    ],
)
def test_the_recorded_forecasts_are_understood_to_the_last_value(shared_data, source, name, base):
    text = (shared_data / "seoul" / "api_fixtures" / "transcribed" / name).read_text("utf-8")
    items = [
        item(category, value, at, base)
        for line in text.splitlines()
        if line and not line.startswith("#")
        for at, _, values in [line.partition(" | ")]
        for category, _, value in [pair.partition("=") for pair in values.split("; ")]
    ]
    found = parsed(source, items)
    assert not found.rejects
    claims = broken(source, said(source, items))
    assert claims <= {"it_has_its_hours"}  # the excerpt is not all of it
    for attributes in found.rows["attributes"]:
        assert {"temperature", "precipitation", "humidity", "wind", "sky", "pop"} <= set(attributes)
