"""Coinbase's candles over real HTTP: what a day is, and every way in which it is none.
Whether a price is usual is asked in test_bitcoin_expectations."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pandas as pd
import pytest

from seongsu_assets.domain import Payload, Window
from seongsu_assets.errors import SourceError
from seongsu_assets.outside import Absence
from seongsu_assets.sources.coinbase.candles import Candles
from seongsu_assets_tests.coin import DAY, MIDNIGHT, at, candle, candles, told_by_rest
from seongsu_assets_tests.coin_rest import Rest, refused
from seongsu_assets_tests.doors import NOW, Notes, door
from seongsu_assets_tests.feeding import blocking, broken

SOURCE = Candles()
ONE = Window(DAY, DAY)
HOUR = timedelta(hours=1)
ASKED = "granularity=3600&start=2026-03-01T00%3A00%3A00Z&end=2026-03-01T23%3A59%3A59Z"


@pytest.fixture
def rest() -> Iterator[Rest]:
    with Rest() as server:
        server.hold(*candles())
        yield server


def ask(rest: Rest, window: Window = ONE, notes: Notes | None = None) -> list[Payload | Absence]:
    with door(notes or Notes(), upstream=rest.url) as web:
        return list(SOURCE.fetch(window, web))


def brought(rest: Rest) -> Payload:
    (found,) = ask(rest)
    assert isinstance(found, Payload), found
    return found


def hours(found: pd.DataFrame) -> dict[int, float]:
    assert set(found["series"]) <= {"close"}
    assert set(found["business_date"]) <= {pd.Timestamp(DAY)}
    return dict(zip(found["hour"], found["value"], strict=True))


def absent(rest: Rest, window: Window = ONE) -> list[str]:
    return [each.meaning for each in ask(rest, window) if isinstance(each, Absence)]


def test_a_day_is_one_call_and_twenty_four_closes(rest: Rest) -> None:
    given = brought(rest)
    (path,) = rest.asked
    assert path == f"/coinbase/products/BTC-USD/candles?{ASKED}"
    found = SOURCE.parse(given)
    assert hours(found.rows) == {hour: 60_000.0 + hour for hour in range(24)}
    assert found.rejects == ()
    assert broken(SOURCE, given) == [set()]
    assert (given.request, given.received_at) == ("BTC-USD/candles/20260301", NOW)


@pytest.mark.parametrize("inclusive", [True, False])
def test_a_day_is_the_same_whether_the_end_is_included_or_not(
    rest: Rest, *, inclusive: bool
) -> None:
    rest.inclusive = inclusive
    rest.hold(candle(MIDNIGHT + 24 * HOUR), candle(MIDNIGHT - HOUR))
    given = brought(rest)
    assert list(hours(SOURCE.parse(given).rows)) == list(range(24))
    assert broken(SOURCE, given) == [set()]


def test_an_hour_without_a_trade_has_no_row_and_is_told(rest: Rest) -> None:
    del rest.held[int(at("07:00").timestamp())]
    given = brought(rest)
    assert sorted(set(range(24)) - set(hours(SOURCE.parse(given).rows))) == [7]
    assert broken(SOURCE, given) == [{"every_hour_is_there"}]
    assert "every_hour_is_there" not in blocking(SOURCE)


def test_a_candle_of_no_volume_is_no_price_and_the_others_stand(rest: Rest) -> None:
    rest.hold(candle(at("07:00"), volume=0))
    given = brought(rest)
    found = SOURCE.parse(given)
    assert 7 not in hours(found.rows)
    assert [reject.claim for reject in found.rejects] == ["hour_has_a_trade"]
    assert broken(SOURCE, given) == [{"every_hour_is_there"}]


def test_candles_before_the_start_are_left_out_as_the_guide_warns(rest: Rest) -> None:
    rest.spoil = lambda told: [*told, candle(MIDNIGHT - HOUR, 50_000.0)]
    given = brought(rest)
    assert hours(SOURCE.parse(given).rows)[23] == 60_023.0
    assert len(SOURCE.parse(given).rows) == 24
    assert broken(SOURCE, given) == [{"candles_are_of_the_day"}]


def test_the_day_that_is_running_is_not_asked_for(rest: Rest) -> None:
    rest.hold(*candles(NOW.date()))
    assert ask(rest, Window(NOW.date(), NOW.date())) == []
    assert rest.asked == []


@pytest.mark.parametrize(("seconds", "asked"), [(299, 0), (301, 1)])
def test_a_day_that_has_just_ended_is_left_alone_for_five_minutes(
    rest: Rest, seconds: int, asked: int
) -> None:
    now = MIDNIGHT + timedelta(days=1, seconds=seconds)
    notes = Notes()
    with door(notes, upstream=rest.url) as web:
        web._now = lambda: now
        (found,) = SOURCE.fetch(ONE, web)
    assert len(rest.asked) == asked
    assert isinstance(found, Payload) or found.meaning == "not due"


def test_an_hour_that_was_still_running_never_becomes_a_row() -> None:
    given = told_by_rest(candles(), received_at=at("23:59:59"))
    found = SOURCE.parse(given)
    assert list(hours(found.rows)) == list(range(23))
    assert [reject.claim for reject in found.rejects] == ["hour_is_over"]


@pytest.mark.parametrize(
    ("fault", "meaning"),
    [
        (refused(429, "Public rate limit exceeded"), "outage"),
        (refused(500, "Internal Server Error"), "outage"),
        (refused(503, "down for maintenance"), "outage"),
        ((200, b"<html>sorry</html>", {}), "outage"),
        ((200, b"", {}), "outage"),
        ((200, b"[[1772323200, 1.0", {}), "outage"),
        (refused(400, "Unsupported granularity"), "refused"),
        (refused(404, "NotFound"), "refused"),
        (refused(200, "a message where candles should be"), "refused"),
        ((200, b"[[1772323200, NaN, 1, 1, 1, 1]]", {}), "refused"),
        ((200, b"[]", {}), "not due"),
    ],
)
def test_each_refusal_is_told_as_what_it_is(rest: Rest, fault, meaning: str) -> None:
    rest.faults = [fault] * 4
    assert absent(rest) == [meaning]
    assert len(rest.asked) == (4 if meaning == "outage" else 1)


def test_a_limit_that_passes_costs_a_pause_and_no_day(rest: Rest) -> None:
    status, body, _ = refused(429, "Public rate limit exceeded")
    rest.faults = [(status, body, {"Retry-After": "3"})]
    notes = Notes()
    (found,) = ask(rest, notes=notes)
    assert isinstance(found, Payload)
    assert notes.pauses == [pytest.approx(4.0)]


def test_an_empty_day_of_long_ago_is_late(rest: Rest) -> None:
    day = date(2026, 2, 1)
    assert absent(rest, Window(day, day)) == ["late"]


SPOILED = {
    "a price of nothing": {"low": 0.0, "close": 0.0},
    "a negative price": {"close": -60_000.0, "low": -70_000.0},
    "a close above the high": {"close": 61_000.0},
    "an open below the low": {"open": 50_000.0},
    "low and high exchanged": {"low": 60_050.0, "high": 59_950.0},
    "a time off the hour": {"time": MIDNIGHT.timestamp() + 60},
    "a time in milliseconds": {"time": MIDNIGHT.timestamp() * 1000},
    "a price in quotes": {"close": "60000"},
    "a price that is true": {"close": True, "low": 0.5, "open": 1.0},
    "a price that is not there": {"close": None},
}


@pytest.mark.parametrize("cells", SPOILED.values(), ids=SPOILED)
def test_a_candle_that_cannot_be_keeps_its_whole_payload_out(cells) -> None:
    records = candles()
    records[5] = candle(MIDNIGHT + 18 * HOUR, **cells)
    given = told_by_rest(records)
    found = SOURCE.parse(given)
    assert len(found.rows) == 23
    assert len(found.rejects) == 1
    assert "candles_are_understood" in broken(SOURCE, given)[0] & blocking(SOURCE)


@pytest.mark.parametrize("record", [None, 7, {}, [], [1, 2, 3], [*candle(MIDNIGHT), 1]])
def test_what_is_no_candle_is_refused(record) -> None:
    found = SOURCE.parse(told_by_rest([*candles(), record]))
    assert len(found.rows) == 24
    assert len(found.rejects) == 1
    assert found.facts["misread"] == 1


def test_columns_in_another_order_keep_the_payload_out() -> None:
    records = [[row[0], row[2], row[1], *row[3:]] for row in candles()]
    given = told_by_rest(records)
    assert {"candles_are_understood", "some_hour_is_there"} <= broken(SOURCE, given)[0]


def test_an_hour_that_is_told_twice_is_kept_once_and_refused_where_it_differs() -> None:
    same = SOURCE.parse(told_by_rest([*candles(), candle(MIDNIGHT, 60_000.0)]))
    assert len(same.rows) == 24
    other = SOURCE.parse(told_by_rest([*candles(), candle(MIDNIGHT, 60_001.0)]))
    assert 0 not in hours(other.rows)
    assert len(other.rejects) == 2


def test_the_answer_of_another_day_is_no_day() -> None:
    given = told_by_rest(candles(DAY - timedelta(days=1)))
    assert SOURCE.parse(given).rows.empty
    assert "some_hour_is_there" in broken(SOURCE, given)[0] & blocking(SOURCE)


def test_a_payload_that_is_no_list_is_an_error() -> None:
    with pytest.raises(SourceError, match="no list of candles"):
        SOURCE.parse(told_by_rest({"message": "NotFound"}))


def test_days_are_those_of_utc(rest: Rest) -> None:
    """At 00:30 in Seoul it is still yesterday's day that is running."""
    seoul = datetime.fromisoformat("2026-03-02T00:30:00+09:00")
    with door(Notes(), upstream=rest.url) as web:
        web._now = lambda: seoul
        assert list(SOURCE.fetch(ONE, web)) == []
