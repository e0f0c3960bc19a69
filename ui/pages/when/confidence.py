"""How far to trust a forecast: a word from measured coverage, and when a range is unusually wide.
No forecast is made here."""

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from ui.pages.when.runs import Run
from ui.strings import Words

Grade = Literal["high", "middle", "low", "unknown"]
#: From these shares of measured values within their range on, confidence is high, and not low.
HIGH, MIDDLE = 0.85, 0.70
#: Measured slots from which on a share says something.
FEW = 20
#: A range so many times as wide as the forecast's median one is worth a word.
WIDER = 1.5


def held(by_hour: pd.DataFrame, run: Run) -> tuple[int, int]:
    """(slots measured, of them within the range that was told) at the hours of `run`. `by_hour` is
    `When.held`."""
    hours = by_hour.index.to_numpy()
    of_run = by_hour[(run.hour <= hours) & (hours < run.hour + run.hours)]
    return int(of_run["hours"].sum()), int(of_run["inside"].sum())


def grade(measured: int, inside: int) -> Grade:
    """How often the measured value lay in its range, as a word; unknown while few were measured."""
    if measured < FEW:
        return "unknown"
    share = inside / measured
    return "high" if share >= HIGH else "middle" if share >= MIDDLE else "low"


def unsure(run: Run, typical: float) -> bool:
    """Whether the range of `run` is much wider than the `typical` one of the same forecast."""
    return run.width > WIDER * typical


def sentence(by_hour: pd.DataFrame, run: Run, t: Words) -> str | None:
    """The word, and what it stands on; None where it is not known."""
    measured, inside = held(by_hour, run)
    word = grade(measured, inside)
    if word == "unknown":
        return None
    return t(f"confidence.{word}", inside=round(100 * inside / measured))


def note(by_hour: pd.DataFrame, told: Sequence[Run], t: Words) -> str:
    """How the word is found; or that none of those `told` has one yet."""
    known = any(grade(*held(by_hour, run)) != "unknown" for run in told)
    return t("confidence.note" if known else "confidence.unknown")
