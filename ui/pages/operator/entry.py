"""Entering an event: a form for what people know and no model does, sent to the API with the key.
What is kept, and who may, is decided there; what was entered is listed in `events`."""

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

import streamlit as st

from ui import data, places
from ui.pages.operator import desk, door
from ui.pages.operator.desk import Reply
from ui.pages.operator.hours import Hour
from ui.pages.operator.read import Operator, read
from ui.show import parts, wording
from ui.state.moment import Moment
from ui.strings import Words

#: As the API has it.
LONGEST, MOST = 80, 100_000
_ID, _REPLY = "event_id", "event_reply"


def entry(known: Operator, moment: Moment[Operator], hours: Sequence[Hour], t: Words) -> None:
    """The form, with what came of the last one."""
    st.html(parts.title(t("event.title"), t))
    st.html(parts.block("", f"<p>{t('event.text')}</p>", t))
    ahead = [hour for hour in hours if hour.begins > moment.now]
    if not ahead:
        st.html(parts.block("", f"<p>{t('event.none')}</p>", t))
        return
    days = list(dict.fromkeys(hour.day for hour in ahead))
    starts = sorted({hour.span.hour for hour in hours})
    ends = sorted({hour.span.hour + hour.span.hours for hour in hours})
    # Sent again after a lost answer it is the same event; another one gets another id.
    st.session_state.setdefault(_ID, str(uuid4()))
    with st.form("event"):
        st.selectbox(
            t("event.day"), days, key="event_day", filter_mode=None,
            format_func=lambda day: wording.day_from(day, moment.today, t),
        )  # fmt: skip
        with st.container(horizontal=True, wrap=False, key="event_hours"):
            _hour("from", starts, 17, t)
            _hour("to", ends, 20, t)
        st.text_input(t("event.name"), key="event_name", max_chars=LONGEST)
        st.number_input(
            t("event.people"), key="event_people", min_value=-MOST, max_value=MOST, value=None,
            step=100, placeholder=t("event.people_hint"),
        )  # fmt: skip
        _told(st.session_state.pop(_REPLY, None), t)
        st.form_submit_button(
            t("event.enter"), on_click=_enter,
            args=(known.status.domain, {(h.day, h.span.hour) for h in ahead}),
        )  # fmt: skip
    st.html(parts.note(t("event.note"), t))


def _hour(end: str, hours: Sequence[int], wanted: int, t: Words) -> None:
    nearest = min(range(len(hours)), key=lambda place: abs(hours[place] - wanted))
    st.selectbox(
        t(f"event.{end}"), hours, index=nearest, key=f"event_{end}", filter_mode=None,
        format_func=lambda hour: t("slot.short", first=wording.hour_text(hour)),
    )  # fmt: skip


def _told(reply: Reply | str | None, t: Words) -> None:
    """What came of it: entered, something that the form itself saw, or what the API said."""
    if reply is None:
        return
    if isinstance(reply, Reply) and reply.said != "ok":
        door.tell(reply, t)
        return
    said = "entered" if isinstance(reply, Reply) else reply
    st.html(parts.banner("done" if said == "entered" else "warn", t(f"event.said.{said}"), t))


def _enter(domain: str, ahead: set[tuple[date, int]]) -> None:
    """Send what is in the form, if it makes sense."""
    state = st.session_state
    day, first, last = state["event_day"], int(state["event_from"]), int(state["event_to"])
    name, people = str(state["event_name"] or "").strip(), state["event_people"]
    wrong = (
        "hours" if last <= first
        else "begun" if (day, first) not in ahead
        else "name" if not name
        else "people" if not people
        else ""
    )  # fmt: skip
    who = door.signed()
    if who is None:
        return
    if wrong:
        state[_REPLY] = wrong
        return
    reply = desk.enter(
        who,
        {
            "id": state[_ID], "domain": domain, "business_date": day.isoformat(),
            "from_hour": first, "to_hour": last, "name": name, "people": int(people),
        },
    )  # fmt: skip
    door.heard(reply)
    state[_REPLY] = reply
    if reply.said == "ok":
        del state[_ID]
        state["event_name"], state["event_people"] = "", None
        data.forget(read, places.asked())
