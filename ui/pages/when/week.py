"""All days of the forecast by the hour at one look: levels, and the details of each slot.
No stay is ranked here; an old forecast is shown in grey."""

from collections.abc import Sequence
from datetime import date
from html import escape

import pandas as pd
import streamlit as st

from ui.pages.when import grid
from ui.pages.when.grid import Square
from ui.pages.when.runs import Run
from ui.show import parts, sentences, wording
from ui.state.moment import Moment
from ui.state.read import Published
from ui.state.slots import Row, Span, by_slot, plain
from ui.strings import Words


def week(moment: Moment[Published], data: Published, best: Sequence[Run], t: Words) -> None:
    """The table, with the slots of the `best` stays outlined."""
    picked = {
        (run.day, span.hour)
        for run in best
        for span in moment.spans.values()
        if run.hour <= span.hour < run.hour + run.hours
    }
    known = by_slot(moment.total)

    def square(day: date, span: Span) -> Square:
        row = known.get((day, span.hour))
        best_here = ["best"] if (day, span.hour) in picked else []
        return _square(moment, data, day, span, row, best_here, t)

    rows = [[square(day, span) for day in moment.days] for span in moment.spans.values()]
    days = [wording.column_day(day, t) for day in moment.days]
    title = t("week.title", days=len(moment.days))
    st.html(parts.title(title, t))
    st.html(grid.table(days, rows, _key(moment, data, t), title, t))


def _square(
    moment: Moment[Published],
    data: Published,
    day: date,
    span: Span,
    row: Row | None,
    classes: Sequence[str],
    t: Words,
) -> Square:
    if row is None:
        return Square(day, span, None)
    state = moment.state
    names = data.levels.names if data.levels else None
    past = ["past"] if row["end"] <= moment.now else []
    now = ["now"] if row["at"] <= moment.now < row["end"] else []
    stale = t("chip.stale") if state.stale else ""
    return Square(
        day=day,
        span=span,
        people=row["q50"],
        mark=parts.mark(row["level"], names, t, grey=state.stale),
        facts=tuple(_facts(row, data, day, span, t)),
        tag=stale or (t("chip.fallback") if state.tier != "champion" else ""),
        classes=(*past, *now, *classes),
    )


def _facts(row: Row, data: Published, day: date, span: Span, t: Words) -> list[str]:
    key = "range" if span.edge else "range.hourly"
    said = [t(key, low=wording.people(row["q10"]), high=wording.people(row["q90"]))]
    if data.levels is not None:
        top = parts.mark(len(data.levels.names) - 1, data.levels.names, t)
        assert top is not None
        chance = wording.share(row["p_levels"][-1], t)
        said.append(t("top_level", level=top.word, share=chance))
    if wording.known(row["usual"]):
        said.append(sentences.against_usual(row["q50"], row["usual"], day, span, t))
    return said


def summary(moment: Moment[Published], data: Published, t: Words) -> str:
    """The table in a sentence: the fullest and the calmest slot with sharp edges, of those that are
    not over while there are any. An old forecast names none."""
    if moment.state.stale:
        return t("chart.alt_stale")
    hours = [span.hour for span in plain(moment.spans)]
    rows = moment.total[moment.total["hour"].isin(hours)].dropna(subset=["q50"])
    if rows.empty:
        return t("week.empty")
    ahead = rows[rows["end"] > moment.now]
    ordered = (rows if ahead.empty else ahead).sort_values("q50", kind="stable")
    said = {
        f"{end}{part}": text
        for end, row in (("peak", ordered.iloc[-1]), ("calm", ordered.iloc[0]))
        for part, text in _end(row, moment, data, t).items()
    }
    return t("week.summary", **said)


def _end(row: pd.Series, moment: Moment[Published], data: Published, t: Words) -> dict[str, str]:
    mark = parts.mark(row["level"], data.levels.names if data.levels else None, t)
    slot = wording.slot(moment.spans[int(row["hour"])], t)
    when = f"{wording.day_text(row['business_date'].date(), t)} {slot}"
    level = mark.word if mark else t("table.none")
    return {"": when, "_level": level, "_people": wording.people(row["q50"])}


def _key(moment: Moment[Published], data: Published, t: Words) -> str:
    """The levels by colour and symbol, the table in a sentence, and what can be done with it."""
    names = data.levels.names if data.levels else ()
    marks = [parts.mark(place, names, t, grey=moment.state.stale) for place in range(len(names))]
    chips = "".join(parts.level_chip(mark) for mark in marks if mark)
    hint = "week.hint_stale" if moment.state.stale else "week.hint"
    said = "".join(f"<p>{escape(each)}</p>" for each in (summary(moment, data, t), t(hint)))
    return f'<div class="key-levels">{chips}</div>{said}'
