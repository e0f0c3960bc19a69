"""The tape keeps what was heard through hours, days, stops and kills.
The socket is in test_live_listener."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from seongsu_assets.live.tape import Tape
from seongsu_assets.sources.live import connection_of, unpack
from seongsu_assets_tests.coin import DAY, TICKER, at, heartbeat, ticker

NEXT_DAY = DAY + timedelta(days=1)


_MADE = list[Tape]()


def tape(folder: Path, now: datetime) -> Tape:
    _MADE.append(Tape(folder, TICKER, now))
    return _MADE[-1]


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """The file of a process that was killed is closed by the system."""
    yield
    while _MADE:
        _MADE.pop()._file.close()


def hear(on: Tape, *messages: bytes) -> None:
    for raw in messages:
        on.heard(raw)


def take(on: Tape) -> list[tuple[str, dict[int, float]]]:
    """Each payload that waits, as the warehouse would take it: its request and its rows."""
    told = list[tuple[str, dict[int, float]]]()
    for path in on.waiting():
        rows = TICKER.parse(on.payload(path)).rows
        told.append((on.payload(path).request, dict(zip(rows["hour"], rows["value"], strict=True))))
        on.taken(path)
    return told


def test_what_was_heard_stands_byte_for_byte_under_its_connection(tmp_path: Path) -> None:
    here = tape(tmp_path, at("02:30:00"))
    here.opened("a", at("02:30:01"))
    said = [ticker(1, at("02:30:02")), b"\xff torn", b"", heartbeat(1, at("02:30:03"))]
    hear(here, *said)
    here.cut(at("02:40:00"))
    (path,) = here.waiting()
    first, *others = unpack(here.payload(path))
    assert connection_of(first) == "a"
    assert others == [raw for raw in said if raw]
    assert here.payload(path).request == "coinbase_ticker/02/20260301"
    assert here.payload(path).received_at == at("02:40:00")


def test_an_hour_is_cut_once_it_is_proved_and_not_before(tmp_path: Path) -> None:
    here = tape(tmp_path, at("02:30:00"))
    here.opened("a", at("02:30:01"))
    hear(here, ticker(1, at("02:59:58")))
    assert not here.due(at("02:59:59.9"))
    assert not here.due(at("03:00:05"))
    hear(here, heartbeat(1, at("03:00:05")))
    assert here.due(at("03:00:05"))


def test_an_hour_that_nothing_proves_is_cut_after_the_grace(tmp_path: Path) -> None:
    here = tape(tmp_path, at("02:30:00"))
    here.opened("a", at("02:30:01"))
    hear(here, ticker(1, at("02:59:58")), ticker(7, at("03:00:02")))
    assert not here.due(at("03:00:09.9"))
    assert here.due(at("03:00:10"))


def test_the_last_payload_of_a_day_tells_all_its_hours(tmp_path: Path) -> None:
    here = tape(tmp_path, at("21:30:00"))
    here.opened("a", at("21:30:00"))
    hear(here, ticker(1, at("21:40:00")), ticker(2, at("22:10:00")))
    here.cut(at("22:10:01"))
    hear(here, *(ticker(number, at(f"22:{number}:00")) for number in range(11, 50)))
    hear(here, ticker(50, at("23:30:00")))
    here.cut(at("23:30:00"))
    hear(here, ticker(51, at("00:00:01", NEXT_DAY)))
    here.cut(at("00:00:02", NEXT_DAY))
    prices = {21: 60_001.0, 22: 60_049.0, 23: 60_050.0}
    assert take(here) == [
        ("coinbase_ticker/21/20260301", {}),
        ("coinbase_ticker/22/20260301", {}),
        ("coinbase_ticker/23/20260301", prices),
    ]


def test_the_first_hour_of_a_day_begins_with_what_came_before_the_cut(tmp_path: Path) -> None:
    here = tape(tmp_path, at("23:30:00"))
    here.opened("a", at("23:30:00"))
    hear(here, ticker(1, at("23:40:00")), ticker(2, at("00:00:01", NEXT_DAY)))
    here.cut(at("00:00:02", NEXT_DAY))
    hear(here, ticker(3, at("01:00:01", NEXT_DAY)))
    here.cut(at("00:00:02", NEXT_DAY + timedelta(days=1)))
    assert take(here) == [
        ("coinbase_ticker/23/20260301", {23: 60_001.0}),
        ("coinbase_ticker/00/20260302", {0: 60_002.0}),
    ]


def test_evidence_is_small_however_much_was_heard(tmp_path: Path) -> None:
    here = tape(tmp_path, at("02:00:00"))
    here.opened("a", at("02:00:00"))
    for second in range(3599):
        moment = at("02:00:00") + timedelta(seconds=second)
        hear(here, ticker(second, moment), heartbeat(second, moment))
    here.cut(at("03:00:00"))
    here.cut(at("04:00:00"))
    sizes = [len(unpack(here.payload(path))) for path in here.waiting()]
    assert sizes == [1 + 2 * 3599, 1 + 4 + 1]  # the line is opened anew after its evidence


@pytest.mark.parametrize("taken", [True, False])
@pytest.mark.parametrize("ended", ["stopped", "killed"])
def test_the_next_process_goes_on_from_the_tape(tmp_path: Path, ended: str, *, taken: bool) -> None:
    first = tape(tmp_path, at("02:30:00"))
    first.opened("a", at("02:30:00"))
    hear(first, ticker(1, at("02:40:00")), ticker(2, at("03:00:01")))
    if ended == "stopped":
        first.end(at("03:00:02"))
        if taken:
            take(first)
    else:
        first.flush()
    second = tape(tmp_path, at("05:00:00"))
    second.opened("b", at("05:00:00"))
    hear(second, ticker(9, at("05:10:00")), ticker(10, at("06:00:00")))
    second.end(at("00:00:05", NEXT_DAY))
    *_, (request, closes) = take(second)
    assert request == "coinbase_ticker/05/20260301"
    assert closes == {2: 60_001.0, 5: 60_009.0}


def test_a_day_that_ended_while_nobody_listened_is_told_when_somebody_does(tmp_path: Path) -> None:
    first = tape(tmp_path, at("02:30:00"))
    first.opened("a", at("02:30:00"))
    hear(first, ticker(1, at("02:40:00")), ticker(2, at("03:00:01")))
    first.end(at("03:00:02"))
    assert take(first) == [("coinbase_ticker/02/20260301", {})]
    second = tape(tmp_path, at("07:00:00", NEXT_DAY))
    assert take(second) == [("coinbase_ticker/23/20260301", {2: 60_001.0})]
    third = tape(tmp_path, at("08:00:00", NEXT_DAY))
    assert take(third) == []


def test_a_torn_last_line_costs_that_line_alone(tmp_path: Path) -> None:
    first = tape(tmp_path, at("02:30:00"))
    first.opened("a", at("02:30:00"))
    hear(first, ticker(1, at("02:40:00")), ticker(2, at("03:00:01")), ticker(3, at("03:00:02")))
    first.flush()
    (path,) = tmp_path.glob("*.open")
    path.write_bytes(path.read_bytes()[:-20])
    second = tape(tmp_path, at("00:00:05", NEXT_DAY))
    ((_, closes),) = take(second)
    assert closes == {2: 60_001.0}


def test_an_hour_in_which_nothing_was_heard_is_no_payload(tmp_path: Path) -> None:
    here = tape(tmp_path, at("02:30:00"))
    here.cut(at("03:00:10"))
    here.end(at("03:30:00"))
    assert take(here) == []
    assert list(tmp_path.iterdir()) == []


def test_a_payload_keeps_its_bytes_however_often_it_is_handed_on(tmp_path: Path) -> None:
    here = tape(tmp_path, at("02:30:00"))
    here.opened("a", at("02:30:00"))
    hear(here, ticker(1, at("02:40:00")))
    here.cut(at("03:00:10"))
    (path,) = here.waiting()
    before = here.payload(path)
    again = tape(tmp_path, at("04:00:00"))
    assert again.payload(again.waiting()[0]) == replace(before)


def test_no_more_than_one_file_that_was_taken_is_kept(tmp_path: Path) -> None:
    here = tape(tmp_path, at("02:30:00"))
    here.opened("a", at("02:30:00"))
    for hour in (3, 4, 5):
        hear(here, ticker(hour, at(f"0{hour}:00:00")))
        here.cut(at(f"0{hour}:00:10"))
        take(here)
    assert len(list(tmp_path.glob("*.taken"))) == 1
