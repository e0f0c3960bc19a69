"""What a record of card data may say, and what becomes of one that says something else.
Requests, and what arrives over HTTP, stand in test_card_api."""

import pytest

from seongsu_assets.errors import RequestRefused, SourceError
from seongsu_assets.sources.seoul.card_api import SERVICE
from seongsu_assets_tests.card_days import (
    CARD,
    DAY,
    arrived,
    counted,
    page,
    parsed,
    record,
    totals,
)
from seongsu_assets_tests.feeding import broken


@pytest.mark.parametrize("name", ["성수", "성수 ", " 성수", "성수(2호선)", "성 수", "성수 (지선)"])
@pytest.mark.parametrize("line", ["2호선", "02호선", "2", " 2호선 "])
def test_the_station_is_known_in_every_spelling_seen(name, line):
    """F-05."""
    found = parsed(record(name, line), record("뚝섬"))
    assert totals(found) == {"boarding": 60_000, "alighting": 62_000}
    assert found.facts["own_rows"] == 1


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("성수역", "2호선"),
        ("신성수", "2호선"),
        ("성수", "7호선"),
        ("성수", "2"),
        ("왕십리", "2호선"),
    ],
)
def test_another_station_is_not_ours_whatever_it_resembles(name, line):
    found = parsed(record(name, line))
    assert found.facts["own_rows"] == (line == "2")
    assert len(found.rows) == 2 * (line == "2")


@pytest.mark.parametrize(
    "changed",
    [
        {"USE_YMD": "20260306"}, {"USE_YMD": "2026-03-05"}, {"USE_YMD": "2026030５"},
        {"USE_YMD": None}, {"SBWY_STNS_NM": ["성수"]}, {"SBWY_STNS_NM": ""}, {"GTON_TNOPE": ""},
        {"GTON_TNOPE": None}, {"GTON_TNOPE": -1}, {"GTON_TNOPE": 0.5}, {"GTON_TNOPE": True},
        {"GTON_TNOPE": 1e12}, {"GTON_TNOPE": "１２"}, {"GTON_TNOPE": {"a": 1}},
        {"GTOFF_TNOPE": "many"}, {"REG_YMD": "soon"}, {"REG_YMD": "20260230"},
    ],
)  # fmt: skip
def test_a_record_that_is_not_understood_is_refused_and_never_a_zero(changed):
    """F-02."""
    found = parsed(record(**changed), record("뚝섬"))
    assert found.rows.empty
    assert counted(found) == (2, 1)
    [reject] = found.rejects
    assert reject.place == f"{SERVICE}/20260305 record 1"
    assert reject.business_date == DAY
    assert reject.reason
    assert found.facts["own_rows"] == 0


def test_numbers_are_read_as_the_portal_and_its_users_write_them():
    found = parsed(record(on=60_000.0, off="62000"), record("뚝섬"))
    assert totals(found) == {"boarding": 60_000, "alighting": 62_000}
    assert totals(parsed(record(on=0, off="0.0"))) == {"boarding": 0, "alighting": 0}


def test_a_record_of_another_station_is_checked_and_harms_nobody_else():
    found = parsed(record(), record("뚝섬", on=-5), "nonsense", record("왕십리(성동구청)"))
    assert totals(found) == {"boarding": 60_000, "alighting": 62_000}
    assert counted(found) == (4, 2)
    assert found.facts["stations"] == 2


def test_the_same_record_twice_is_one():
    """F-06."""
    found = parsed(record(), record("성수 "), record())
    assert totals(found) == {"boarding": 60_000, "alighting": 62_000}
    assert len(found.rows) == 2
    assert counted(found) == (3, 0)


def test_of_two_registrations_the_newer_counts_whichever_comes_first():
    """F-06."""
    old, new = record(on=1), record(on=2, registered="20260309")
    for records in ((old, new), (new, old)):
        found = parsed(*records)
        assert totals(found) == {"boarding": 2, "alighting": 62_000}
        assert counted(found) == (2, 0)
        assert found.facts["lag_days"] == 4


def test_records_of_one_registration_that_contradict_each_other_are_all_refused():
    """F-06."""
    found = parsed(record(on=1), record(on=2), record(on=3, registered="20260301"), record("뚝섬"))
    assert found.rows.empty
    assert counted(found) == (4, 3)
    assert all("differently" in reject.reason for reject in found.rejects)
    assert found.facts["own_rows"] == 0


def test_the_contract_asks_for_a_whole_city_with_one_seongsu_in_it():
    city = [record(f"역{number}") for number in range(450)]
    payloads = []
    for records, total in (
        ([*city, record()], 451),
        (city, 450),
        ([record()], 1),
        ([*city, record()], 452),
        ([*city, *(record(f"또{number}") for number in range(500)), record()], 951),
    ):
        payloads.append(arrived(page(*records, total=total)))
    assert broken(CARD, *payloads) == [
        set(),
        {"own_station_is_there_once"},
        {"the_whole_city_is_there"},
        {"every_record_arrived"},
        {"not_more_than_the_city_is_there"},
    ]
    assert all(claim.reason for claim in CARD.terms.contract)
    assert {claim.frame for claim in CARD.terms.contract} == {"payloads"}


def test_a_payload_of_another_envelope_is_refused_as_a_whole():
    for body in (b"", b"<html>", b'{"RESULT": {"CODE": "INFO-200", "MESSAGE": ""}}', b"[1]"):
        with pytest.raises(SourceError):
            CARD.parse(arrived(body))


def test_a_name_told_twice_in_one_record_is_refused_where_it_contradicts_itself():
    assert len(parsed(record(USE_DT="20260305")).rows) == 2
    assert parsed(record(USE_DT="20260306")).rows.empty
    body = page(record(), total=1).decode()
    twice = body.replace('"GTON_TNOPE": ', '"GTON_TNOPE": 1, "GTON_TNOPE": ').encode()
    found = CARD.parse(arrived(twice))
    assert found.rows.empty
    assert "twice" in found.rejects[0].reason


def test_a_page_that_repeats_a_key_of_its_envelope_is_refused():
    body = page(record(), total=1).decode()
    twice = body.replace('"row": ', '"row": [], "row": ').encode()
    with pytest.raises(RequestRefused):
        CARD.parse(arrived(twice))
