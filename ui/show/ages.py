"""How old the data are, when the forecast was made, and what is wrong with it, as chips.
No layout, and no decision about what is late or old; states.py decides."""

from datetime import datetime

from ui import clock
from ui.show import wording
from ui.state import slots
from ui.state.moment import Moment
from ui.state.read import Published
from ui.strings import Words


def ages(moment: Moment[Published], t: Words) -> list[tuple[str, str]]:
    """How old the data are, when the forecast was made, and what is wrong with it."""
    data, state = moment.data, moment.state
    assert data is not None
    chips: list[tuple[str, str]] = []
    if state.stale:
        chips.append(("warn", t("chip.stale")))
    if state.late and state.issue_age is not None:
        chips.append(("warn", t("chip.late", age=wording.age(state.issue_age, t))))
    if state.tier != "champion":
        chips.append(("warn", t(f"chip.{state.tier}")))
    if data.status.data_at is None or state.data_age is None:
        chips.append(("", t("chip.no_data")))
    else:
        chips.append(
            ("", _measured_to(moment, data.status.data_at, wording.age(state.data_age, t), t))
        )
    return [*chips, ("", made(moment, t))]


def made(moment: Moment[Published], t: Words) -> str:
    """When the forecast was made, on the clock of the place."""
    issued = moment.total.iloc[0]["issued_at"].to_pydatetime().astimezone(moment.zone)
    named = {"date": wording.calendar_day(issued.date(), t), "time": wording.clock_text(issued)}
    return t("chip.issue", zone=clock.zone_name(moment.zone), **named)


def _measured_to(moment: Moment[Published], data_at: datetime, age: str, t: Words) -> str:
    """The newest measured slot, by its operating day where the slot is one that we know."""
    assert moment.data is not None
    day = moment.data.status.data_through
    local = data_at.astimezone(moment.zone)
    assert day is not None
    hour = (local.date() - day).days * slots.DAY_HOURS + local.hour
    if hour in moment.spans:
        slot = wording.slot(moment.spans[hour], t)
        return t("chip.data", date=wording.day_text(day, t), slot=slot, age=age)
    date_text, time = wording.calendar_day(local.date(), t), wording.clock_text(local)
    return t("chip.data_at", date=date_text, time=time, age=age)
