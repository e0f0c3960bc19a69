"""The journal of the outside world, on a real PostgreSQL.
No requests here."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import psycopg
import pytest

from seongsu_assets.outside import Absence, Answer, Provider
from seongsu_assets.warehouse import absences
from seongsu_assets.warehouse.answers import Journal, calls, newest, rehearse
from seongsu_assets.warehouse.postgres import connect

TOWN = Provider("town", "", daily_limit=50)
SKY = Provider("sky", "", daily_limit=50, timezone="UTC")
#: Half past midnight in Seoul, the day before elsewhere.
NOW = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)


def answer(body=b"{}", status=200, minutes=0) -> Answer:
    return Answer("town /{key}/", status, body, NOW + timedelta(minutes=minutes))


def count(conn, table) -> int:
    return conn.execute(f"select count(*) from warehouse.{table}").fetchone()[0]


def test_a_call_counts_for_the_day_of_the_provider(conn) -> None:
    journal = Journal(conn)
    assert journal.spend(TOWN, NOW)
    assert journal.spend(SKY, NOW)
    assert calls(conn, TOWN, date(2026, 3, 3)) == 1
    assert calls(conn, SKY, date(2026, 3, 2)) == 1
    assert calls(conn, TOWN, date(2026, 3, 2)) == calls(conn, SKY, date(2026, 3, 3)) == 0


def test_a_used_up_day_allows_nothing_and_the_next_begins_anew(conn) -> None:
    small = Provider("small", "", daily_limit=2)
    journal = Journal(conn)
    assert [journal.spend(small, NOW) for _ in range(4)] == [True, True, False, False]
    assert calls(conn, small, date(2026, 3, 3)) == 2
    assert journal.spend(small, NOW + timedelta(days=1))
    assert not journal.spend(Provider("closed", "", daily_limit=0), NOW)


def test_threads_and_processes_together_spend_exactly_what_there_is(conn, warehouse_url) -> None:
    with connect(warehouse_url) as other, ThreadPoolExecutor(8) as pool:
        journals = [Journal(conn), Journal(other)] * 50
        allowed = list(pool.map(lambda journal: journal.spend(TOWN, NOW), journals))
    assert allowed.count(True) == calls(conn, TOWN, date(2026, 3, 3)) == 50


def test_the_same_bytes_are_kept_once_and_each_answer_for_itself(conn) -> None:
    journal = Journal(conn)
    body = bytes(range(256))
    for minutes in range(3):
        journal.keep(TOWN, answer(body, minutes=minutes))
    journal.keep(SKY, answer(b"", 503))
    assert (count(conn, "answer"), count(conn, "answer_body")) == (4, 2)
    kept = conn.execute(
        """select provider, request, status, body, received_at
           from warehouse.answer natural join warehouse.answer_body order by id"""
    ).fetchall()
    assert kept[2] == ("town", "town /{key}/", 200, body, NOW + timedelta(minutes=2))
    assert kept[3] == ("sky", "town /{key}/", 503, b"", NOW)


def test_threads_may_keep_answers_on_one_connection(conn, warehouse_url) -> None:
    with connect(warehouse_url) as other, ThreadPoolExecutor(8) as pool:
        journals = [Journal(conn), Journal(other)] * 50
        bodies = [b"%d" % (number % 7) for number in range(100)]
        list(pool.map(lambda journal, body: journal.keep(TOWN, answer(body)), journals, bodies))
    assert (count(conn, "answer"), count(conn, "answer_body")) == (100, 7)


def test_of_an_answer_all_is_kept_or_nothing(conn) -> None:
    with pytest.raises(psycopg.Error):
        Journal(conn).keep(TOWN, answer(status=99_999))
    assert count(conn, "answer_body") == 0


def test_the_newest_of_each_provider_is_told_also_of_one_that_never_answered(conn) -> None:
    journal = Journal(conn)
    for minutes, status in ((0, 200), (9, 503), (5, 200)):
        journal.spend(TOWN, NOW)
        journal.keep(TOWN, answer(status=status, minutes=minutes))
    journal.spend(TOWN, NOW + timedelta(days=1))
    journal.spend(SKY, NOW)
    told = newest(conn)
    assert list(told.columns) == ["provider", "day", "calls", "received_at", "status"]
    sky, town = told.to_dict("records")
    assert (sky["provider"], sky["day"], sky["calls"]) == ("sky", pd.Timestamp("2026-03-02"), 1)
    assert pd.isna(sky["received_at"])
    assert pd.isna(sky["status"])
    assert (town["day"], town["calls"]) == (pd.Timestamp("2026-03-04"), 1)
    assert (town["received_at"], town["status"]) == (NOW + timedelta(minutes=9), 503)


def test_nothing_is_told_of_nobody(conn) -> None:
    assert newest(conn).empty


def test_a_warehouse_that_was_filled_by_a_rehearsal_says_that_its_data_is_generated(
    warehouse_url: str,
) -> None:
    with connect(warehouse_url) as conn:
        conn.execute(
            """insert into warehouse.payload (dataset, source, request, sha256, body, received_at)
               values ('seongsu', 'files', 'a', 'x', '', now());
               insert into warehouse.arrival (dataset, source, business_date, grain, payload_id,
                                              content_sha, accepted, audited_at)
               values ('seongsu', 'files', '2025-03-04', 'hourly', 1, 'y', true, now())"""
        )
        said = "select sample from published.data_status"
        assert conn.execute(said).fetchall() == [(False,)]
        for _ in range(2):
            rehearse(conn, datetime(2025, 3, 5, tzinfo=UTC))
        assert conn.execute(said).fetchall() == [(True,)]


def test_the_detail_of_an_absence_is_kept_whatever_the_source_said(warehouse_url: str) -> None:
    day = date(2026, 3, 1)
    with connect(warehouse_url) as conn:
        for _ in range(2):
            absences.record(conn, "town", "cards", Absence(day, "refused", "E\0\ud800"), NOW)
        told = absences.newest(conn, "town", "cards")
    assert told.detail.tolist() == ["E\ufffd?"]
