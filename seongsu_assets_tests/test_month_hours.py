"""Sums of a month by hour: the names they come under, and when a month is late.
Bodies have the official shape; the last tests ask the upstream over HTTP."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from seongsu_assets.domain import Parsed, Payload, Window
from seongsu_assets.errors import SourceError
from seongsu_assets.outside import Absence
from seongsu_assets.sources.seoul.month_hours import FIELDS, HOURS, MonthHours
from seongsu_assets_tests.feeding import FAULTS, ask, blocking, broken, meanings, payload
from seongsu_assets_tests.official import SEONGSU
from seongsu_assets_tests.upstream import KST, Upstream

RECEIVED = datetime(2026, 6, 6, 1, tzinfo=UTC)
MAY = date(2026, 5, 1)
IN_MAY = Window(date(2026, 5, 3), date(2026, 5, 3))
SUMS = MonthHours(SEONGSU)
HEAD = {"month": "202605", "line": "2호선", "name": "성수", "registered": "20260605"}
NEW, OLD = 0, 1


def record(names: int = NEW, **changes: Any) -> dict[str, Any]:
    """A row of one station. People are JSON numbers with a point, as some consumers see them;
    there are 1,000 times the hour boarding, and one more alighting."""
    meant = {
        f"{series} {hour}": 1_000.0 * hour + (series == "alighting")
        for series in ("boarding", "alighting")
        for hour in HOURS
    }
    said = {**HEAD, **meant, **changes}
    return {FIELDS.needed[meaning][names]: value for meaning, value in said.items()}


def page(*records: Any, total: int | None = None) -> bytes:
    fine = {"CODE": "INFO-000", "MESSAGE": "정상 처리되었습니다"}
    rows = {"list_total_count": total or len(records), "RESULT": fine, "row": records}
    return json.dumps({"CardSubwayTime": rows}).encode()


def arrived(body: bytes) -> Payload:
    return Payload("month_hours", "seoul /202605", body, RECEIVED)


def parse(body: bytes) -> Parsed:
    return SUMS.parse(arrived(body))


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    """On the day after May was loaded."""
    with Upstream(now=datetime(2026, 6, 6, 10, tzinfo=KST)) as served:
        yield served


def test_a_month_is_two_readings_by_the_hour_of_the_operating_day():
    rows = parse(page(record())).rows.to_dict("records")
    assert [row["key"] for row in rows] == ["boarding", "alighting"]
    for row in rows:
        assert row["at"] == datetime(2026, 4, 30, 15, tzinfo=UTC)
        assert row["issued_at"] == datetime(2026, 6, 4, 15, tzinfo=UTC)
        assert list(row["attributes"]) == [str(hour) for hour in range(4, 28)]
    assert rows[0]["attributes"]["18"] == 18_000
    assert rows[1]["attributes"]["24"] == 24_001


def test_the_names_of_2022_say_the_same_as_those_of_2026():
    new, old = parse(page(record(NEW))), parse(page(record(OLD)))
    assert new.rows["attributes"].tolist() == old.rows["attributes"].tolist()
    assert new.facts == old.facts


def test_the_names_are_the_official_ones(shared_data: Path):
    spec = shared_data / "seoul" / "specs" / "CardSubwayTime_official_spec_2026-02.html.xls"
    told = re.findall(r"<td>([A-Z0-9_]+)</td><td colspan", spec.read_text("utf-8"))
    assert set(told) == {names[NEW] for names in FIELDS.needed.values()}
    assert FIELDS.needed["boarding 24"] == ("HR_0_GET_ON_NOPE", "MIDNIGHT_RIDE_NUM")
    assert FIELDS.needed["alighting 27"] == ("HR_3_GET_OFF_NOPE", "THREE_ALIGHT_NUM")
    assert FIELDS.needed["alighting 23"] == ("HR_23_GET_OFF_NOPE", "TWENTY_THREE_ALIGHT_NUM")


def test_other_stations_of_an_answer_are_understood_and_left_out():
    parsed = parse(page(record(), record(name="뚝섬"), record(line="9호선", **{"boarding 8": 1})))
    assert list(parsed.rows["place"]) == ["row 1", "row 1"]
    assert not parsed.rejects
    assert parsed.received == 3


@pytest.mark.parametrize(
    ("name", "line"), [("성수 ", "2호선"), ("성수", "02호선"), ("성수(2)", "2")]
)
def test_known_spellings_of_the_station_are_the_station(name: str, line: str):
    assert len(parse(page(record(name=name, line=line))).rows) == 2


def test_an_hour_that_is_not_told_is_unknown():
    (boarding, _) = parse(page(record(**{"boarding 5": None, "boarding 6": 0}))).rows["attributes"]
    assert (boarding["5"], boarding["6"]) == (None, 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"month": "2026-05"},
        {"month": "202613"},
        {"month": None},
        {"registered": "20260230"},
        {"registered": None},
        {"name": None},
        {"boarding 8": -1},
        {"boarding 8": "1e3"},
        {"boarding 8": 12.5},
        {"boarding 8": True},
        {"boarding 8": 1e9},
        {"alighting 8": ["12"]},
    ],
)
def test_a_month_that_is_not_understood_is_refused_once(changes: dict[str, Any]):
    parsed = parse(page(record(**changes), record(name="뚝섬")))
    assert parsed.rows.empty
    assert [reject.place for reject in parsed.rejects] == ["row 1"]
    assert parsed.received == 2


def test_a_month_told_in_two_ways_is_refused_and_a_copy_is_not():
    assert len(parse(page(record(), record())).rows) == 2
    parsed = parse(page(record(), record(**{"alighting 8": 1})))
    assert parsed.rows.empty
    assert [reject.place for reject in parsed.rejects] == ["row 1", "row 2"]


def test_what_is_no_page_is_refused_as_a_whole():
    for body in (b"", b"<RESULT></RESULT>", b"{}", b"[]", page(record())[:99], page()):
        with pytest.raises(SourceError):
            parse(body)


def test_a_whole_answer_keeps_every_promise_and_what_breaks_one_is_named():
    renamed = {("HR_8_ON" if n == "HR_8_GET_ON_NOPE" else n): v for n, v in record().items()}
    hundredfold = {f"boarding {hour}": 1_000_000 * hour // 4 for hour in HOURS}
    bodies = [
        page(record()),
        page(record(name="뚝섬")),
        page(record(), total=2),
        page(record(**{"boarding 5": None})),
        page(record(**hundredfold)),
        page(renamed),
    ]
    found = broken(SUMS, *map(arrived, bodies))
    assert found == [
        set(),
        {"own_station_is_there_once", "people_of_the_month_are_plausible"},
        {"every_row_arrived"},
        {"every_hour_is_told"},
        {"people_of_the_month_are_plausible"},
        {
            "every_field_is_there",
            "own_station_is_there_once",
            "people_of_the_month_are_plausible",
        },
    ]
    assert [bool(claims & blocking(SUMS)) for claims in found] == [0, 1, 1, 0, 1, 1]


@pytest.mark.parametrize("old_names", [False, True])
def test_over_http_the_month_is_the_sum_of_its_days(upstream: Upstream, old_names: bool):
    upstream.options.old_names = old_names
    brought = payload(SUMS, upstream, IN_MAY)
    rows = SUMS.parse(brought).rows.set_index("key")
    days = [upstream.truth.hourly(date(2026, 5, day)) for day in range(1, 32)]
    for series in ("boarding", "alighting"):
        said = rows.loc[series, "attributes"]
        assert said["18"] == sum(day[series][18] for day in days)
        assert sum(said.values()) == sum(sum(day[series].values()) for day in days)
    assert "{key}" in brought.request
    assert broken(SUMS, brought) == [set()]


def test_a_window_asks_once_for_each_month_that_it_touches(upstream: Upstream):
    window = Window(date(2026, 3, 31), date(2026, 6, 6))
    brought = ask(SUMS, upstream, window)
    assert len(upstream.requests) == 4
    assert [type(each) for each in brought] == [Payload, Payload, Payload, Absence]


def test_a_month_is_late_only_after_the_fifth_of_the_next(upstream: Upstream):
    february = Window(date(2026, 2, 1), date(2026, 2, 28))
    upstream.fault("code", code="INFO-200")
    for window, last_due in ((IN_MAY, date(2026, 6, 5)), (february, date(2026, 3, 5))):
        upstream.now = datetime(last_due.year, last_due.month, 5, 23, 59, tzinfo=KST)
        first = window.first.replace(day=1)
        assert meanings(SUMS, upstream, window) == [(first, "not due")]
        upstream.now = datetime(last_due.year, last_due.month, 6, 0, 0, tzinfo=KST)
        assert meanings(SUMS, upstream, window) == [(first, "late")]


def test_a_month_is_there_from_the_fifth(upstream: Upstream):
    upstream.now = datetime(2026, 6, 4, 23, 59, tzinfo=KST)
    assert meanings(SUMS, upstream, IN_MAY) == [(MAY, "not due")]
    upstream.now = datetime(2026, 6, 5, 0, 1, tzinfo=KST)
    assert payload(SUMS, upstream, IN_MAY)


def test_without_a_key_the_city_is_not_asked(upstream: Upstream):
    assert ask(SUMS, upstream, IN_MAY, key=lambda _: None) == []
    assert upstream.requests == []


@pytest.mark.parametrize(("fault", "arguments", "expected"), FAULTS)
def test_every_fault_has_its_meaning_and_only_outages_are_asked_again(
    upstream: Upstream, fault: str, arguments: Mapping[str, Any], expected: str
):
    upstream.fault(fault, **arguments)
    assert meanings(SUMS, upstream, IN_MAY) == [(MAY, expected)]
    assert (len(upstream.requests) > 1) == (expected == "outage")
