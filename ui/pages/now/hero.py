"""The first thing seen: how crowded it is now, beside the usual, how sure, how old.
No charts; an old forecast is replaced by the usual here and nowhere else."""

from datetime import date
from html import escape

import pandas as pd
import streamlit as st

from ui.show import levels, parts, sentences, wording
from ui.show.ages import ages
from ui.state import slots
from ui.state.moment import Moment
from ui.state.read import Levels, Published
from ui.strings import Words


def hero(moment: Moment[Published], t: Words) -> None:
    """Forecast of the slot that holds now; the usual when the forecast is stale; else a gap."""
    if moment.state.stale:
        inner = _usual(moment, t)
    elif moment.current is None:
        inner = f'<p class="advice">{t("hero.gap")}</p>'
    else:
        inner = _forecast(moment, moment.current, t)
    st.html(parts.block("hero", inner + parts.chips(ages(moment, t)), t))


def _forecast(moment: Moment[Published], row: pd.Series, t: Words) -> str:
    span = moment.spans[int(row["hour"])]
    day: date = row["business_date"].date()
    facts = [t("range", low=wording.people(row["q10"]), high=wording.people(row["q90"]))]
    if wording.known(row["usual"]):
        facts.append(sentences.against_usual(row["q50"], row["usual"], day, span, t))
    chip = ""
    known = moment.data.levels if moment.data else None
    mark = parts.mark(row["level"], known.names if known else None, t)
    if known is not None and mark is not None:
        chip = parts.level_chip(mark)
        top = levels.word(len(known.names) - 1, known.names, t)
        facts.append(t("top_level", level=top, share=wording.share(row["p_levels"][-1], t)))
    advice = ""  # of a whole day there is no rest that could be better
    if not span.whole:
        advice = sentences.advice(_today(moment), moment.spans, t, from_hour=span.hour)
    title = t("hero.title", slot=wording.slot(span, t))
    return _face(title, chip, wording.people_per_slot(row["q50"], span, t), facts, advice)


def _usual(moment: Moment[Published], t: Words) -> str:
    row = moment.usual
    if row is None or not wording.known(row["usual"]):
        return f'<p class="advice">{t("hero.gap")}</p>'
    span = moment.spans[int(row["hour"])]
    slot, day = wording.slot(span, t), row["business_date"].date()
    chip = _grey_chip(row["usual"], moment.data.levels if moment.data else None, t)
    note = t("hero.usual_note", weekday=wording.weekday(day, t), slot=slot)
    value = wording.people_per_slot(row["usual"], span, t)
    return _face(t("hero.usual", slot=slot), chip, value, [note], "")


def _grey_chip(people: float, known: Levels | None, t: Words) -> str:
    if known is None:
        return ""
    level = levels.level_of(people, known.lower)
    return parts.level_chip(parts.Mark(level, levels.word(level, known.names, t), grey=True))


def _face(title: str, chip: str, value: str, facts: list[str], advice: str) -> str:
    lines = "".join(f"<p>{escape(fact)}</p>" for fact in facts)
    said = f'<p class="advice">{escape(advice)}</p>' if advice else ""
    return (
        f'<p class="eyebrow">{escape(title)}</p>'
        f'<div class="line">{chip}<span class="big">{escape(value)}</span></div>{lines}{said}'
    )


def _today(moment: Moment[Published]) -> pd.DataFrame:
    assert moment.today is not None
    return slots.day_of(moment.total, moment.today)
