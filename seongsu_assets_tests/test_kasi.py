"""KASI's list of holidays over HTTP, year by year, as it changes.
What the calendar makes of it is tested with the calendar."""

import json
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

from seongsu_assets.domain import Payload, Window
from seongsu_assets.sources.kasi import Holidays
from seongsu_assets_tests.upstream import KST, Upstream
from seongsu_assets_tests.weather_web import ask, broken, meanings

KASI = Holidays()
RECEIVED = datetime(2026, 3, 1, 22, 10, tzinfo=UTC)  # 2 March in Korea


@pytest.fixture
def upstream():
    with Upstream(now=datetime(2026, 3, 2, 5, 30, tzinfo=KST)) as server:
        yield server


def item(day=20261003, name="개천절", off="Y"):
    return {"dateKind": "01", "dateName": name, "isHoliday": off, "locdate": day, "seq": 1}


def body(items, total=None):
    total = total if total is not None else len(items) if isinstance(items, list) else 1
    inner = {"items": {"item": items} if items else "", "totalCount": total}
    header = {"resultCode": "00", "resultMsg": "NORMAL SERVICE."}
    return json.dumps({"response": {"header": header, "body": inner}}).encode()


def parsed(items):
    return KASI.parse(Payload("kasi", "request", body(items), RECEIVED))


def test_this_year_and_the_next_are_asked_for_whole_and_in_json(upstream):
    found = ask(KASI, upstream)
    assert all(isinstance(each, Payload) for each in found)
    asked = [parse_qs(urlsplit(seen.path).query) for seen in upstream.requests]
    assert [each["solYear"] for each in asked] == [["2026"], ["2027"]]
    assert {each["numOfRows"][0] for each in asked} == {"100"}
    assert {each["_type"][0] for each in asked} == {"json"}
    assert all("solMonth" not in each for each in asked)


def test_a_year_is_every_holiday_of_the_official_list(upstream):
    this_year, _ = ask(KASI, upstream)
    found = KASI.parse(this_year)
    assert (len(found.rows), found.rejects) == (found.received, ())
    dates = found.rows["at"].dt.tz_convert(KST).dt.date
    days = {day: told["name"] for day, told in zip(dates, found.rows["attributes"], strict=True)}
    assert days[date(2026, 5, 1)] == "노동절"
    assert days[date(2026, 6, 3)] == "전국동시지방선거"
    assert days[date(2026, 8, 17)] == "대체공휴일(광복절)"
    assert len(days) == 22
    assert broken(KASI, this_year) == set()


def test_a_holiday_is_told_as_known_from_the_korean_midnight_before():
    (row,) = parsed(item()).rows.to_dict("records")
    assert row["key"] == "개천절"
    assert row["issued_at"] == pd.Timestamp("2026-03-02T00:00+09:00")
    assert row["at"] == pd.Timestamp("2026-10-03T00:00+09:00")
    assert row["attributes"] == {"holiday": True, "name": "개천절"}


def test_a_holiday_that_is_announced_is_there_at_the_next_asking(upstream):
    before, _ = ask(KASI, upstream)
    upstream.holidays[date(2026, 10, 2)] = "임시공휴일"
    after, _ = ask(KASI, upstream)
    new = set(KASI.parse(after).rows["at"]) - set(KASI.parse(before).rows["at"])
    assert new == {pd.Timestamp("2026-10-02T00:00+09:00")}


def test_two_holidays_of_one_day_are_two_readings():
    found = parsed([item(20250505, "어린이날"), item(20250505, "부처님오신날")])
    assert len(found.rows) == 2
    assert found.facts["holidays"] == 1


def test_a_day_that_is_no_day_off_is_told_as_such():
    (told,) = parsed(item(off="N")).rows["attributes"]
    assert told["holiday"] is False


def test_a_single_holiday_comes_as_an_object_and_its_date_may_be_text():
    assert len(parsed(item()).rows) == len(parsed(item(day="20261003")).rows) == 1


def test_a_year_that_is_not_published_is_not_due_before_it_begins(upstream):
    upstream.fault("body", content=body("", 0), when=lambda r: r.parameters["solYear"] == "2027")
    this_year, next_year = ask(KASI, upstream)
    assert isinstance(this_year, Payload)
    assert (next_year.business_date, next_year.meaning) == (date(2027, 1, 1), "not due")


def test_a_year_that_has_begun_without_its_list_is_late(upstream):
    upstream.fault("body", content=body("", 0))
    first = date(2026, 1, 1)
    assert meanings(KASI, upstream)[0] == (first, "late")


@pytest.mark.parametrize(
    ("kind", "meaning"),
    [("bad_key", "bad key"), ("quota", "quota"), ("http_500", "outage"), ("html_page", "outage")],
)
def test_an_error_is_no_year_without_holidays(upstream, kind, meaning):
    upstream.fault(kind)
    assert [told for _, told in meanings(KASI, upstream)] == [meaning, meaning]


def test_a_year_that_is_cut_is_refused(upstream):
    upstream.fault("partial_page", missing=3)
    assert [told for _, told in meanings(KASI, upstream)] == ["refused", "refused"]


def test_the_year_after_the_window_is_asked_for_too(upstream):
    ask(KASI, upstream, Window(date(2024, 5, 1), date(2026, 3, 2)))
    assert len(upstream.requests) == 4


@pytest.mark.parametrize(
    "wrong",
    [
        item(day=20261303),
        item(day=0),
        item(day=99990101),
        item(day=True),
        item(name=""),
        item(name=None),
        item(off="y"),
        item(off=True),
        item(off=None),
        "개천절",
    ],
)
def test_what_is_not_understood_is_refused_and_the_others_stand(wrong):
    found = parsed([wrong, item()])
    assert (len(found.rows), len(found.rejects), found.received) == (1, 1, 2)


def test_a_list_with_half_its_days_breaks_the_contract():
    half = [item(day=20260101 + n, name=f"day {n}") for n in range(9)]
    assert "a_year_has_its_holidays" in broken(KASI, Payload("kasi", "", body(half), RECEIVED))


@pytest.mark.parametrize("column", ["locdate", "dateName", "isHoliday"])
def test_a_renamed_column_breaks_the_contract(upstream, column):
    upstream.fault("rename_column", old=column, new="newName")
    this_year, _ = ask(KASI, upstream)
    assert "a_year_has_its_holidays" in broken(KASI, this_year)
    assert KASI.parse(this_year).rows.empty
