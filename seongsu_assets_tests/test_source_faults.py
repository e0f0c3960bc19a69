"""F-01 to F-05, end to end: pages, bodies and columns that are wrong, and what then stands there.
Single records and single claims have tests of their own."""

import time
import tracemalloc
from datetime import datetime, timedelta

import pytest

from seongsu_assets.domain import Window
from seongsu_assets.sources.seoul import card_api, hourly_sums
from seongsu_assets.warehouse import contracts, verdicts
from seongsu_assets_tests.faulty import (
    CARD,
    DATASET,
    HOURLY,
    SERVICES,
    TODAY,
    ago,
    books,
    broken,
    hours,
    meanings,
    owed,
    quarantined,
    requests,
    stored,
    total,
    unbalanced,
)
from seongsu_assets_tests.faulty_life import asks_for, begun, lived, only, settled
from seongsu_assets_tests.fuzz_warehouse import fuzzed, judge, land
from seongsu_assets_tests.rehearsing import Life
from seongsu_assets_tests.upstream import KST

FOUR = ago(4)  # old enough for both sources, young enough for the hourly one


@pytest.mark.parametrize(("rows", "pages"), [(1_001, 2), (2_500, 3), (10_000, 10)])
def test_f01_a_table_behind_a_cap_of_a_thousand_rows_is_read_to_the_last(live: Life, rows, pages):
    begun(live)
    live.upstream.options.card_rows = rows
    live.fetch(only(FOUR))
    assert len(requests(live, CARD)) == pages
    assert books(live.conn).received[f"{CARD}/{FOUR:%Y%m%d}"] == rows
    assert total(live, FOUR) == live.upstream.truth.daily(FOUR)  # ours is on the last page
    assert broken(live, f"{CARD}/{FOUR:%Y%m%d}") == {"not_more_than_the_city_is_there": False}
    assert unbalanced(live.conn).empty


@pytest.mark.parametrize("page", ["/1/", "/1001/"])
def test_f01_a_page_with_a_row_too_few_is_a_refusal_and_no_part_of_a_day(live: Life, page):
    begun(live)
    live.upstream.options.card_rows = 1_500
    live.upstream.fault("partial_page", service=CARD, when=lambda asked: page in asked.path)
    live.fetch(only(FOUR))
    assert meanings(live, "card_daily") == {FOUR: "refused"}
    assert total(live, FOUR) == {}
    assert stored(live, "payload") == 1  # the hours
    [kept] = live.conn.execute("select count(*) from warehouse.answer").fetchall()
    assert kept == (len(live.upstream.requests),)  # what was refused as data is kept as an answer


def test_f02_fuzzed_payloads_leave_no_bad_row_and_every_record_is_accounted_for(live: Life):
    begun(live)
    sent, told = [], []
    for name in ("hourly", "card"):  # a total is spread over the hours of the days before it
        drawn = fuzzed(name, 75)
        sent += drawn
        told += land(live.conn, name, drawn)
    seen = judge(live.conn, sent, told)
    assert seen["payloads"] >= 150
    assert min(seen.values()) > 0, seen


#: What comes under HTTP 200 instead of data, and what it means.
FALSE = {
    "xml outage": ("xml_error", {"code": "ERROR-500"}, "outage"),
    "xml refusal": ("xml_error", {"code": "ERROR-336"}, "refused"),
    "page": ("html_page", {}, "outage"),
    "empty": ("empty_body", {}, "outage"),
    "cut": ("cut_json", {}, "outage"),
    "bomb": ("gzip_bomb", {"size": 500 << 20}, "refused"),
    "no answer": ("down", {}, "outage"),
}


@pytest.mark.parametrize(("fault", "arguments", "meaning"), FALSE.values(), ids=FALSE)
def test_f03_what_is_no_data_is_an_outage_or_a_refusal_and_never_no_data(
    live: Life, fault, arguments, meaning
):
    begun(live)
    live.upstream.fault(fault, **arguments)
    live.fetch(only(FOUR))
    for source in SERVICES:
        assert meanings(live, source) == {FOUR: meaning}
    assert [stored(live, name) for name in ("payload", "arrival", "observation")] == [0, 0, 0]
    assert owed(live, FOUR)[FOUR].state == "late"
    assert meaning in owed(live, FOUR)[FOUR].why


def test_f03_a_bomb_costs_neither_time_nor_memory(live: Life):
    begun(live)
    live.upstream.fault("gzip_bomb", size=500 << 20)
    started = time.monotonic()
    tracemalloc.start()
    live.fetch(only(FOUR))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300 << 20
    assert time.monotonic() - started < 30
    assert len(live.upstream.requests) == len(SERVICES)  # it is not asked for again


def test_f04_a_day_without_data_is_not_due_then_late_then_gone_at_a_hundred_clocks(live: Life):
    begun(live)
    day, due = FOUR, {"station_hourly": 1, "card_daily": 3}
    for service in SERVICES.values():
        live.upstream.truth.withhold(day, service)
    seen = set[tuple[str, str]]()
    for number in range(100):
        moment = datetime(day.year, day.month, day.day, tzinfo=KST) + timedelta(
            days=1, minutes=119 * number
        )
        live.at(moment.date(), moment.hour, moment.minute)
        live.fetch(only(day))
        age = (moment.date() - day).days
        for source, days in due.items():
            expected = "late" if age > days else "not due"
            expected = "gone" if source == "station_hourly" and age > 7 else expected
            assert meanings(live, source) == {day: expected}, moment
            seen.add((source, expected))
        state = "not due" if age <= 1 else "late" if age <= 7 else "lost"
        assert owed(live, day)[day].state == state, moment
    assert len(seen) == 5
    assert stored(live, "arrival") == 0


@pytest.mark.parametrize("fault", ["rename_column", "drop_column"])
@pytest.mark.parametrize(
    ("source", "fields"),
    [("card_daily", card_api.FIELDS), ("station_hourly", hourly_sums.FIELDS)],
)
def test_f05_each_needed_column_that_is_renamed_or_gone_writes_no_row_and_names_its_claim(
    live: Life, source, fields, fault
):
    begun(live)
    names = [spelled[0] for spelled in fields.needed.values()]
    for first in range(0, len(names), 5):
        asked = names[first : first + 5]
        live.at(TODAY + timedelta(days=first))
        days = [TODAY + timedelta(days=first - 3 - place) for place in range(len(asked))]
        for day, column in zip(days, asked, strict=True):
            to = {"old": column, "new": f"{column}_V2"}
            live.upstream.fault(
                fault,
                service=SERVICES[source],
                when=asks_for(day),
                **(to if fault == "rename_column" else {"column": column}),
            )
        live.fetch(Window(days[-1], days[0]))
        for day, column in zip(days, asked, strict=True):
            request = f"{SERVICES[source]}/{day:%Y%m%d}"
            found = broken(live, request)
            assert found["every_field_is_there"], column
            assert ("no_field_is_new" in found) == (fault == "rename_column")
            assert books(live.conn).withheld[request], column
            assert "every_field_is_there" in quarantined(live, day), column
            if source == "station_hourly":
                assert "every_field_is_there" in owed(live, day)[day].why
    assert unbalanced(live.conn).empty
    wrong = live.conn.execute(
        "select count(*) from warehouse.arrival where source = %s", (source,)
    ).fetchone()
    assert wrong == (0,)


def test_f05_a_column_that_is_new_is_told_and_harms_nothing(live: Life):
    begun(live)
    live.upstream.fault("add_column", column="TRNSF_TNOPE", value=7)
    live.fetch(only(FOUR))
    settled(live)
    for service in SERVICES.values():
        assert broken(live, f"{service}/{FOUR:%Y%m%d}") == {"no_field_is_new": False}
    told = contracts.newest(live.conn, DATASET)
    assert (told[~told.passed].observed == "unknown fields: TRNSF_TNOPE").all()
    assert total(live, FOUR) == live.upstream.truth.daily(FOUR)
    assert hours(live, FOUR) == live.upstream.truth.hourly(FOUR)
    assert quarantined(live, FOUR) == set()


def test_f05_swapped_directions_and_hundredfold_hours_are_refused_by_the_audit(live: Life):
    lived(live)
    live.upstream.fault("swap_directions", service=HOURLY, when=asks_for(ago(1)))
    live.upstream.fault("times_100", service=HOURLY, when=asks_for(ago(2)))
    live.fetch(Window(ago(2), ago(1)))
    settled(live)
    assert "directions_are_not_swapped" in quarantined(live, ago(1))
    assert "counts_are_plausible" in quarantined(live, ago(2))
    assert hours(live, ago(1)) == {}
    assert hours(live, ago(2)) == live.upstream.truth.hourly(ago(2))  # what was said before stays
    refused = verdicts.versions(live.conn, DATASET, Window(ago(2), ago(1)))
    assert not refused.accepted.any()
    assert "directions_are_not_swapped" in owed(live)[ago(1)].why
    assert unbalanced(live.conn).empty


def test_f05_a_spelling_that_was_reviewed_is_the_station_and_any_other_gives_no_row(live: Life):
    begun(live)
    known, unknown = (ago(4), ago(5), ago(6)), ago(7)
    spellings = ("성수 ", "성수(서울숲)", None, "성수역")
    for day, text in zip((*known, unknown), spellings, strict=True):
        kind = "station_spelling" if text else "line_spelling"
        live.upstream.fault(kind, text=text or "02호선", when=asks_for(day))
    live.fetch(Window(ago(7), ago(4)))
    settled(live)
    for day in known:
        assert total(live, day) == live.upstream.truth.daily(day)
        assert hours(live, day) == live.upstream.truth.hourly(day)
    assert total(live, unknown) == hours(live, unknown) == {}
    assert {"own_station_is_there_once", "own_station_is_there"} <= quarantined(live, unknown)
    assert "own_station_is_there" in owed(live)[unknown].why
    assert unbalanced(live.conn).empty


def test_f05_a_total_of_another_unit_is_refused_whatever_the_factor(live: Life):
    lived(live)
    live.upstream.truth.revise(ago(3), 10.0)
    live.upstream.fault("times_100", service=CARD, when=asks_for(ago(4)))
    live.fetch(Window(ago(4), ago(3)))
    settled(live)
    assert "totals_are_plausible" in quarantined(live, ago(3))
    assert "own_station_is_there_once" in quarantined(live, ago(4))
    for day in (ago(3), ago(4)):
        assert total(live, day) == live.upstream.truth.daily(day, 0)
        assert hours(live, day) == live.upstream.truth.hourly(day, 0)
    assert unbalanced(live.conn).empty
