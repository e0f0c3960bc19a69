"""The commands on a real warehouse: what they print, what they refuse, and how they leave.
What a run computes is in `test_pipeline`; a backtest from files is in `test_cli_backtest`."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from seongsu_assets.warehouse import observations
from seongsu_assets.warehouse.location import open_url
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests import official
from seongsu_assets_tests.built import LAST
from seongsu_assets_tests.commands import Answer, Commands, commands

DAYS = official.days_from("2025-05-19", 28)
MANY, TORN = date(2025, 6, 3), date(2025, 6, 10)
READING = [("forecast", "seongsu", "--json"), ("status", "--json"), ("doctor", "--json")]


def hourly(folder: Path) -> Path:
    """Four weeks: an hour of one day x100, a row of another torn."""
    rows = official.rows_2024(DAYS)
    for row in rows:
        if row[0] == str(MANY):
            row[10] = str(int(row[10]) * 100)
    lines = official.csv_text(official.HEADER_2024, rows).splitlines()
    lines = [line[:40] if line.startswith(str(TORN)) else line for line in lines]
    path = folder / "hours.csv"
    path.write_bytes("\r\n".join(lines).encode("cp949"))
    return path


def daily(folder: Path) -> Path:
    """Ten days of totals without the fourth."""
    days = official.days_from("2025-04-01", 10)
    rows = [[f"{day}", "40000", "41000"] for day in days if day.day != 4]
    path = folder / "totals.csv"
    path.write_text(official.csv_text(["date", "boarding", "alighting"], rows))
    return path


@pytest.fixture(scope="module")
def seongsu(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    with commands(tmp_path_factory.mktemp("home")) as run:
        yield run


class Once:
    """The import and the run that every test here looks at; made by the first who asks."""

    imported: Answer | None = None
    ran: Answer | None = None


@pytest.fixture
def imported(seongsu: Commands, capsys: pytest.CaptureFixture[str]) -> Answer:
    if Once.imported is None:
        files = [hourly(seongsu.home), daily(seongsu.home), seongsu.home, "nowhere.csv"]
        Once.imported = seongsu(capsys, "import", *files, "--json")
    return Once.imported


@pytest.fixture
def ran(imported: Answer, seongsu: Commands, capsys: pytest.CaptureFixture[str]) -> Answer:
    assert imported
    if Once.ran is None:
        Once.ran = seongsu(capsys, "run", "seongsu", "--as-of", LAST, "--json")
    return Once.ran


def test_an_import_names_file_row_and_reason_and_the_rest_lands(imported: Answer) -> None:
    told = json.loads(imported.out)
    many = [row for row in told["refused"] if row["claim"] == "counts_are_plausible"]
    assert {row["day"] for row in many} == {str(MANY)}
    assert "hours.csv row" in many[0]["place"]
    assert many[0]["reason"]
    torn = [row for row in told["refused"] if row["claim"] == "row_is_readable"]
    assert {row["day"] for row in torn} == {str(TORN)}
    assert all("torn row" in row["reason"] for row in torn)
    with connect(open_url()) as conn:
        held = observations.read(conn, "seongsu")
    assert set(held.business_date.dt.date) == set(DAYS) - {MANY, TORN}


def test_a_folder_and_a_missing_file_are_errors_and_the_other_files_land(imported: Answer) -> None:
    assert imported.code == 1
    lines = [line for line in imported.err.splitlines() if line.startswith("error")]
    assert len(lines) == 2
    assert "is a folder -> name its files" in lines[0]
    assert "nowhere.csv cannot be read" in lines[1]
    files = {file["file"]: file for file in json.loads(imported.out)["files"]}
    assert files["hours.csv"]["hourly_days"] == len(DAYS) - 1
    assert files["totals.csv"]["new_days"] == 9


def test_a_day_missing_in_the_middle_of_a_file_is_told(imported: Answer) -> None:
    files = {file["file"]: file for file in json.loads(imported.out)["files"]}
    assert files["totals.csv"]["missing"] == [{"first": "2025-04-04", "last": "2025-04-04"}]
    assert files["hours.csv"]["missing"] == []


def test_the_same_files_again_change_nothing(
    imported: Answer, seongsu: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imported
    again = seongsu(capsys, "import", seongsu.home / "hours.csv", seongsu.home / "totals.csv")
    assert again.code == 0
    assert again.out.count("known: these bytes") == 2


def test_long_work_tells_its_stages_on_plain_lines(ran: Answer) -> None:
    stages = [line for line in ran.err.splitlines() if " seongsu " in line]
    assert any("forecast 2025-06-15" in line for line in stages)
    assert any("publish" in line for line in stages)


def test_a_run_prints_the_forecast_and_nothing_else(ran: Answer) -> None:
    rows = json.loads(ran.out)
    assert ran.code == 0
    assert {row["origin"] for row in rows} == {str(LAST)}
    assert not rows[0]["sample"]


@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_reading_prints_only_json(
    ran: Answer, seongsu: Commands, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert ran
    assert json.loads(seongsu(capsys, *words).out)


def test_status_says_what_is_late_refused_and_to_be_run_again(
    ran: Answer, seongsu: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ran
    [told] = json.loads(seongsu(capsys, "status", "--json").out)
    assert told["data_through"] == str(LAST)
    assert {"first": str(TORN), "last": str(TORN)} in told["late"]
    assert [row["day"] for row in told["refused"]] == [str(TORN), str(MANY)]
    assert all("hours.csv" in row["where"] for row in told["refused"])
    assert told["broken"] == []
    assert any(command.startswith("seongsu backfill") for command in told["run_again"])


@pytest.mark.parametrize("words", [("status",), ("forecast", "seongsu"), ("doctor",)])
def test_screens_fit_eighty_columns(
    ran: Answer, seongsu: Commands, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert ran
    told = seongsu(capsys, *words).out
    assert max(map(len, told.splitlines())) <= 80
    assert len(told.splitlines()) <= 40


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("run", "nowhere"), "choose one of seongsu"),
        (("run", "seongsu", "--as-of", "2030-01-01"), "is not over"),
        (("run", "seongsu", "--as-of", "2001-01-01"), "before the first day"),
        (("backfill", "seongsu", "--from", "2025-06-02", "--to", "2025-06-01"), "is after --to"),
    ],
)
def test_an_error_is_one_line_with_what_to_do_and_exit_code_one(
    seongsu: Commands, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str
) -> None:
    answer = seongsu(capsys, *words)
    assert answer.code == 1
    assert answer.out == ""
    assert len(answer.err.splitlines()) == 1
    assert says in answer.err
    assert " -> " in answer.err
