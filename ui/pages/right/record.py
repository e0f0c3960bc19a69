"""How right forecasts have been over a span of days: in numbers, by how far ahead, and the promise.
One day is in `verdict`; what others forecast is in `rivals`."""

from html import escape

import pandas as pd
import streamlit as st

from ui.choices import choose
from ui.pages.right import score
from ui.pages.right.horizon_chart import horizon_chart
from ui.pages.right.read import SPANS, Right
from ui.pages.right.score import Score
from ui.show import parts, wording
from ui.strings import Words

DEFAULT = 28
#: Within this share of last week's error it is called the same.
SAME = 0.05


def choose_span(t: Words) -> int:
    """The days over which everything below it is told."""
    options = [str(days) for days in SPANS]
    st.html(parts.title(t("right.span_title"), t))
    return int(
        choose("span", t("right.span"), options, lambda n: t(f"right.span.{n}"), str(DEFAULT))
    )


def record(data: Right, days: int, t: Words) -> None:
    """The score of the last `days` days beside repeating last week, and by horizon."""
    daily = score.newest(data.daily, days)
    told = score.score(daily)
    if told is None:
        st.html(parts.block("", f"<p>{t('accuracy.none')}</p>", t))
        return
    said = [told_of(told, int(daily["horizon"].max()), t)]
    said += _beside(told, t)
    if told.days < days:
        said.append(t("right.short", days=told.days))
    st.html(parts.block("", f"<p>{escape(' '.join(said))}</p>", t))
    st.html(parts.facts(_facts(told, t), t))
    promise = t(f"right.promise.{told.promise}", share=wording.of_ten(told.inside, t))
    st.html(parts.block("", f"<p>{escape(t('right.promise'))} {escape(promise)}</p>", t))
    st.html(parts.note(t("right.note", forecasts=f"{told.forecasts:,}"), t))
    _horizons(score.by_horizon(daily), t)


def told_of(told: Score, ahead: int, t: Words) -> str:
    """How far off, of forecasts made up to `ahead` days or weeks before."""
    share = wording.of_hundred(told.wape, t)
    return t("right.span_said", days=told.days, ahead=ahead, share=share)


def _beside(told: Score, t: Words) -> list[str]:
    if not told.naive:
        return []
    change = told.wape / told.naive - 1
    if abs(change) < SAME:
        return [t("right.span_same")]
    kind = "better" if change < 0 else "worse"
    return [t(f"right.span_{kind}", share=wording.share(abs(change), t))]


def _facts(told: Score, t: Words) -> list[tuple[str, str]]:
    facts = [
        (t("right.fact.wape"), wording.of_hundred(told.wape, t)),
        (t("right.fact.naive"), wording.of_hundred(told.naive, t)),
        (t("right.fact.inside"), wording.of_ten(told.inside, t)),
    ]
    if told.hits is not None:
        facts.append((t("right.fact.hits"), wording.of_ten(told.hits, t)))
    return facts


def _horizons(by_horizon: dict[int, Score], t: Words) -> None:
    first, last = min(by_horizon), max(by_horizon)
    alt = t(
        "right.horizon_alt",
        first=t("right.ahead", days=first),
        first_share=wording.of_hundred(by_horizon[first].wape, t),
        last=t("right.ahead", days=last),
        last_share=wording.of_hundred(by_horizon[last].wape, t),
        naive=wording.of_hundred(by_horizon[last].naive, t),
    )
    st.html(parts.title(t("right.horizon_title"), t))
    st.html(parts.legend([("forecast", t("right.ours")), ("naive", t("right.naive_off"))], t))
    st.altair_chart(horizon_chart(by_horizon, t), width="stretch", alt=alt)
    with st.expander(t("table.title")):
        st.table(_table(by_horizon, t), hide_index=True, alt=alt)
    st.html(parts.note(t("right.horizon_note"), t))


def _table(by_horizon: dict[int, Score], t: Words) -> pd.DataFrame:
    scores = list(by_horizon.values())
    none = t("table.none")
    return pd.DataFrame(
        {
            t("right.horizon"): [t("right.ahead", days=ahead) for ahead in by_horizon],
            t("right.wape"): [wording.share(each.wape, t) for each in scores],
            t("right.naive"): [wording.share(each.naive, t) for each in scores],
            t("right.hits"): [
                none if each.hits is None else wording.share(each.hits, t) for each in scores
            ],
            t("right.in_range"): [wording.share(each.inside, t) for each in scores],
        }
    )
