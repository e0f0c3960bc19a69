"""Why to believe it: how often the forecast was right, what the levels mean, where it comes from.
No forecast is shown here."""

from html import escape

import streamlit as st

from ui import clock
from ui.show import levels, parts, wording
from ui.state.accuracy import Accuracy
from ui.state.moment import Moment
from ui.state.read import Levels, Origin, Published
from ui.strings import Words


def accuracy(scored: Accuracy | None, t: Words) -> None:
    """The score beside seasonal naive on the same rows, or that there is none yet."""
    if scored is None:
        said, note = t("accuracy.none"), ""
    else:
        said = t(
            "accuracy.some",
            days=scored.days,
            wape=wording.share(scored.wape, t),
            naive=wording.share(scored.naive_wape, t),
            inside=round(100 * scored.inside),
        )
        note = f'<p class="note">{escape(t("accuracy.note", hours=f"{scored.hours:,}"))}</p>'
    st.html(parts.title(t("accuracy.title"), t))
    st.html(parts.block("", f"<p>{escape(said)}</p>{note}", t))


def meaning(known: Levels, t: Words) -> None:
    """Each level in people an hour, and in how many of the measured slots it is reached."""
    marks = [
        parts.Mark(place, levels.word(place, known.names, t)) for place in range(len(known.names))
    ]
    rows = [_meaning(known, place, t) for place in range(len(known.names))]
    first, last = (wording.day_text(day, t, year=True) for day in (known.first_day, known.last_day))
    note = t("levels.note", first=first, last=last, counted=t.name("levels", "counted", ""))
    st.html(parts.title(t("levels.title"), t))
    st.html(parts.levels_list(marks, rows, note.strip(), t))


def _meaning(known: Levels, place: int, t: Words) -> tuple[str, str]:
    """Absolute and relative: from the cut-off below level `place` to the one above it."""
    last = len(known.names) - 1
    kind = "first" if place == 0 else "last" if place == last else "middle"
    ends = {"lower": known.lower[max(place - 1, 0)], "upper": known.lower[min(place, last - 1)]}
    absolute = t(f"levels.{kind}", **{end: wording.exact(value) for end, value in ends.items()})
    if not known.shares:
        return absolute, ""
    reached = (1.0, *known.shares, 0.0)
    share = wording.share(reached[place] - reached[place + 1], t)
    return absolute, t(f"levels.share_{kind}", share=share)


def source(moment: Moment[Published], data: Published, t: Words) -> None:
    """Which model and which issue these numbers are of, and where the counts behind them came
    from."""
    head = moment.total.iloc[0]
    model = head["model_id"] if wording.known(head["model_id"]) else t("table.none")
    zone = clock.zone_name(moment.zone)
    text = t("source", model=model, issue=head["issue_id"], zone=zone)
    counted = " · ".join(_origin(each, t) for each in data.status.origins)
    told = f"<p>{escape(t('origins', counted=counted))}</p>" if counted else ""
    st.html(parts.block("source", f"<p>{escape(text)}</p>{told}", t))


def _origin(origin: Origin, t: Words) -> str:
    kind = "estimated" if origin.estimated else "counted"
    return t(
        f"origins.{kind}",
        source=t.name("origin", origin.source),
        hours=f"{origin.hours:,}",
        day=wording.day_text(origin.newest_day, t, year=True),
    )
