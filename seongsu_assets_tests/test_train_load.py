"""How full trains are: which row is Seongsu's outer loop, and which zeros say nothing.
Tables have the official shape; nobody is asked here."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from seongsu_assets.domain import Parsed, Payload
from seongsu_assets.errors import SourceError
from seongsu_assets.sources.pages import bundle
from seongsu_assets.sources.seoul.train_load import TrainLoad
from seongsu_assets.sources.seoul.train_load_rows import SLOTS
from seongsu_assets_tests.feeding import blocking, broken
from seongsu_assets_tests.official import zipped

RECEIVED = datetime(2026, 4, 6, 0, tzinfo=UTC)
TODAY = date(2026, 4, 6)
LOAD = TrainLoad()
NAME = "서울교통공사_지하철혼잡도정보_20260331.csv"
EDITION = datetime(2026, 3, 30, 15, tzinfo=UTC)

HEADER = ["요일구분", "호선", "역번호", "출발역", "상하구분"]
HEADER += [f"{'00' if slot[:2] == '00' else int(slot[:2])}시{slot[3:]}분" for slot in SLOTS]
FIELDS = ["DOW_SE", "LINE", "STTN_NO", "DPTRE_STTN", "UP_DOWN_SE"]
FIELDS += [f"time{slot.replace(':', '')}" for slot in SLOTS]
Row = list[str]


def row(code: str, name: str, way: str, load: float, day: str = "평일", line: str = "2호선") -> Row:
    """The same load from 05:30 to 23:30, and no train after that."""
    loads = [f"{load:.1f} " if slot[:2] != "00" else "0.0 " for slot in SLOTS]
    return [day, line, code, name, way, *loads]


#: Since 2025: what stands under 211 outwards, 9001 inwards and 9002 inwards is all zero.
NEW = [
    row("211", "성수", "내선", 43.1),
    row("211", "성수", "외선", 0),
    row("9001", "성수E", "내선", 0),
    row("9001", "성수E", "외선", 57.2),
    row("9002", "성수", "내선", 0),
    row("9002", "성수", "외선", 17.0),
]
#: About 2023: the outer loop under 211, blank after the last train, other words for day and line.
OLD = [
    row("211", "성수", "내선", 43.1, "공휴일", "2"),
    row("211", "성수", "외선", 56.4, "공휴일", "2"),
]


def table(rows: Sequence[Row], header: Sequence[str] = HEADER) -> bytes:
    return "\r\n".join(",".join(cells) for cells in [header, *rows]).encode("cp949")


def answer(rows: Sequence[Any], total: int | None = None) -> bytes:
    """A page of the API, of rows under its field names."""
    fine = {"CODE": "INFO-000", "MESSAGE": "정상 처리되었습니다"}
    records = [dict(zip(FIELDS, cells, strict=True)) for cells in rows]
    page = {"list_total_count": total or len(rows), "RESULT": fine, "row": records}
    return json.dumps({"subwConfusion": page}).encode()


def arrived(body: bytes, name: str = NAME) -> Payload:
    return Payload("train_load", name, body, RECEIVED)


def parse(body: bytes, name: str = NAME) -> Parsed:
    return LOAD.parse(arrived(body, name))


def at_eight(parsed: Parsed) -> dict[str, float | None]:
    loads = (each["08:00"] for each in parsed.rows["attributes"])
    return dict(zip(parsed.rows["key"], loads, strict=True))


def test_the_outer_loop_is_found_under_its_new_number_and_the_branch_is_no_loop():
    expected = {"weekday inner": 43.1, "weekday outer": 57.2, "weekday branch": 17.0}
    assert at_eight(parse(table(NEW))) == expected
    assert at_eight(parse(answer(NEW))) == expected


def test_the_old_edition_has_the_outer_loop_under_211():
    assert at_eight(parse(table(OLD))) == {"sunday inner": 43.1, "sunday outer": 56.4}


def test_rows_without_a_number_are_told_apart_by_what_is_all_zero():
    def anonymous(rows: Sequence[Row]) -> bytes:
        header, *cut = ([*cells[:2], *cells[3:]] for cells in [HEADER, *rows])
        return table(cut, header)

    assert at_eight(parse(anonymous(NEW))) == at_eight(parse(table(NEW)))
    assert at_eight(parse(anonymous(OLD))) == at_eight(parse(table(OLD)))


def test_an_all_zero_row_is_not_an_empty_train():
    parsed = parse(table(NEW))
    assert [reject.place for reject in parsed.rejects] == [
        f"{NAME} row {number}" for number in (3, 4, 6)
    ]
    assert all("structural zero" in reject.reason for reject in parsed.rejects)
    assert parsed.received == 6


def test_zeros_after_the_last_train_are_unknown_and_those_between_trains_are_not():
    cells = row("211", "성수", "내선", 43.1)
    cells[5], cells[20] = "0.0 ", "0.0 "
    (loads,) = parse(table([cells])).rows["attributes"]
    assert list(loads) == list(SLOTS)
    assert [slot for slot in SLOTS if loads[slot] is None] == ["05:30", "00:00", "00:30"]
    assert loads[SLOTS[15]] == 0.0


def test_blank_cells_are_unknown():
    cells = [cell if cell.strip() != "0.0" else " " for cell in row("211", "성수", "내선", 43.1)]
    (loads,) = parse(table([cells])).rows["attributes"]
    assert loads["23:30"] == 43.1
    assert loads["00:00"] is None


def test_the_edition_is_dated_by_its_file_and_an_answer_by_its_arrival():
    assert list(parse(table(NEW)).rows["at"].unique()) == [EDITION]
    request = "seoul /{key}/json/subwConfusion/1/1000/"
    for at in (parse(answer(NEW), request).rows["at"], parse(table(NEW), "load.csv").rows["at"]):
        assert list(at.unique()) == [RECEIVED]
    assert list(parse(table(NEW), "load_20269931.csv").rows["at"].unique()) == [RECEIVED]


def test_an_official_file_may_come_zipped_and_pages_come_bundled():
    assert at_eight(parse(zipped({NAME: table(NEW)}))) == at_eight(parse(table(NEW)))
    pages = bundle([answer(NEW[:3], total=6), answer(NEW[3:], total=6)])
    assert at_eight(parse(pages)) == at_eight(parse(table(NEW)))


def test_other_stations_are_understood_and_say_nothing_of_seongsu():
    others = [row("150", "서울역", "상선", 91.1, line="1호선"), row("210", "뚝섬", "내선", 30)]
    parsed = parse(table([*NEW, *others]))
    assert len(parsed.rows) == len(parsed.rejects) == 3
    assert parsed.received == 8


def test_both_numbers_at_once_contradict_each_other_and_neither_is_believed():
    both = [row("211", "성수", "외선", 50), row("9001", "성수E", "외선", 57)]
    parsed = parse(table(both))
    assert parsed.rows.empty
    assert len(parsed.rejects) == 2


@pytest.mark.parametrize(
    "cells",
    [
        row("9001", "성수E", "내선", 10),
        row("212", "성수", "내선", 10),
        row("211", "뚝섬", "내선", 10),
        row("211", "성수", "상선", 10),
        row("211", "성수", "내선", 10, day="휴일"),
        row("211", "", "내선", 10),
        row("211", "성수", "내선", -10),
        row("211", "성수", "내선", 1e9),
        row("211", "성수", "내선", 10)[:-1],
        [*row("211", "성수", "내선", 10), "9.9"],
        [cell.replace("10.0", "１０") for cell in row("211", "성수", "내선", 10)],
    ],
)
def test_a_row_that_is_not_understood_is_refused_and_the_others_land(cells: Row):
    parsed = parse(table([cells, NEW[3]]))
    assert list(parsed.rows["key"]) == ["weekday outer"]
    assert [reject.place for reject in parsed.rejects] == [f"{NAME} row 2"]
    assert parsed.received == 2


def test_a_half_hour_that_is_gone_or_told_twice_refuses_every_row_by_name():
    for name in ("8시15분", "7시30분"):
        header = [name if cell == "8시00분" else cell for cell in HEADER]
        assert parse(table(NEW, header)).rows.empty
    header = [{"8시00분": "8시 00 분", "8시30분": "time0800"}.get(cell, cell) for cell in HEADER]
    assert "told twice" in parse(table(NEW, header)).rejects[0].reason


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0\1\2",
        b"PK\3\4 torn",
        b"<html></html>",
        b'{"RESULT":{"CODE":"INFO-200","MESSAGE":""}}',
        b'{"subwConfusion":[]}',
        answer(NEW)[:500],
        bundle([answer(NEW), b"<html></html>"]),
        table([], ["날짜", "역명"]),
    ],
)
def test_what_is_no_edition_is_refused_as_a_whole(body: bytes):
    with pytest.raises(SourceError):
        parse(body)


def test_both_real_editions_are_whole_and_their_zeros_are_those_that_are_known(shared_data: Path):
    files = sorted((shared_data / "seoul" / "train_load").glob("*.csv"))
    assert len(files) == 2
    editions = [arrived(file.read_bytes(), file.name) for file in files]
    parsed = [LOAD.parse(edition) for edition in editions]
    assert [each.received for each in parsed] == [1_671, 1_671]
    assert [each.facts["all_zero"] for each in parsed] == [37, 42]
    assert [each.facts["heaviest"] for each in parsed] == [72.7, 78.5]
    assert [len(each.rows) for each in parsed] == [len(each.rejects) for each in parsed] == [9, 9]
    newest = {
        "weekday inner": 43.1,
        "weekday outer": 57.2,
        "weekday branch": 17.0,
    }
    assert newest.items() <= at_eight(parsed[1]).items()
    assert broken(LOAD, *editions) == [set(), set()]


def test_an_edition_without_seongsu_is_withheld():
    (found,) = broken(LOAD, arrived(table([row("210", "뚝섬", "내선", 30)] * 1_671)))
    assert {"the_outer_loop_is_measured", "the_inner_loop_is_measured"} <= found & blocking(LOAD)


def test_another_unit_is_withheld():
    hundredfold = [row(code, name, way, 100 * load) for code, name, way, load in (
        ("211", "성수", "내선", 43.1), ("9001", "성수E", "외선", 57.2),
    )]  # fmt: skip
    (found,) = broken(LOAD, arrived(table(hundredfold)))
    assert "loads_are_in_percent" in found & blocking(LOAD)
