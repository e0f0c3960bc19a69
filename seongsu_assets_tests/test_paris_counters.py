"""The counters of Paris over real HTTP: a day is whole, or it is none and says why.
What single records may say stands in test_paris_counts."""

import json
from datetime import date, timedelta

import pandas as pd
import pytest

from seongsu_assets.domain import Payload
from seongsu_assets.errors import SourceError
from seongsu_assets.sources.pages import unbundle
from seongsu_assets.sources.paris.counters import DATASET
from seongsu_assets.sources.paris.counts import instants
from seongsu_assets_tests.doors import NOW
from seongsu_assets_tests.paris_portal import (
    CLOCKS_BACK,
    CLOCKS_FORWARD,
    COUNTERS,
    DAY,
    Portal,
    absence,
    arrived,
    ask,
    broken,
    day_of,
    payload,
    record,
)

FIELDS = {"id_compteur", "nom_compteur", "sum_counts", "date", "coordinates"}


def values(brought: Payload) -> pd.Series:
    rows = COUNTERS.parse(brought).rows
    return rows.set_index(["series", "hour"])["value"].sort_index()


def test_a_day_is_two_calls_that_prove_each_other():
    portal = Portal(day_of(DAY))
    brought = payload(portal)
    assert [endpoint for endpoint, _ in portal.asked] == ["records", "exports/json"]
    assert (brought.request, brought.received_at) == (f"{DATASET}/20260227", NOW)
    count, export = (json.loads(body) for body in unbundle(brought.body))
    assert count["total_count"] == len(export) == 60 * 24
    assert set(export[0]) == FIELDS
    found = COUNTERS.parse(brought)
    assert (len(found.rows), found.received, found.rejects) == (60 * 24, 60 * 24, ())
    assert found.facts["counters"] == 60
    assert broken(brought) == set()


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (DAY, "2026-02-26T23:00:00", "2026-02-27T23:00:00"),
        (CLOCKS_BACK, "2025-10-25T22:00:00", "2025-10-26T23:00:00"),
        (CLOCKS_FORWARD, "2025-03-29T23:00:00", "2025-03-30T22:00:00"),
    ],
)
def test_a_day_is_cut_at_midnight_in_paris(day: date, first: str, last: str):
    around = [each for n in (-1, 0, 1) for each in day_of(day + timedelta(n))]
    portal = Portal(around)
    brought = payload(portal, day)
    assert portal.asked[0][1]["where"] == f"date >= date'{first}' AND date < date'{last}'"
    found = COUNTERS.parse(brought)
    assert set(found.rows["business_date"]) == {pd.Timestamp(day)}
    assert found.received == 60 * len(instants(day))
    assert found.facts["hours_missing"] == 0
    assert broken(brought) == set()


@pytest.mark.parametrize("size", [100, 99, 37, 1])
def test_where_exports_stay_short_pages_of_any_size_give_every_morning(size: int):
    records = day_of(DAY, counters=45)
    whole = values(payload(Portal(records)))
    portal = Portal(records, size=size, export=1_000)
    brought = payload(portal)
    pd.testing.assert_series_equal(values(brought), whole)
    assert len(whole) == 45 * 24
    assert len(unbundle(brought.body)) == -(-45 * 24 // size)
    assert broken(brought) == set()


def test_an_export_that_is_short_once_is_asked_for_again():
    short = json.dumps([]).encode()
    portal = Portal(day_of(DAY), replies={"exports/json": [(200, short), (200, short)]})
    assert len(values(payload(portal))) == 60 * 24
    assert [endpoint for endpoint, _ in portal.asked] == ["records", *["exports/json"] * 3]


@pytest.mark.parametrize("torn", [900, 0])
@pytest.mark.parametrize("status", [200, 0])
def test_a_torn_export_is_asked_for_again(status: int, torn: int):
    """Cut by the portal, or on the way: even of a whole one that was announced as longer."""
    whole = json.dumps(day_of(DAY)).encode()
    portal = Portal(day_of(DAY), replies={"exports/json": [(status, whole[: len(whole) - torn])]})
    assert len(values(payload(portal))) == 60 * 24
    assert len(portal.asked) == (2 if (status, torn) == (200, 0) else 3)


@pytest.mark.parametrize("status", [0, 429, 500])
def test_where_exports_are_out_the_pages_give_the_day(status: int):
    portal = Portal(day_of(DAY), replies={"exports/json": [(status, b"")] * 4})
    assert len(values(payload(portal))) == 60 * 24
    assert [endpoint for endpoint, _ in portal.asked[-15:]] == ["records"] * 15


def test_more_records_than_can_be_paged_through_are_refused_and_not_cut():
    portal = Portal(day_of(DAY, counters=420), export=10_000)
    refused = absence(portal)
    assert (refused.meaning, refused.business_date) == ("refused", DAY)
    assert "10,080 records" in refused.detail
    assert len(values(payload(Portal(day_of(DAY, counters=420))))) == 10_080


@pytest.mark.parametrize(
    ("vice", "words"),
    [({"blind": True}, "told again"), ({"writing": True}, "of 1,44")],
)
def test_pages_that_are_not_of_one_whole_are_refused(vice: dict[str, bool], words: str):
    refused = absence(Portal(day_of(DAY), export=5, **vice))
    assert refused.meaning == "refused"
    assert words in refused.detail


def test_a_page_that_is_empty_before_the_end_is_refused():
    portal = Portal(day_of(DAY), export=5)
    first = json.dumps({"total_count": 1440, "results": []}).encode()
    portal.replies["records"] = [(200, first), (200, first), (200, first)]
    assert absence(portal).meaning == "refused"


@pytest.mark.parametrize(
    ("status", "body", "meaning", "calls"),
    [
        (500, b"", "outage", 4),
        (503, b"<html>maintenance</html>", "outage", 4),
        (429, b'{"errorcode": 10002, "limit_time_unit": "minute"}', "outage", 4),
        (429, b"Too many requests", "outage", 4),
        (429, b'{"errorcode": 10002, "limit_time_unit": "day", "call_limit": 5000}', "quota", 1),
        (400, b'{"error_code": "ODSQLError", "message": "Unknown field"}', "refused", 1),
        (404, b'{"error_code": "NotFound"}', "refused", 1),
        (200, b"", "outage", 4),
        (200, b"<html></html>", "outage", 4),
        (200, b'{"total_count": 3', "outage", 4),
        (200, b"[]", "refused", 1),
        (200, b'{"total_count": 2, "total_count": 3, "results": []}', "refused", 1),
        (200, b'{"total_count": "3", "results": []}', "refused", 1),
        (200, b'{"total_count": 0, "results": [{}]}', "refused", 1),
    ],
)  # fmt: skip
def test_each_refusal_is_told_as_what_it_is(status: int, body: bytes, meaning: str, calls: int):
    portal = Portal(day_of(DAY), replies={"records": [(status, body)] * 4})
    assert absence(portal).meaning == meaning
    assert len(portal.asked) == calls


def test_an_export_that_is_no_list_is_refused():
    portal = Portal(day_of(DAY), replies={"exports/json": [(200, b'{"results": []}')]})
    assert absence(portal).meaning == "refused"


def test_what_is_not_published_is_late_from_the_second_morning_on():
    portal = Portal(day_of(date(2026, 2, 26)))
    brought = ask(portal, date(2026, 2, 26), NOW.date())
    meanings = [
        each if isinstance(each, str) else getattr(each, "meaning", "day") for each in brought
    ]
    assert meanings == ["day", "late", "late", "not due"]


def test_days_beyond_thirteen_months_are_gone_and_not_asked_for():
    portal = Portal([])
    assert absence(portal, date(2025, 1, 1)).meaning == "gone"
    assert portal.asked == []


def test_a_payload_that_does_not_say_how_many_there_should_be_is_refused():
    (_, export) = unbundle(payload(Portal(day_of(DAY))).body)
    alone = Payload(COUNTERS.name, f"{DATASET}/20260227", export, NOW)
    with pytest.raises(SourceError, match="how many"):
        COUNTERS.parse(alone)


def test_the_contract_names_what_is_wrong():
    records = day_of(DAY)
    assert broken(arrived(records, total=len(records) + 1)) == {"every_record_arrived"}
    assert broken(arrived(records[: 24 * 30])) == {"the_whole_city_is_there"}
    assert broken(arrived(records + day_of(DAY + timedelta(1))[:1])) == {"records_are_of_the_day"}
    assert broken(arrived(records + records[:1])) == {"records_are_told_once"}
    mornings = [each for place, each in enumerate(records) if place % 24 > 8]
    assert broken(arrived(mornings)) == {"every_hour_of_the_day_is_told"}
    nulls = [each | {"sum_counts": None} for each in records[: 24 * 15]]
    assert broken(arrived(nulls + records[24 * 15 :])) == {"most_counts_are_known"}
    renamed = [{"compteur" if k == "id_compteur" else k: v for k, v in r.items()} for r in records]
    assert "every_field_is_there" in broken(arrived(renamed))


def test_counters_have_names_as_they_were_said():
    begins = instants(DAY)[0]
    hostile = "<script>alert('vélo')</script>\u202e %s {key}; drop table"
    told = [
        record("a", begins, nom_compteur=hostile, coordinates={"lon": 2.3, "lat": 48.9}),
        record("b", begins, nom_compteur=None, coordinates=None),
        record("c", begins, nom_compteur="a\0b", coordinates={"lon": "x", "lat": 1e9}),
        record("d", begins, nom_compteur=["list"], coordinates=[1, 2]),
        "no record",
    ]
    assert COUNTERS.parse(arrived(told)).names == {"a": hostile}
