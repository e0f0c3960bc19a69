"""Any table with a row a series and slot is read by the columns that its domain declares."""

import gzip
import io
from collections.abc import Hashable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from seongsu_assets.domain import Parsed, Payload
from seongsu_assets.errors import SourceError
from seongsu_assets.sources.folder import read_payload
from seongsu_assets.sources.long_table import Columns, LongFiles, read

NOW = datetime(2026, 11, 21, tzinfo=UTC)
PARIS = "Europe/Paris"
BIKES = Columns("count", PARIS, at="at", series=("counter",))
SALES = Columns("sales", "UTC", day="week", series=("store", "dept"), step=7, ends=True)


def parsed(text: str, columns: Columns, name: str = "a.csv") -> Parsed:
    return read(Payload("files", name, text.encode(), NOW), columns)


def values(found: Parsed) -> dict[Hashable, float]:
    rows = found.rows.assign(day=found.rows.business_date.dt.strftime("%Y-%m-%d"))
    return rows.set_index(["series", "day", "hour"]).value.to_dict()


def test_an_instant_is_an_hour_at_the_wall_of_the_domain() -> None:
    found = parsed(
        "counter,at,count\nA,2023-01-01T23:30:00+00:00,5\nB,2023-07-01 07:00:00,6\n", BIKES
    )
    assert values(found) == {("B", "2023-07-01", 7): 6.0}
    [reject] = found.rejects
    assert "at is no time" in reject.reason  # instants and wall times in one column contradict
    found = parsed("counter,at,count\nA,2023-01-01T23:30:00+00:00,5\n", BIKES)
    assert values(found) == {("A", "2023-01-02", 0): 5.0}


def test_the_hour_that_comes_twice_is_one_slot_with_the_sum_of_both() -> None:
    found = parsed(
        "counter,at,count\nA,2023-10-29T00:00:00Z,5\nA,2023-10-29T01:00:00Z,7\n"
        "A,2023-10-29T02:00:00Z,9\n",
        BIKES,
    )
    assert values(found) == {("A", "2023-10-29", 2): 12.0, ("A", "2023-10-29", 3): 9.0}


def test_a_copy_is_one_row_and_a_contradiction_none() -> None:
    found = parsed(
        "counter,at,count\nA,2023-07-01T07:00,5\nA,2023-07-01T07:00,5\n"
        "B,2023-07-01T07:00,5\nB,2023-07-01T07:00,6\n",
        BIKES,
    )
    assert values(found) == {("A", "2023-07-01", 7): 5.0}
    assert [reject.place for reject in found.rejects] == ["a.csv row 4", "a.csv row 5"]
    assert all("differently" in reject.reason for reject in found.rejects)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("A,2023-07-01T07:00,many", "count is no number: many"),
        ("A,2023-07-01T07:00,inf", "count is no number: inf"),
        ("A,soon,5", "at is no time: soon"),
        (",2023-07-01T07:00,5", "counter is empty"),
    ],
)
def test_a_row_that_is_not_understood_is_refused_with_file_row_and_reason(
    row: str, reason: str
) -> None:
    found = parsed(f"counter,at,count\nB,2023-07-01T07:00,1\n{row}\n", BIKES)
    [reject] = found.rejects
    assert (reject.place, reject.reason) == ("a.csv row 3", reason)
    assert found.received == 2
    assert values(found) == {("B", "2023-07-01", 7): 1.0}


@pytest.mark.parametrize("empty", ["", "NA", "null", " "])
def test_an_empty_value_is_unknown_and_not_zero(empty: str) -> None:
    found = parsed(f"counter,at,count\nA,2023-07-01T07:00,{empty}\n", BIKES)
    assert found.rows.empty
    assert found.rejects == ()


def test_a_week_is_called_by_its_first_day_and_a_series_by_all_its_names() -> None:
    found = parsed("store,dept,week,sales\n1,7,2012-06-29,-12.5\n", SALES)
    assert values(found) == {("1-7", "2012-06-23", 0): -12.5}


def test_a_column_of_names_may_be_there_and_the_last_name_counts(tmp_path: Path) -> None:
    columns = replace(BIKES, label="title")
    text = "counter,at,count,title\nA,2023-07-01 07:00,5,Quai\nA,2023-07-01 08:00,6,Quai Sud\n"
    assert parsed(text, columns).names == {"A": "Quai Sud"}
    pd.read_csv(io.StringIO(text)).to_parquet(tmp_path / "a.parquet")
    same = read(read_payload(tmp_path / "a.parquet", NOW), columns)
    assert same.names == {"A": "Quai Sud"}
    assert parsed("counter,at,count\nA,2023-07-01 07:00,5\n", columns).names == {}


def test_a_file_without_the_columns_is_refused_by_name() -> None:
    with pytest.raises(SourceError, match=r"b.csv has no column count; it has counter, at"):
        parsed("counter,at\nA,2023-07-01T07:00\n", BIKES, "b.csv")


def test_of_many_rows_alike_that_are_wrong_the_last_one_stands_for_the_rest() -> None:
    lines = "".join(f"A,2023-07-01T{n % 24:02d}:00,x{n}\n" for n in range(500))
    found = parsed("counter,at,count\n" + lines, BIKES)
    assert sum(reject.records for reject in found.rejects) == 500
    assert len(found.rejects) == 201


def test_csv_gzip_and_parquet_say_the_same(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {
            "counter": ["A", "A", "B"],
            "at": pd.to_datetime(["2023-03-26T00:00Z", "2023-03-26T01:00Z", "2023-03-26T02:00Z"]),
            "count": [1.0, 2.0, None],
        }
    )
    table.to_csv(tmp_path / "a.csv", index=False, date_format="%Y-%m-%dT%H:%M:%S%z")
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress((tmp_path / "a.csv").read_bytes()))
    table.to_parquet(tmp_path / "a.parquet")
    source = LongFiles(tmp_path, BIKES)
    found = [values(source.parse(payload)) for payload in source.fetch(None)]  # type: ignore[arg-type]
    # Where clocks go forward there is no hour 2: one in the morning is followed by three.
    expected = {("A", "2023-03-26", 1): 1.0, ("A", "2023-03-26", 3): 2.0}
    assert found == [expected] * 3


def test_a_torn_parquet_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 torn")
    with pytest.raises(SourceError, match=r"a.parquet is a torn Parquet file"):
        LongFiles(tmp_path, BIKES).parse(read_payload(tmp_path / "a.parquet", NOW))


def test_a_year_of_real_counters_is_read_whole(shared_data: Path) -> None:
    path = shared_data / "paris_bikes" / "paris_counters_hourly_2023.parquet"
    columns = Columns("count", PARIS, day="date", hour="hour", series=("counter_id",))
    found = read(read_payload(path, NOW), columns)
    assert found.rejects == ()
    assert len(found.rows) == found.received == 860_190
    assert found.rows.series.nunique() == 101
    assert found.rows.value.sum() == pd.read_parquet(path)["count"].sum()
