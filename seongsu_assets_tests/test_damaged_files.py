"""Damaged files become rejects that name file, row and reason, and the rest of them lands.
What is plausible is not asked here."""

from pathlib import Path

import pytest

from seongsu_assets.domain import Parsed
from seongsu_assets.errors import SourceError
from seongsu_assets.sources import tables
from seongsu_assets.sources.files import Files
from seongsu_assets.sources.seoul_metro import Station
from seongsu_assets_tests.official import (
    HEADER_2024,
    HEADER_SHEET,
    SEONGSU,
    csv_text,
    days_from,
    gzipped,
    payload,
    people,
    rows_2024,
    workbook,
    zipped,
)

FILES = Files(Path("inbox"), SEONGSU)
DAYS = days_from("2024-03-04", 10)
TTUKSEOM = Station("뚝섬", "2호선", 210)


def parse(name: str, body: bytes | str) -> Parsed:
    return FILES.parse(payload(name, body))


def test_a_row_that_does_not_add_up_is_refused():
    rows = [
        ["2024-03-04", "2호선", 211, "성수", direction, *hours, 7, sum(hours) + wrong]
        for (direction, hours), wrong in zip(people(DAYS[0]).items(), (7, 8), strict=True)
    ]
    parsed = parse("m.xlsx", workbook([HEADER_SHEET, *rows]))
    assert set(parsed.rows["series"]) == {"boarding"}
    (reject,) = parsed.rejects
    assert "합계" in reject.reason


def test_a_torn_csv_lands_but_for_its_last_row():
    text = csv_text(HEADER_2024, rows_2024(DAYS))
    parsed = parse("torn.csv", text.encode("cp949")[:-40])
    (reject,) = parsed.rejects
    assert reject.place == "torn.csv row 21"
    assert "torn row" in reject.reason
    assert reject.business_date == DAYS[-1]
    assert len(parsed.rows) == (len(DAYS) * 2 - 1) * 19


@pytest.mark.parametrize("name", ["y.csv.gz", "y.zip", "m.xlsx"])
def test_a_torn_container_is_refused_by_name(name: str):
    text = csv_text(HEADER_2024, rows_2024(DAYS))
    whole = {
        "y.csv.gz": gzipped(text),
        "y.zip": zipped({"y.csv": text.encode()}),
        "m.xlsx": workbook([HEADER_2024, *rows_2024(DAYS)]),
    }[name]
    with pytest.raises(SourceError, match=name):
        parse(name, whole[: len(whole) // 2])


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tables, "LARGEST", 1_000_000)
    for name, body in (("b.zip", zipped({"b": b"0" * 2_000_000})), ("b.gz", gzipped("0" * 2**21))):
        assert len(body) < 10_000
        with pytest.raises(SourceError, match=name):
            parse(name, body)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("-5", "negative"),
        ("12.5", "not a whole number"),
        ("many", "not a whole number"),
        ("1,23", "not a whole number"),
    ],
)
def test_a_row_with_a_count_that_is_none_is_refused_and_the_rest_lands(cell: str, reason: str):
    rows = rows_2024(DAYS)
    rows[6][8] = f'"{cell}"'
    parsed = parse("y.csv", csv_text(HEADER_2024, rows))
    (reject,) = parsed.rejects
    assert reject.place == "y.csv row 8"
    assert reason in reject.reason
    assert HEADER_2024[8].replace(" ", "") in reject.reason
    assert reject.business_date == DAYS[3]
    assert cell in reject.record
    assert len(parsed.rows) == (len(DAYS) * 2 - 1) * 19


def test_a_row_whose_code_and_name_disagree_is_refused():
    rows = rows_2024(DAYS)
    rows[2][3], rows[5][2], rows[8][1] = "뚝섬", "210", "3호선"
    parsed = parse("y.csv", csv_text(HEADER_2024, rows))
    assert [reject.place for reject in parsed.rejects] == [f"y.csv row {n}" for n in (4, 7, 10)]
    assert all("another station's" in reject.reason for reject in parsed.rejects)


def test_another_stations_row_in_place_of_ours_is_refused_and_named():
    rows = rows_2024(DAYS)
    rows[4:6] = rows_2024([DAYS[2]], TTUKSEOM)
    parsed = parse("y.csv", csv_text(HEADER_2024, rows))
    assert [reject.place for reject in parsed.rejects] == ["y.csv row 6", "y.csv row 7"]
    assert all("뚝섬 2호선 210" in reject.reason for reject in parsed.rejects)
    assert parsed.rows["business_date"].nunique() == len(DAYS) - 1


def test_a_header_without_rows_is_an_error_not_an_empty_month():
    with pytest.raises(SourceError, match="no row of 성수"):
        parse("y.csv", csv_text(HEADER_2024, []))


def test_a_date_beyond_the_subways_time_is_refused():
    rows = rows_2024(DAYS)
    rows[0][0] = "0024-03-04"
    (reject,) = parse("y.csv", csv_text(HEADER_2024, rows)).rejects
    assert "0024-03-04" in reject.reason


def test_a_damaged_byte_damages_only_its_own_row():
    body = csv_text(HEADER_2024, rows_2024(DAYS)).encode()
    place = body.index("성수".encode())
    parsed = parse("y.csv", body[:place] + b"\xff" + body[place + 1 :])
    assert [reject.place for reject in parsed.rejects] == ["y.csv row 2"]
    assert len(parsed.rows) == (len(DAYS) * 2 - 1) * 19


def test_rows_that_contradict_each_other_are_both_refused_and_copies_kept_once():
    rows = rows_2024(DAYS)
    changed = [*rows[3][:5], "1", *rows[3][6:]]
    parsed = parse("y.csv", csv_text(HEADER_2024, [*rows, rows[0], changed]))
    assert [reject.place for reject in parsed.rejects] == ["y.csv row 5", "y.csv row 23"]
    assert all("row 5 and y.csv row 23" in reject.reason for reject in parsed.rejects)
    assert len(parsed.rows) == (len(DAYS) * 2 - 1) * 19


def test_empty_rows_at_the_end_say_nothing():
    rows = [*rows_2024(DAYS), [""] * len(HEADER_2024), []]
    assert not parse("y.csv", csv_text(HEADER_2024, rows)).rejects


@pytest.mark.parametrize(
    "body", ["date,temperature\n2024-01-01,3\n", "", b"\xd0\xcf\x11\xe0\0\xff"]
)
def test_an_unknown_shape_names_the_file_and_what_is_accepted(body: bytes | str):
    with pytest.raises(SourceError) as caught:
        parse("weather.csv", body)
    assert "weather.csv" in str(caught.value)
    assert caught.value.remedy


def test_an_unknown_header_is_quoted():
    with pytest.raises(SourceError, match=r"date,temperature.*accepted are"):
        parse("weather.csv", "date,temperature\n2024-01-01,3\n")
