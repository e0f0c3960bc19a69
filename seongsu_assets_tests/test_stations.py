"""Files of many stations: read once, each station as if the file were its own; figures over many.
The evaluation of each is in `test_backtest`, the command in `test_cli_backtest`."""

import pandas as pd
import pytest

from seongsu_assets.errors import SourceError
from seongsu_assets.forecasting.across import across
from seongsu_assets.sources.files import read_tables
from seongsu_assets.sources.seoul_metro import Station
from seongsu_assets.sources.stations import read_stations
from seongsu_assets_tests import official

GANGNAM = Station("강남", "2호선", 4307)
WANGSIMNI = Station("왕십리", "2호선", 2541)
STATIONS = (official.SEONGSU, GANGNAM, WANGSIMNI)
DAYS = official.days_from("2025-02-01", 3)


def row(station: Station, number: int = 0) -> list[str]:
    return official.rows_2024(DAYS, station)[number]


def text(rows: list[list[str]]) -> str:
    return official.csv_text(official.HEADER_2024, rows)


def everybody() -> list[list[str]]:
    return [cells for station in STATIONS for cells in official.rows_2024(DAYS, station)]


@pytest.mark.parametrize("packed", [False, True])
def test_each_station_is_read_as_by_the_reader_of_one(packed: bool) -> None:
    body = official.gzipped(text(everybody())) if packed else text(everybody())
    payload = official.payload("city.csv", body)
    census = read_stations([payload])
    assert list(census.stations) == list(STATIONS)
    assert not census.rejects
    for station in STATIONS:
        (ours,) = census.stations[station]
        alone = read_tables(payload, station)
        pd.testing.assert_frame_equal(ours.rows, alone.rows)
        assert not ours.rejects
        assert len(ours.rows) == 3 * 2 * 19


def test_a_station_is_one_however_its_line_and_brackets_are_spelled_in_two_files() -> None:
    first = row(WANGSIMNI)
    second = row(WANGSIMNI, 2)
    second[1:4] = ["02호선", " 2541", "왕십리(성동구청)"]
    payloads = [official.payload(name, text([r])) for name, r in (("a", first), ("b", second))]
    census = read_stations(payloads)
    assert list(census.stations) == [WANGSIMNI]
    assert [len(part.rows) for part in census.stations[WANGSIMNI]] == [19, 19]


@pytest.mark.parametrize("names", [["강남", "성수"], ["4307", "211"], ["211", "강남"]])
def test_stations_are_chosen_by_name_or_code(names: list[str]) -> None:
    census = read_stations([official.payload("city.csv", text(everybody()))], names)
    assert set(census.stations) == {official.SEONGSU, GANGNAM}


def test_a_name_of_nobody_is_said_and_not_passed_over() -> None:
    with pytest.raises(SourceError, match="no station 없는역"):
        read_stations([official.payload("city.csv", text(everybody()))], ["강남", "없는역"])


def test_a_torn_row_is_nobodys_and_a_bad_count_its_stations_and_the_rest_lands() -> None:
    bad, nameless = row(GANGNAM), row(GANGNAM, 1)
    bad[7] = "many"
    nameless[2] = "?"
    rows = [row(official.SEONGSU), row(GANGNAM)[:9], bad, nameless, row(WANGSIMNI)]
    census = read_stations([official.payload("city.csv", text(rows))])
    assert [reject.place for reject in census.rejects] == ["city.csv row 3", "city.csv row 5"]
    assert "torn" in census.rejects[0].reason
    assert "역번호" in census.rejects[1].reason
    (gangnam,) = census.stations[GANGNAM]
    assert gangnam.rows.empty
    assert [reject.place for reject in gangnam.rejects] == ["city.csv row 4"]
    assert len(census.stations[WANGSIMNI][0].rows) == 19


def test_odd_rows_among_plain_ones_are_read_as_by_the_reader_of_one() -> None:
    rows = everybody()
    rows[0][6] = "1,234"  # as some write thousands
    rows[1][7] = ""  # not known
    rows[2][0] = rows[2][0].replace("-", ".")
    again = list(rows[6])
    other = [*rows[7][:8], "9999", *rows[7][9:]]
    moved = list(row(official.SEONGSU, 4))
    moved[1] = "3호선"
    rows += [again, other, moved]
    payload = official.payload("city.csv", text(rows))
    census = read_stations([payload])
    for station in STATIONS:
        (ours,) = census.stations[station]
        alone = read_tables(payload, station)
        key = ["business_date", "series", "hour"]
        pd.testing.assert_frame_equal(
            ours.rows.sort_values(key, ignore_index=True),
            alone.rows.sort_values(key, ignore_index=True),
        )
        assert {r.reason for r in ours.rejects} <= {r.reason for r in alone.rejects}
    reasons = [r.reason for station in STATIONS for r in census.stations[station][0].rejects]
    assert sum("differently" in reason for reason in reasons) == 2
    assert sum("another station's" in reason for reason in reasons) == 1


def test_a_table_that_does_not_tell_stations_apart_is_refused() -> None:
    totals = official.csv_text(["date", "boarding", "alighting"], [["2025-02-01", "1", "2"]])
    with pytest.raises(SourceError, match="leave --stations out"):
        read_stations([official.payload("totals.csv", totals)])


def figures(ours: float, naive: float, p: float | None, rows: int = 10) -> dict[str, object]:
    return {
        "rows": rows,
        "ours": {"wape": ours / 100, "mae": ours, "coverage80": 0.8},
        "seasonal_naive": {"mae": naive},
        "ratio_vs_seasonal_naive": ours / naive if naive else None,
        "p_vs_seasonal_naive": p,
    }


def test_over_stations_the_better_are_counted_and_the_surely_better_apart() -> None:
    told = across([figures(5, 10, 0.01), figures(9, 10, 0.4), figures(12, 10, 0.001)])
    assert told["reports"] == 3
    assert told["better_than_seasonal_naive"] == 2
    assert told["surely_better_than_seasonal_naive"] == 1
    assert told["surely_worse_than_seasonal_naive"] == 1
    spread = told["ratio_vs_seasonal_naive"]
    assert (spread["least"], spread["median"], spread["most"]) == (0.5, 0.9, 1.2)
    assert told["wape"]["median"] == pytest.approx(0.09)


def test_a_summed_error_lets_every_row_count_once() -> None:
    told = across([figures(5, 10, None, rows=30), figures(20, 10, None, rows=10)])
    assert told["summed_ratio_vs_seasonal_naive"] == pytest.approx((150 + 200) / 400)


def test_what_cannot_be_stated_is_none_and_no_station_gives_no_figure() -> None:
    told = across([figures(0, 0, None)])
    assert told["ratio_vs_seasonal_naive"]["median"] is None
    assert told["better_than_seasonal_naive"] == 0
    assert told["summed_ratio_vs_seasonal_naive"] is None
    assert across([]) == {"reports": 0}
