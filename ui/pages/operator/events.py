"""The events that were entered: when, by which key, what they said, what came of them.
What a new one needs is in `entry`; nothing is ever taken off this list."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from ui import data, frame, places
from ui.pages.operator import desk, door
from ui.pages.operator.read import EVENTS_DAYS, Event, Operator, read
from ui.show import parts, wording
from ui.state.moment import Moment
from ui.state.slots import Span
from ui.strings import Words

_REPLY = "withdraw_reply"


def events(known: Operator, moment: Moment[Operator], t: Words) -> None:
    """The newest first, with how the scored ones did together."""
    st.html(parts.title(t("events.title"), t))
    if reply := st.session_state.pop(_REPLY, None):
        door.tell(reply, t)
    if not known.events:
        st.html(parts.block("", f"<p>{t('events.none', days=EVENTS_DAYS)}</p>", t))
        return
    if said := _together(known.events, t):
        st.html(parts.block("", f"<p>{escape(said)}</p>", t))
    for event in known.events:
        with st.container(key=f"entered_{event.id}"):
            st.html(parts.block("entries", f"<ul>{_entry(event, moment, t)}</ul>", t))
            if event.in_force and not _over(event, moment):
                _way_out(event, t)
    st.html(parts.note(t("events.note", days=EVENTS_DAYS), t))


def _together(known: Sequence[Event], t: Words) -> str:
    """The errors of all scored hours, without and with the events."""
    scored = [event for event in known if event.scored_hours]
    hours = sum(event.scored_hours for event in scored)
    if not hours:
        return ""
    alone = sum(event.forecast_error or 0.0 for event in scored) / hours
    adjusted = sum(event.adjusted_error or 0.0 for event in scored) / hours
    return t("events.together", events=len(scored), hours=hours, **_errors(alone, adjusted))


def _errors(alone: float, adjusted: float) -> dict[str, str]:
    return {"alone": wording.exact(alone), "adjusted": wording.exact(adjusted)}


def _entry(event: Event, moment: Moment[Operator], t: Words) -> str:
    when = wording.slot(Span(event.first, event.last - event.first), t)
    sign = "+" if event.people > 0 else "−"
    people = t("events.people", people=f"{sign}{abs(event.people):,}")
    lines = [
        f"{wording.day_text(event.day, t)} {when} · {people}",
        t("events.entered", at=frame.instant(event.entered_at, moment, t), by=event.entered_by),
    ]
    if event.withdrawn_at is not None:
        at = frame.instant(event.withdrawn_at, moment, t)
        lines.append(t("events.withdrawn", at=at, by=event.withdrawn_by))
    if event.in_force or event.scored_hours:
        lines.append(_score(event, moment, t))
    state = _state(event, moment)
    chip = f'<span class="state {state}">{escape(t(f"events.{state}"))}</span>'
    told = "".join(f"<span>{escape(line)}</span>" for line in lines)
    return f"<li><b>{parts.typed(event.name)} {chip}</b>{told}</li>"


def _state(event: Event, moment: Moment[Operator]) -> str:
    if not event.in_force:
        return "gone"
    return "over" if _over(event, moment) else "in_force"


def _over(event: Event, moment: Moment[Operator]) -> bool:
    """Whether its last hour has begun. A day that the forecast does not reach any more is over."""
    rows = moment.total[
        (moment.total["business_date"].dt.date == event.day)
        & (moment.total["hour"] >= event.first)
        & (moment.total["hour"] < event.last)
    ]
    return rows.empty or bool(rows["at"].max() <= moment.now)


def _score(event: Event, moment: Moment[Operator], t: Words) -> str:
    """How far off the forecast was, alone and with the event."""
    hours = event.scored_hours
    if not hours or event.forecast_error is None or event.adjusted_error is None:
        return t("events.unscored" if _over(event, moment) else "events.to_be_scored")
    alone, adjusted = event.forecast_error / hours, event.adjusted_error / hours
    verdict = "better" if adjusted < alone else "worse" if adjusted > alone else "same"
    return t(f"events.{verdict}", hours=hours, **_errors(alone, adjusted))


def _way_out(event: Event, t: Words) -> None:
    """Withdrawing asks once more: it stays on record."""
    with st.popover(t("events.withdraw"), key=f"withdraw_{event.id}"):
        st.html(parts.block("", f"<p>{escape(t('events.sure'))}</p>", t))
        st.button(
            t("events.yes"), key=f"withdraw_yes_{event.id}", on_click=_withdraw, args=(event.id,)
        )


def _withdraw(event_id: str) -> None:
    who = door.signed()
    if who is None:
        return
    reply = desk.withdraw(who, event_id)
    door.heard(reply)
    if reply.said != "ok":
        st.session_state[_REPLY] = reply
    data.forget(read, places.asked())
