"""The forecast on the terminal: a line a day where a day is one slot, else hours by days.
Where it comes from is in `test_cli`."""

import pandas as pd
import pytest

from seongsu_assets.cli import forecast_told
from seongsu_assets.domain import Slot

NAMES = ("low", "usual", "high", "very high")


def rows(hours: list[int], middle: float) -> pd.DataFrame:
    days = pd.date_range("2024-09-02", periods=2)
    index = pd.MultiIndex.from_product([days, hours], names=["business_date", "hour"])
    return index.to_frame(index=False).assign(
        level=2.0, q10=middle * 0.9, q50=middle, q90=middle * 1.1
    )


def test_days_of_one_slot_are_a_line_each_with_their_range(
    capsys: pytest.CaptureFixture[str],
) -> None:
    forecast_told.tell(rows([0], 12_000), NAMES, "people", (Slot(0, hours=24),))
    told = capsys.readouterr().out
    assert "people   low" in told
    lines = [line.split() for line in told.splitlines() if "◑ " in line and "2024" in line]
    assert lines[0] == ["Mon", "2024-09-02", "◑", "12,000", "10,800", "to", "13,200"]
    assert len(lines) == 2


def test_hours_are_named_by_their_slots_and_small_numbers_keep_their_digits(
    capsys: pytest.CaptureFixture[str],
) -> None:
    slots = (Slot(4, hours=2, open=True), Slot(6), Slot(24, hours=4, open=True))
    forecast_told.tell(rows([4, 6, 24], 0.25), NAMES, "mm", slots)
    told = capsys.readouterr().out
    assert [name in told for name in ("before 6", "6–7", "after 24")] == [True] * 3
    assert told.count("◑  0.25") == 6
