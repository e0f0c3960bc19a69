"""The faults: which requests they meet, and what each of them does to an answer.
What the platform makes of them is tested elsewhere."""

import gzip
import time
from collections import Counter
from datetime import date

import httpx
import pytest

from seongsu_assets_tests.upstream import KINDS
from seongsu_assets_tests.upstream.asking import (
    card,
    hourly,
    ours,
    seoul,
)


def test_an_unknown_fault_or_argument_is_refused_at_once(up):
    with pytest.raises(ValueError, match="rename_column"):
        up.fault("renamed")
    with pytest.raises(TypeError):
        up.fault("slow", second=3)


def test_a_fault_meets_its_service_its_requests_and_only_so_often(get, up):
    day = date(2026, 10, 1)
    up.fault("http_500", service="CardSubwayStatsNew", times=2)
    up.fault("http_503", when=lambda request: request.day == day)
    path = ("CardSubwayStatsNew", 1, 5, "20260901")
    assert [seoul(get, *path).status_code for _ in range(3)] == [500, 500, 200]
    assert seoul(get, "getStnPsgr", 1, 5, "20261001", "211").status_code == 503
    up.clear()
    assert seoul(get, "getStnPsgr", 1, 5, "20261001", "211").status_code == 200


@pytest.mark.parametrize(
    ("kind", "arguments", "expected"),
    [
        ("http_500", {}, (500, "Unexpected errors")),
        ("http_503", {}, (503, "Service")),
        ("xml_error", {"code": "INFO-100"}, (200, "<RESULT><CODE>INFO-100")),
        ("code", {"code": "ERROR-600"}, (200, '{"RESULT":{"CODE":"ERROR-600"')),
        ("html_page", {}, (200, "<html>")),
        ("empty_body", {}, (200, "")),
        ("body", {"content": b"[1"}, (200, "[1")),
        ("rate_limited", {}, (429, "API rate limit")),
        ("bad_key", {}, (200, '{"RESULT":{"CODE":"INFO-100"')),
        ("quota", {}, (200, '{"RESULT":{"CODE":"ERROR-337"')),
        ("redirect", {"to": "http://127.0.0.1:9/"}, (302, "")),
        ("cut_json", {}, (200, '{"CardSubwayStatsNew"')),
    ],
)
def test_a_fault_of_the_wire_comes_instead_of_the_answer(get, up, kind, arguments, expected):
    fine = seoul(get, "CardSubwayStatsNew", 1, 1000, "20260901").text
    up.fault(kind, **arguments)
    answer = seoul(get, "CardSubwayStatsNew", 1, 1000, "20260901")
    assert answer.status_code == expected[0]
    assert answer.text.startswith(expected[1])
    assert answer.text != fine


def test_a_server_that_is_down_closes_the_connection_without_a_word(get, up):
    up.fault("down", times=1)
    with pytest.raises(httpx.RemoteProtocolError):
        card(get, date(2026, 9, 1))
    assert "CardSubwayStatsNew" in card(get, date(2026, 9, 1))


@pytest.mark.parametrize("kind", ["slow", "drip"])
def test_a_slow_answer_takes_its_time_and_arrives_whole(get, up, kind):
    up.fault(kind, seconds=0.3)
    began = time.perf_counter()
    assert ours(card(get, date(2026, 9, 1))["CardSubwayStatsNew"]["row"])
    assert time.perf_counter() - began >= 0.25


def test_a_gzip_bomb_is_small_on_the_wire_and_unpacks_whole(up):
    up.fault("gzip_bomb", size=64 << 20)
    url = f"{up.url}/open_meteo/v1/forecast"
    with httpx.stream("GET", url) as answer:
        body = b"".join(answer.iter_raw())
    assert len(body) < 1 << 20
    assert len(gzip.decompress(body)) == 64 << 20


def rows_of(get):
    return ours(card(get, date(2026, 9, 1))["CardSubwayStatsNew"]["row"])


@pytest.mark.parametrize(
    ("kind", "arguments", "change"),
    [
        ("rename_column", {"old": "GTON_TNOPE", "new": "RIDES"},
         lambda row: {"RIDES": row.pop("GTON_TNOPE"), **row}),
        ("drop_column", {"column": "GTON_TNOPE"}, lambda row: row.pop("GTON_TNOPE") and row),
        ("add_column", {"column": "EXTRA"}, lambda row: row | {"EXTRA": "1"}),
        ("set_column", {"column": "GTON_TNOPE", "value": None},
         lambda row: row | {"GTON_TNOPE": None}),
        ("line_spelling", {"text": "02호선"}, lambda row: row | {"SBWY_ROUT_LN_NM": "02호선"}),
        ("zeros", {}, lambda row: row | {"GTON_TNOPE": 0, "GTOFF_TNOPE": 0}),
    ],
)  # fmt: skip
def test_a_fault_of_the_table_changes_what_it_names(get, up, kind, arguments, change):
    (before,) = rows_of(get)
    up.fault(kind, **arguments)
    assert rows_of(get) == [change(before)]


def test_names_are_misspelt_pages_torn_and_rows_repeated_when_it_is_wished(get, up):
    fine = card(get, date(2026, 9, 1))["CardSubwayStatsNew"]
    spelling = up.fault("station_spelling", text="성수(역)")
    assert rows_of(get) == []
    up.clear(spelling)
    torn = up.fault("partial_page", missing=10)
    page = card(get, date(2026, 9, 1))["CardSubwayStatsNew"]
    assert len(page["row"]) == page["list_total_count"] - 10 == len(fine["row"]) - 10
    up.clear(torn)
    up.fault("duplicate_rows", factor=2)
    first, second = rows_of(get)
    assert second["GTON_TNOPE"] == 2 * first["GTON_TNOPE"]
    assert (first["REG_YMD"], second["REG_YMD"]) == ("20260904", "20260905")


def boarding(get, day=date(2026, 10, 1)):
    sums = Counter()
    for row in hourly(get, day)["items"]["item"]:
        sums[row["pasngHr"]] += int(row["rideNope"])
    return sums


def test_a_day_can_be_told_wrongly_in_hours_and_totals_alike(get, up):
    fine, (card_before,) = boarding(get), rows_of(get)
    yesterday = boarding(get, date(2026, 9, 30))
    swap = up.fault("swap_directions")
    assert sum(boarding(get).values()) == sum(
        up.truth.hourly(date(2026, 10, 1))["alighting"].values()
    )
    assert rows_of(get)[0]["GTON_TNOPE"] == pytest.approx(card_before["GTOFF_TNOPE"], rel=0.004)
    up.clear(swap)
    up.fault("times_100")
    assert boarding(get)["18"] == 100 * fine["18"]
    up.clear()
    up.fault("partial_day", hours=12)
    assert sorted(boarding(get)) == [f"{hour:02}" for hour in range(4, 16)]
    assert rows_of(get)[0]["GTON_TNOPE"] < card_before["GTON_TNOPE"]
    up.clear()
    up.fault("frozen", service="getStnPsgr")
    assert boarding(get) == yesterday != fine


def test_every_kind_that_the_fault_matrix_needs_is_there():
    needed = """
        down http_500 http_503 xml_error html_page empty_body cut_json slow gzip_bomb rate_limited
        bad_key quota redirect rename_column drop_column add_column swap_directions times_100
        station_spelling partial_page duplicate_rows partial_day zeros frozen
    """
    assert set(needed.split()) <= set(KINDS)
    assert all(kind == function.__name__ for kind, function in KINDS.items())
