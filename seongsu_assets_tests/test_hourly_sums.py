"""What an hourly record may say, how records add up, and that no damage makes a sum too low.
Requests, and what arrives over HTTP, stand in test_station_hourly."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seongsu_assets.sources.seoul.station_hourly import SERVICE
from seongsu_assets_tests.feeding import broken
from seongsu_assets_tests.fuzz import fuzz
from seongsu_assets_tests.hourly_days import (
    DAY,
    HOURLY,
    another,
    arrived,
    counted,
    page,
    parsed,
    record,
    slots,
    whole_day,
)


def test_the_people_of_an_hour_are_those_of_all_its_cards_and_passenger_types():
    found = parsed(record(), record(card="2", on="11"), record(user="100", on="0", off="5"))
    assert slots(found) == {"boarding": {8: 111}, "alighting": {8: 185}}
    assert found.facts["card_types"] == 2
    assert found.facts["user_types"] == 2


@pytest.mark.parametrize(
    ("hour", "slot"),
    [("04", 4), ("05", 4), ("06", 6), ("6", 6), (23, 23), ("00", 24), ("0", 24), ("03", 24)],
)
def test_the_small_hours_belong_to_the_night_after_the_day_and_the_first_to_before_six(hour, slot):
    assert slots(parsed(record(hour)))["boarding"] == {slot: 100}


def test_both_ends_of_the_day_are_sums_of_their_hours():
    hours = ("04", "05", "00", "01", "02", "03")
    found = slots(parsed(*(record(hour, str(10**place)) for place, hour in enumerate(hours))))
    assert found["boarding"] == {4: 11, 24: 111_100}


def test_an_hour_that_no_record_mentions_is_not_there_and_is_no_zero():
    found = slots(parsed(record("08"), record("10", "0", "0")))
    assert found == {"boarding": {8: 100, 10: 0}, "alighting": {8: 90, 10: 0}}


@pytest.mark.parametrize("code", ["211", "0211", 211, " 211 "])
@pytest.mark.parametrize("name", ["성수", "성수 ", "성수(2호선)"])
@pytest.mark.parametrize("line", ["2호선", "02호선", "2"])
def test_the_station_is_known_in_every_spelling_seen(code, name, line):
    """F-05."""
    found = parsed(record(stnCd=code, stnNm=name, lineNm=line))
    assert found.facts["own_rows"] == 1


def test_records_of_other_stations_are_counted_checked_and_not_summed():
    strange = another(stnCd="2111", stnNm="성수역")
    found = parsed(record(), another(), strange, another("24"), another(rideNope=None))
    assert slots(found) == {"boarding": {8: 100}, "alighting": {8: 90}}
    assert counted(found) == (5, 2)
    assert found.facts["own_rows"] == 1


#: One slip in a record of ours, of which the hour can still be told.
SLIPS = (
    {"rideNope": ""}, {"rideNope": None}, {"gffNope": "-1"}, {"gffNope": "1.5"}, {"rideNope": True},
    {"rideNope": "１２"}, {"rideNope": 1e12}, {"rideNope": [5]}, {"gffNope": {"a": 1}},
    {"pasngDe": "20260306"}, {"pasngDe": "2026-3-5"}, {"trnscdSeCd": None}, {"trnscdUserSeCd": ""},
    {"stnCd": "212"}, {"stnCd": None}, {"stnNm": "성수역"}, {"stnNm": None}, {"lineNm": "7호선"},
    {"stnCd": None, "stnNm": None}, {"lineNm": []},
)  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_an_hour_with_a_record_that_is_not_understood_has_no_count_and_the_others_have(slip):
    """F-02: without that record the sum would be too low."""
    found = parsed(record(), record(card="2") | slip, record("09"), another())
    assert slots(found) == {"boarding": {9: 100}, "alighting": {9: 90}}
    assert counted(found) == (4, 2)
    reasons = {reject.place.rpartition(" ")[2]: reject.reason for reject in found.rejects}
    assert set(reasons) == {"1", "2"}
    assert reasons["1"] == f"counts with {SERVICE}/20260305 record 2, which is refused"
    assert {reject.business_date for reject in found.rejects} == {DAY}


@pytest.mark.parametrize(
    "slip", [{"pasngHr": "24"}, {"pasngHr": None}, {"pasngHr": "٠٨"}, {"pasngHr": "8시"}]
)
def test_a_record_whose_hour_is_not_understood_leaves_no_hour_of_the_day_in_certainty(slip):
    found = parsed(record(), record(card="2") | slip, record("09"), another())
    assert found.rows.empty
    assert counted(found) == (4, 3)


def test_what_is_no_record_may_have_been_ours():
    found = parsed(record(), "nonsense", another())
    assert found.rows.empty
    assert counted(found) == (3, 2)


def test_both_hours_of_the_open_slot_fall_with_one_of_them():
    found = parsed(record("04"), record("05", on="x"), record("06"))
    assert slots(found) == {"boarding": {6: 100}, "alighting": {6: 90}}


def test_the_same_record_twice_is_counted_once():
    """F-06."""
    found = parsed(record(), record(), record(card="2"), record(rideNope=100))
    assert slots(found) == {"boarding": {8: 200}, "alighting": {8: 180}}
    assert counted(found) == (4, 0)


def test_records_that_contradict_each_other_take_their_hour_with_them():
    """F-06: the source says of no record which is the newer."""
    found = parsed(record(), record(on="101"), record(card="2"), record("09"))
    assert slots(found) == {"boarding": {9: 100}, "alighting": {9: 90}}
    assert counted(found) == (4, 3)
    assert "differently in" in found.rejects[0].reason


def test_an_hour_of_more_people_than_a_station_can_hold_has_no_count():
    found = parsed(record(on="600000"), record(card="2", on="600000"), record("09"))
    assert slots(found)["boarding"] == {9: 100}
    assert counted(found) == (3, 2)


def test_a_name_that_is_new_is_told_and_one_that_may_be_absent_is_not():
    plain = record(trnsfNope="3")
    del plain["stnNo"], plain["crtrYmd"]
    facts = parsed(plain).facts
    assert facts["unknown_fields"] == "trnsfNope"
    assert facts["missing_fields"] == ""
    assert facts["lag_days"] is None


@fuzz(200)
@given(st.integers(0, 2**32), st.sampled_from(SLIPS), st.integers(1, 3))
def test_no_damage_makes_a_sum_too_low(seed, slip, times):
    chance, records = random.Random(seed), whole_day()
    truth = slots(parsed(*records))
    for _ in range(times):
        place = chance.randrange(len(records))
        records[place] = {**records[place], **slip}
        records.insert(chance.randrange(len(records)), records[chance.randrange(len(records))])
    chance.shuffle(records)
    found = parsed(*records)
    assert counted(found)[0] == len(records)
    for series, by_slot in slots(found).items():
        assert by_slot.items() <= truth[series].items()


def test_the_contract_asks_for_what_makes_a_day_whole():
    day = whole_day()
    one_card = [each | {"trnscdSeCd": "2", "trnscdUserSeCd": f"{n}"} for n, each in enumerate(day)]
    one_user = [each | {"trnscdUserSeCd": "01", "trnscdSeCd": f"{n}"} for n, each in enumerate(day)]
    changed = {
        "own_station_is_there": day[:60],
        "cards_are_of_every_usual_type": one_card,
        "passengers_are_of_every_usual_type": one_user,
    }
    payloads = [arrived(page(records)) for records in (day, *changed.values())]
    payloads.append(arrived(page(day, total=len(day) + 1)))
    found = broken(HOURLY, *payloads)
    assert found[0] == set()
    assert all(claim in claims for claim, claims in zip(changed, found[1:], strict=False))
    assert found[-1] == {"every_record_arrived"}
    assert all(claim.reason for claim in HOURLY.terms.contract)
