"""The end of a rehearsal: forecast against actual, as figures, a chart and a table.
What became of the faults is in `stories`."""

from datetime import date

import pandas as pd
import streamlit as st

from seongsu_assets.domains import DOMAINS
from seongsu_assets.rehearsal.records import Finished, Hour
from ui.choices import choose
from ui.pages.rehearsal import instants
from ui.show import charts, parts, wording
from ui.show.measured import beside_measured
from ui.state import slots
from ui.state.declared import total_of
from ui.strings import Words


def ending(finished: Finished, domain: str, t: Words) -> None:
    """All hours of the days, then one day."""
    st.html(parts.title(t("ending.title"), t))
    if finished.wape is None:
        st.html(parts.block("", f"<p>{t('ending.nothing')}</p>", t))
        return
    st.html(parts.facts(_facts(finished, t), t))
    days = sorted({hour.day for hour in finished.hours})
    _day(finished.hours, _choose(days, t), domain, t)


def _facts(finished: Finished, t: Words) -> list[tuple[str, str]]:
    assert finished.wape is not None
    inside = sum(map(_inside, finished.hours))
    found = [(t("ending.wape"), wording.of_hundred(finished.wape, t))]
    if finished.naive_wape is not None:
        found.append((t("ending.naive"), wording.of_hundred(finished.naive_wape, t)))
    within = t("ending.inside_of", hours=len(finished.hours), inside=inside)
    return [*found, (t("ending.inside"), within)]


def _choose(days: list[date], t: Words) -> date:
    options = [day.isoformat() for day in days]
    if len(options) == 1:
        return days[0]

    def text(iso: str) -> str:
        return wording.day_text(date.fromisoformat(iso), t)

    return date.fromisoformat(choose("d", t("ending.day"), options, text, options[0]))


def _day(hours: tuple[Hour, ...], day: date, domain: str, t: Words) -> None:
    rows = slots.day_of(frame(hours), day)
    shown = charts.Day(
        day=day,
        series=total_of(domain),
        rows=rows,
        spans=_spans(domain, hours),
        actual=rows["observed"],
        actual_day=day,
    )
    beside_measured(shown, _alt(hours, shown, t), t("ending.note"), t)


def _spans(domain: str, hours: tuple[Hour, ...]) -> dict[int, slots.Span]:
    """The slots as the domain declares them: the last one may never be told."""
    declared = DOMAINS[domain].cadence.slots if domain in DOMAINS else ()
    return slots.layout({*(slot.hour for slot in declared), *(hour.hour for hour in hours)})


def frame(hours: tuple[Hour, ...]) -> pd.DataFrame:
    """The hours as rows: business_date, hour, q10, q50, q90, usual, observed."""
    rows = pd.DataFrame([hour.model_dump() for hour in hours])
    return rows.assign(business_date=pd.to_datetime(rows["day"]))


def _inside(hour: Hour) -> bool:
    return hour.q10 <= hour.observed <= hour.q90


def _alt(hours: tuple[Hour, ...], shown: charts.Day, t: Words) -> str:
    of_day = [hour for hour in hours if hour.day == shown.day]
    peak = max(of_day, key=lambda hour: hour.observed)
    return t(
        "ending.alt",
        date=wording.day_text(shown.day, t),
        peak=wording.slot(shown.spans[peak.hour], t),
        middle=wording.people(peak.q50),
        observed=wording.exact(peak.observed),
        hours=len(of_day),
        inside=sum(map(_inside, of_day)),
    )


def lasted(finished: Finished, t: Words) -> str:
    """How long it took."""
    return t("ending.lasted", time=instants.length(finished.seconds, t))
