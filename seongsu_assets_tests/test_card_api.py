"""Daily card totals over real HTTP: what a day is, and every way in which it is none.
What single records may say stands in test_card_records."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pandas as pd
import pytest

from seongsu_assets.domain import Window
from seongsu_assets.outside import Absence
from seongsu_assets.sources.seoul.card_api import FIELDS, SERVICE
from seongsu_assets_tests.card_days import CARD, DAY, counted, page, record, totals
from seongsu_assets_tests.feeding import FAULTS, ask, blocking, broken, meanings, payload
from seongsu_assets_tests.upstream import KST, Upstream

NOW = datetime(2026, 3, 10, 12, tzinfo=KST)
ONE = Window(DAY, DAY)
NEW_NAMES = tuple(names[0] for names in FIELDS.needed.values())


@pytest.fixture(scope="module")
def world() -> Iterator[Upstream]:
    with Upstream(now=NOW) as running:
        yield running


@pytest.fixture
def upstream(world):
    world.clear()
    world.requests.clear()
    world.now = NOW
    world.options.old_names = False
    return world


def test_a_day_is_one_call_and_two_totals_as_they_were(upstream):
    brought = payload(CARD, upstream, ONE)
    found = CARD.parse(brought)
    assert totals(found) == upstream.truth.daily(DAY)
    assert (found.rows["business_date"] == pd.Timestamp(DAY)).all()
    assert counted(found) == (found.facts["records"], 0)
    assert [seen.path.split("/", 2)[2] for seen in upstream.requests] == [
        f"json/{SERVICE}/1/1000/20260305"
    ]
    assert broken(CARD, brought) == [set()]


def test_the_payload_is_the_body_as_it_came_and_names_no_key(upstream):
    brought = payload(CARD, upstream, ONE)
    assert brought.request == f"{SERVICE}/20260305"
    assert json.loads(brought.body)[SERVICE]["list_total_count"] >= 604
    assert brought.received_at == NOW


def test_the_names_of_2022_and_those_of_today_say_the_same(upstream):
    today = CARD.parse(payload(CARD, upstream, ONE))
    upstream.options.old_names = True
    brought = payload(CARD, upstream, ONE)
    assert b"RIDE_PASGR_NUM" in brought.body
    pd.testing.assert_frame_equal(CARD.parse(brought).rows, today.rows)
    assert broken(CARD, brought) == [set()]


def test_a_day_is_there_on_the_third_day_after_it_and_says_when_it_was_registered(upstream):
    brought = ask(CARD, upstream, Window(date(2026, 3, 6), date(2026, 3, 9)))
    assert [each.meaning if isinstance(each, Absence) else "payload" for each in brought] == [
        "payload", "payload", "not due", "not due",
    ]  # fmt: skip
    assert CARD.parse(brought[0]).facts["lag_days"] == 3


def test_a_day_that_was_due_is_late(upstream):
    upstream.truth.publish_late(date(2026, 2, 20), SERVICE, 2)
    days = Window(date(2026, 2, 20), date(2026, 2, 20))
    upstream.now = datetime(2026, 2, 23, 23, 59, tzinfo=KST)
    assert meanings(CARD, upstream, days) == [(days.first, "not due")]
    upstream.now = datetime(2026, 2, 24, 0, 1, tzinfo=KST)
    assert meanings(CARD, upstream, days) == [(days.first, "late")]
    upstream.now = datetime(2026, 2, 25, 12, tzinfo=KST)
    assert CARD.parse(payload(CARD, upstream, days)).facts["lag_days"] == 5


def test_a_revised_day_brings_the_revised_total_and_its_new_registration(upstream):
    day = date(2026, 2, 10)
    before = CARD.parse(payload(CARD, upstream, Window(day, day)))
    upstream.truth.revise(day, 1.1)
    after = payload(CARD, upstream, Window(day, day))
    assert totals(CARD.parse(after)) == upstream.truth.daily(day) != totals(before)
    assert broken(CARD, after) == [{"registered_when_usual"}]
    assert "registered_when_usual" not in blocking(CARD)


@pytest.mark.parametrize(("fault", "arguments", "meaning"), FAULTS)
def test_a_fault_of_the_wire_is_told_as_what_it_is(upstream, fault, arguments, meaning):
    upstream.fault(fault, **arguments)
    assert meanings(CARD, upstream, ONE) == [(DAY, meaning)]


def test_a_bad_key_costs_one_call_however_many_days_are_asked_for(upstream):
    found = meanings(CARD, upstream, Window(DAY - timedelta(30), DAY), lambda _: "not-a-key")
    assert {meaning for _, meaning in found} == {"bad key"}
    assert len(found) == 31
    assert len(upstream.requests) == 1


def test_without_a_key_nothing_is_asked_and_nothing_is_said(upstream):
    assert ask(CARD, upstream, ONE, key=lambda _: None) == []
    assert upstream.requests == []


def test_a_partial_page_is_refused_and_is_not_a_day(upstream):
    upstream.fault("partial_page", missing=1)
    assert meanings(CARD, upstream, ONE) == [(DAY, "refused")]


def test_a_day_of_more_than_a_thousand_rows_is_read_page_by_page(upstream):
    """F-01."""
    city = [record(f"역{number}") for number in range(1500)]
    for first, rows in (("/1/", city[:1000]), ("/1001/", [*city[1000:], record()])):
        upstream.fault(
            "body",
            content=page(*rows, total=1501),
            when=lambda asked, part=first: part in asked.path,
        )
    brought = payload(CARD, upstream, ONE)
    found = CARD.parse(brought)
    assert [seen.path.split("/")[4:6] for seen in upstream.requests] == [
        ["1", "1000"],
        ["1001", "2000"],
    ]
    assert found.received == found.facts["total"] == 1501
    assert totals(found) == {"boarding": 60_000, "alighting": 62_000}
    assert found.rows["place"].iloc[0] == f"{SERVICE}/20260305 record 1501"


def test_a_day_whose_second_page_is_short_is_refused(upstream):
    """F-01."""
    city = [record(f"역{number}") for number in range(1500)]
    for first, rows in (("/1/", city[:1000]), ("/1001/", city[1000:1499])):
        upstream.fault(
            "body",
            content=page(*rows, total=1500),
            when=lambda asked, part=first: part in asked.path,
        )
    assert meanings(CARD, upstream, ONE) == [(DAY, "refused")]


@pytest.mark.parametrize("column", NEW_NAMES)
@pytest.mark.parametrize("fault", ["rename_column", "drop_column"])
def test_a_column_that_is_renamed_or_gone_gives_no_row_and_its_claim_says_which(
    upstream, column, fault
):
    """F-05."""
    renamed = {"old": column, "new": f"{column}_V2"}
    upstream.fault(fault, **(renamed if fault == "rename_column" else {"column": column}))
    brought = payload(CARD, upstream, ONE)
    found = CARD.parse(brought)
    assert found.rows.empty
    assert counted(found) == (found.facts["records"], found.facts["records"])
    assert found.facts["missing_fields"] == column
    [claims] = broken(CARD, brought)
    assert "every_field_is_there" in claims & blocking(CARD)
    assert ("no_field_is_new" in claims) == (fault == "rename_column")


def test_a_column_that_is_new_is_told_and_harms_no_count(upstream):
    upstream.fault("add_column", column="TRNSF_TNOPE", value=7)
    brought = payload(CARD, upstream, ONE)
    assert totals(CARD.parse(brought)) == upstream.truth.daily(DAY)
    assert broken(CARD, brought) == [{"no_field_is_new"}]
    assert CARD.parse(brought).facts["unknown_fields"] == "TRNSF_TNOPE"
    assert "no_field_is_new" not in blocking(CARD)


def test_directions_that_are_swapped_are_of_the_shape_and_judged_with_the_days_around(upstream):
    """F-05: no single payload shows it; the domain's claims on days and totals do."""
    upstream.fault("swap_directions")
    brought = payload(CARD, upstream, ONE)
    truth = upstream.truth.daily(DAY)
    swapped = {"boarding": truth["alighting"], "alighting": truth["boarding"]}
    assert totals(CARD.parse(brought)) == pytest.approx(swapped, rel=0.005)
    assert broken(CARD, brought) == [set()]


def test_a_hundredfold_is_beyond_what_a_station_can_hold(upstream):
    """F-05: a smaller factor is judged with the days around."""
    upstream.fault("times_100")
    brought = payload(CARD, upstream, ONE)
    assert CARD.parse(brought).rows.empty
    assert "own_station_is_there_once" in broken(CARD, brought)[0] & blocking(CARD)
