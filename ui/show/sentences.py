"""The plain sentences made from a forecast: when it is worst, when better, how usual.
No HTML and no charts here."""

from datetime import date

import pandas as pd

from ui.show import wording
from ui.state.slots import Span, extreme
from ui.strings import Words

#: Calmer by less than this is not worth waiting for.
WORTH_WAITING = 0.25
#: No more than this between the highest and the lowest is no difference.
FLAT = 0.02
#: Within this share of the usual it is called usual.
LIKE_USUAL = 0.05
#: Shares in sentences are rounded down to this step: "at least 35 %".
STEP = 5


def advice(
    day: pd.DataFrame, spans: dict[int, Span], t: Words, *, from_hour: int | None = None
) -> str:
    """The worst hour of `day` (indexed by hour, with q50) and from when it stays calmer.

    `from_hour` limits it to the rest of today. Open slots are left out: their length differs."""
    plain = [hour for hour, span in spans.items() if not span.edge]
    values = day["q50"].reindex(plain).dropna()
    if from_hour is not None:
        values = values[values.index >= from_hour]
    if values.empty:
        return t("sentence.over") if from_hour is not None else t("hero.gap")
    if len(values) > 1 and values.max() <= values.min() * (1 + FLAT):
        return t("sentence.flat")
    peak = extreme(values, most=True)
    where = wording.slot(spans[peak], t)
    if from_hour is None:
        said = t("sentence.peak", slot=where)
    else:
        said = t("sentence.peak_now" if peak == from_hour else "sentence.peak_today", slot=where)
    return " ".join([said, *_calmer(values, spans, peak, t)])


def _calmer(values: pd.Series, spans: dict[int, Span], peak: int, t: Words) -> list[str]:
    """From the first hour after the peak since when all that follows is clearly calmer."""
    if spans[peak].whole:
        return []
    later = values[values.index > peak]
    worst_from = later[::-1].cummax()[::-1]
    saved = 1 - worst_from / values[peak]
    enough = saved[saved >= WORTH_WAITING]
    if enough.empty:
        return []
    percent = int(100 * enough.iloc[0] // STEP * STEP)
    hour = wording.hour_text(int(enough.index[0]))
    return [t("sentence.calm", hour=hour, share=t("percent", value=percent))]


def against_usual(value: float, usual: float, day: date, span: Span, t: Words) -> str:
    """How far a forecast is from the usual of its weekday and slot."""
    change = value / usual - 1 if usual else 0.0
    kind = "same" if abs(change) < LIKE_USUAL else "more" if change > 0 else "less"
    return t(
        f"usual.{kind}",
        weekday=wording.weekday(day, t),
        slot=wording.slot(span, t),
        usual=wording.people(usual),
        share=wording.share(abs(change), t),
    )
