"""`seongsu tune` from a file alone: what it prints, and that it changes nothing.
What the search finds, and what it may not see, is in `test_tuning`."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest

from seongsu_assets.cli import tune
from seongsu_assets.forecasting.significance import Paired
from seongsu_assets.forecasting.tuning import Compared, Found
from seongsu_assets.plan import Tuning
from seongsu_assets_tests import official
from seongsu_assets_tests.commands import Commands, commands

DAYS = official.days_from("2025-02-01", 110)
ORIGINS = ("--origins", "2025-04-21..2025-04-28")
SURE = Paired(difference=40.0, low=25.0, high=55.0, p=0.0004, origins=12)
BETTER = Found(
    declared=Tuning(),
    found=Tuning(rounds=311, rate=0.0213),
    tuned_on=Compared(0.45, 0.43, 700, SURE),
    held_out=Compared(0.46, 0.44, 700, SURE),
    trials=30,
)


@pytest.fixture(scope="module")
def seongsu(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    with commands(tmp_path_factory.mktemp("files")) as run:
        yield run


@pytest.fixture(scope="module")
def totals(seongsu: Commands) -> Path:
    path = seongsu.home / "totals.csv"
    path.write_text(official.totals(DAYS))
    return path


def test_both_tunings_are_shown_on_both_windows_and_two_origins_change_nothing(
    seongsu: Commands, totals: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = seongsu.home / "tuned.json"
    words = ("seongsu", "--files", totals, *ORIGINS, "--holdout", "2025-05-05..2025-05-12")
    answer = seongsu(capsys, "tune", *words, "--trials", 3, "--json", out)
    assert answer.code == 0, answer.err
    for word in (*asdict(Tuning()), "tuned on", "held out", "declared", "found"):
        assert word in answer.out
    assert "keep what is declared" in answer.err
    assert "Tuning(" not in answer.out
    result = json.loads(out.read_text())
    assert result["declared"] == asdict(Tuning())
    assert result["trials"] == 3
    assert result["better"] is False
    assert result["held_out"]["rows"] == 2 * 7


def test_a_holdout_that_begins_too_early_is_one_line(
    seongsu: Commands, totals: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("seongsu", "--files", totals, *ORIGINS, "--holdout", "2025-04-28..2025-05-12")
    answer = seongsu(capsys, "tune", *words)
    assert answer.code == 1
    assert "must be later" in answer.err.splitlines()[-1]


def test_a_span_that_cannot_be_is_named_by_its_option(
    seongsu: Commands, totals: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("seongsu", "--files", totals, *ORIGINS, "--holdout", "May")
    assert "--holdout 'May' is not FROM..TO" in seongsu(capsys, "tune", *words).err


def test_what_is_better_beyond_chance_is_a_line_to_declare(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tune.tell(BETTER)
    lines = capsys.readouterr().out.splitlines()
    assert ["rounds", "200", "311"] in [line.split() for line in lines]
    told = lines[-1]
    assert eval(told.removeprefix("tuning="), {"Tuning": Tuning}) == BETTER.found


@pytest.mark.parametrize("low", [0.0, -3.0, np.nan])
def test_what_may_be_chance_is_no_line_to_declare(
    low: float, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = replace(SURE, low=low, p=np.nan if np.isnan(low) else 0.2)
    tune.tell(replace(BETTER, held_out=replace(BETTER.held_out, paired=chance)))
    told = capsys.readouterr()
    assert "Tuning(" not in told.out
    assert "not better beyond chance" in told.err
