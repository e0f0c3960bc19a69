"""When somebody could come: a day, from when until when, and for how long.
Nothing is looked for here; what was chosen is in the address."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from ui.choices import choose
from ui.pages.when.runs import Wish
from ui.show import parts, wording
from ui.state.moment import Moment
from ui.state.read import Published
from ui.state.slots import plain
from ui.strings import Words

#: Waking hours: else the calmest would always be dawn.
MORNING, EVENING = 9, 21
#: A stay is at most so many slots long.
LONGEST = 3
ANY = "any"


def days_ahead(moment: Moment[Published]) -> list[date]:
    """The days of which some slot with sharp edges is not over."""
    hours = [slot.hour for slot in plain(moment.spans)]
    rows = moment.total[moment.total["hour"].isin(hours)]
    ahead = {day.date() for day in rows.loc[rows["end"] > moment.now, "business_date"]}
    return [day for day in moment.days if day in ahead]


def ask(moment: Moment[Published], t: Words) -> Wish:
    """What is chosen. A day in the address that is not to be had is said to be missing."""
    slots = plain(moment.spans)
    days = [day.isoformat() for day in days_ahead(moment)]
    _missing(days, t)

    def text(iso: str) -> str:
        if iso == ANY:
            return t("when.any_day")
        return wording.day_from(date.fromisoformat(iso), moment.today, t)

    with st.container(key="window"):
        chosen = choose("day", t("when.day"), [ANY, *days], text, ANY, shape="labelled row")
        with st.container(horizontal=True, wrap=False, key="hours"):
            earliest = _hour("earliest", [slot.hour for slot in slots], MORNING, t)
            latest = _hour("latest", [slot.hour + slot.hours for slot in slots], EVENING, t)
        hours = _hours(min(slot.hours for slot in slots), t)
    day = None if chosen == ANY else date.fromisoformat(chosen)
    return Wish(day, earliest, latest, hours)


def _hours(step: int, t: Words) -> int:
    lengths = [str(step * times) for times in range(1, LONGEST + 1)]

    def text(value: str) -> str:
        return t("when.length", value=value)

    return int(choose("hours", t("when.hours"), lengths, text, lengths[0], shape="labelled row"))


def _hour(name: str, hours: Sequence[int], wanted: int, t: Words) -> int:
    """One of `hours`; unless chosen, the one nearest to what is `wanted`."""
    nearest = min(hours, key=lambda hour: abs(hour - wanted))

    def text(value: str) -> str:
        return t("slot.short", first=wording.hour_text(int(value)))

    options = [str(hour) for hour in hours]
    return int(choose(name, t(f"when.{name}"), options, text, str(nearest), shape="list"))


def _missing(days: Sequence[str], t: Words) -> None:
    """An old link asks for a day that is over; to show others without a word would mislead."""
    asked = st.query_params.get("day", ANY)
    if asked == ANY or asked in days:
        return
    st.html(parts.banner("warn", t("when.missing_day", days=len(days)), t))
