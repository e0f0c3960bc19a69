"""What is taken away from the page: a calendar file of a stay, the address, a text to send.
No decision about which stay is good."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from ui.pages.when import ics
from ui.pages.when.runs import Run, Wish
from ui.pages.when.window import ANY
from ui.show import parts, wording
from ui.show.ages import made
from ui.state.moment import Moment
from ui.state.read import Published
from ui.strings import Words


def calendar(run: Run, facts: Sequence[str], moment: Moment[Published], t: Words) -> bytes:
    """The file of one stay. Its name is that of the slot in this issue: a later issue that says
    something else of the same slot is another event."""
    data = moment.data
    assert data is not None
    head = moment.total.iloc[0]
    place = t.name("domain", data.status.domain)
    issued = head["issued_at"].to_pydatetime()
    title = t("ics.title", place=place, forecast=_forecast(run, data, t))
    first = [t("sample")] if data.status.sample else []
    tier = [] if moment.state.tier == "champion" else [t(f"fallback.{moment.state.tier}")]
    event = ics.Event(
        uid=f"{run.begins:%Y%m%dT%H%MZ}-{run.hours}h-{head['issue_id']}@{data.status.domain}",
        stamp=issued,
        begins=run.begins,
        ends=run.ends,
        title=" ".join([*first, title]),
        text="\n".join([*first, *tier, *facts, made(moment, t), t("ics.may_change")]),
        place=place,
        language=t.language,
    )
    return ics.calendar(event)


def share(wish: Wish, best: Sequence[Run], data: Published, t: Words) -> None:
    """The address with everything chosen in it, and the best stay in a sentence before it."""
    place = t.name("domain", data.status.domain)
    said = [t("sample")] if data.status.sample else []
    if best:
        slot, forecast = named(best[0], t), _forecast(best[0], data, t)
        said.append(t("share.best", place=place, slot=slot, forecast=forecast))
    st.html(parts.title(t("share.title"), t))
    st.html(parts.block("", f"<p>{t('share.text')}</p>", t))
    st.code("\n".join([*said, link(wish, data.status.domain, t)]), language=None, wrap_lines=True)


def link(wish: Wish, domain: str, t: Words) -> str:
    """The address of this page as it is seen; complete, though defaults may change one day."""
    day = ANY if wish.day is None else wish.day.isoformat()
    chosen = {"lang": t.language, "domain": domain, "day": day, "earliest": wish.earliest}
    query = urlencode({**chosen, "latest": wish.latest, "hours": wish.hours})
    return f"{st.context.url or 'when'}?{query}"


def named(run: Run, t: Words) -> str:
    return f"{wording.day_text(run.day, t)} {wording.slot(run.span, t)}"


def _forecast(run: Run, data: Published, t: Words) -> str:
    """ "보통, 2,570명/시간": the level and the people."""
    mark = parts.mark(run.level, data.levels.names if data.levels else None, t)
    people = t("number.hourly", value=wording.people(run.people))
    return f"{mark.word}, {people}" if mark else people
