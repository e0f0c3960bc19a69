"""`seongsu backtest` from files alone: no database, no Dagster.
How good a forecast is, and the rules of evaluation, are in `test_backtest`."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from seongsu_assets.sources.seoul_metro import Station
from seongsu_assets_tests import official
from seongsu_assets_tests.commands import Commands, commands

CONTENDERS = ("ours", "seasonal_naive", "seasonal_mean")
DAYS = official.days_from("2025-02-01", 110)
GANGNAM, NEW = Station("강남", "2호선", 4307), Station("새역", "8호선", 2811)
CLOSED = Station("옛역", "8호선", 2812)
ORIGINS = ("--origins", "2025-05-05..2025-05-12")
ONE = ("--origins", "2025-05-05..2025-05-05", "--horizon", 2)


@pytest.fixture(scope="module")
def seongsu(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    with commands(tmp_path_factory.mktemp("files")) as run:
        yield run


@pytest.fixture(scope="module")
def halves(seongsu: Commands) -> list[Path]:
    """Two hourly files that share ten days."""
    paths: list[Path] = []
    for name, days in {"first.csv": DAYS[:60], "second.csv": DAYS[50:]}.items():
        text = official.csv_text(official.HEADER_2024, official.rows_2024(days))
        paths.append(seongsu.home / name)
        paths[-1].write_bytes(text.encode("cp949"))
    return paths


@pytest.fixture(scope="module")
def totals(seongsu: Commands) -> Path:
    path = seongsu.home / "totals.csv"
    path.write_text(official.totals(DAYS))
    return path


def test_many_files_after_one_option_give_a_report_without_any_database(
    seongsu: Commands, halves: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    out = seongsu.home / "report.json"
    weather = seongsu.home / "weather.csv"
    weather.write_text(
        "date,precipitation_sum\n" + "".join(f"{day},{day.day % 4}\n" for day in DAYS)
    )
    words = ("--files", *halves, "seongsu", *ORIGINS, "--weather", weather, "--json", out)
    answer = seongsu(capsys, "backtest", *words)
    assert answer.code == 0, answer.err
    report = json.loads(out.read_text())
    assert report["rows"] == 2 * 7 * 19
    assert {"seconds", "peak_mb", "ratio_vs_seasonal_naive"} <= set(report)
    assert all({"wape", "mae", "rmse", "mase"} <= set(report[name]) for name in CONTENDERS)
    assert set(report["by_horizon"]) == {str(n) for n in range(1, 8)}
    assert "coverage80" in report["by_day_type"]["weekday"]["ours"]
    assert not (seongsu.home / "postgres").exists()


def test_daily_files_give_a_daily_backtest(
    seongsu: Commands, totals: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = seongsu.home / "daily.json"
    words = ("seongsu", *ORIGINS, "--lag", 3, "--horizon", 2, "--files", totals, "--json", out)
    answer = seongsu(capsys, "backtest", *words)
    assert answer.code == 0, answer.err
    assert json.loads(out.read_text())["rows"] == 2 * 2


def test_all_contenders_are_on_the_table_when_asked(
    seongsu: Commands, totals: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = seongsu.home / "all.json"
    words = ("seongsu", *ORIGINS, "--lag", 3, "--horizon", 2, "--files", totals, "--json", out)
    usual = seongsu(capsys, "backtest", *words)
    assert "prior_linear" not in usual.out
    everybody = seongsu(capsys, "backtest", *words, "--contenders", "all")
    assert everybody.code == 0, everybody.err
    report = json.loads(out.read_text())
    for name in (*CONTENDERS, "smoothing", "lightgbm", "prior_linear", "prior_rf", "prior_gbr"):
        assert name in everybody.out
        assert report[name]["wape"] >= 0


def test_what_is_printed_tells_days_hours_and_levels_apart(
    seongsu: Commands, halves: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    told = seongsu(capsys, "backtest", "seongsu", "--files", *halves, *ORIGINS).out
    for word in (*CONTENDERS, "nearer by", "weekday", "morning_peak", "night", "top recalled"):
        assert word in told


def test_files_that_disagree_are_named(
    seongsu: Commands, halves: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    rows = official.rows_2024(DAYS[:1])
    rows[0][10] = "77777"
    other = seongsu.home / "other.csv"
    other.write_bytes(official.csv_text(official.HEADER_2024, rows).encode("cp949"))
    answer = seongsu(capsys, "backtest", "seongsu", "--files", halves[0], other, *ORIGINS)
    assert answer.code == 1
    assert "77777 in other.csv row 2" in answer.err
    assert "first.csv row 2" in answer.err


@pytest.mark.parametrize(
    ("origins", "says"),
    [
        ("2025-05-05", "is not FROM..TO"),
        ("May..June", "is not FROM..TO"),
        ("2025-05-12..2025-05-05", "is after"),
        ("2031-05-05..2031-05-12", "-> "),
    ],
)
def test_origins_that_cannot_be_are_one_line(
    seongsu: Commands,
    totals: Path,
    capsys: pytest.CaptureFixture[str],
    origins: str,
    says: str,
) -> None:
    words = ("seongsu", "--files", totals, "--origins", origins)
    answer = seongsu(capsys, "backtest", *words)
    assert answer.code == 1
    assert says in answer.err.splitlines()[-1]
    assert "Traceback" not in answer.err


def test_help_says_what_origin_and_lag_mean(
    seongsu: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    told = " ".join(seongsu(capsys, "backtest", "--help").out.split())
    assert "Origin D is the last day before the forecast" in told
    assert "D+1-L" in told


@pytest.fixture(scope="module")
def city(seongsu: Commands) -> Path:
    """Two stations with the same counts, one of which misses three days; one new, one closed."""
    told = [*official.rows_2024(DAYS)]
    holes = {str(day) for day in DAYS[40:43]}
    told += [row for row in official.rows_2024(DAYS, GANGNAM) if row[0] not in holes]
    told += official.rows_2024(DAYS[-20:], NEW)
    told += official.rows_2024(DAYS[:60], CLOSED)
    path = seongsu.home / "city.csv.gz"
    path.write_bytes(official.gzipped(official.csv_text(official.HEADER_2024, told)))
    return path


def test_every_station_of_a_file_is_evaluated_as_it_would_be_alone(
    seongsu: Commands, city: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = seongsu.home / "stations.json"
    words = ("seongsu", "--files", city, *ONE, "--json", out)
    answer = seongsu(capsys, "backtest", *words, "--stations", "all", "--workers", 2)
    assert answer.code == 0, answer.err
    report = json.loads(out.read_text())
    own, holed, new, closed = report["stations"]
    assert [each["station"] for each in report["stations"]] == [
        "성수 (2호선, 211)", "강남 (2호선, 4307)", "새역 (8호선, 2811)",
        "옛역 (8호선, 2812)",
    ]  # fmt: skip
    assert own["rows"] == 2 * 19
    assert (own["missing_days"], holed["missing_days"]) == (0, 3)
    assert report["across"]["reports"] == 2
    for word in ("강남 (2호선, 4307)", "median", "better than seasonal_naive: ", "of 2"):
        assert word in answer.out + answer.err
    assert "can be learned from" in new["reason"]
    assert "ends on 2025-04-01" in closed["reason"]
    assert f"새역 (8호선, 2811): {new['reason']}" in answer.err
    assert seongsu(capsys, "backtest", *words).code == 0
    alone = json.loads(out.read_text())
    assert own["ours"] == alone["ours"]
    assert own["ratio_vs_seasonal_mean"] == alone["ratio_vs_seasonal_mean"]


def test_stations_that_are_named_are_evaluated_and_no_other(
    seongsu: Commands, city: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = seongsu.home / "named.json"
    words = ("seongsu", "--files", city, *ONE, "--json", out, "--workers", 1)
    answer = seongsu(capsys, "backtest", *words, "--stations", "2811, 새역")
    assert answer.code == 0, answer.err
    report = json.loads(out.read_text())
    assert [each["station"] for each in report["stations"]] == ["새역 (8호선, 2811)"]
    assert report["across"] == {"reports": 0}
    stranger = seongsu(capsys, "backtest", *words, "--stations", "부산역")
    assert stranger.code == 1
    assert "no station 부산역" in stranger.err
