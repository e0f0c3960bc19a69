"""How far to trust a forecast: a word from measured coverage, and when a range is unusually wide.
No forecast is made here."""

from typing import Literal

from ui.pages.when.runs import Run
from ui.state.read import Accuracy
from ui.strings import Words

Grade = Literal["high", "middle", "low", "unknown"]
#: From these shares of measured values within their range on, confidence is high, and not low.
HIGH, MIDDLE = 0.85, 0.70
#: A range so many times as wide as the forecast's median one is worth a word.
WIDER = 1.5


def grade(scored: Accuracy | None) -> Grade:
    """How often the measured value lay in its range, as a word; unknown before any did."""
    if scored is None:
        return "unknown"
    return "high" if scored.inside >= HIGH else "middle" if scored.inside >= MIDDLE else "low"


def unsure(run: Run, typical: float) -> bool:
    """Whether the range of `run` is much wider than the `typical` one of the same forecast."""
    return run.width > WIDER * typical


def sentence(scored: Accuracy | None, t: Words) -> str:
    """The word, and what it stands on."""
    if scored is None:
        return t("confidence.unknown")
    inside = t("confidence.inside", days=scored.days, inside=round(100 * scored.inside))
    return t(f"confidence.{grade(scored)}", inside=inside)
