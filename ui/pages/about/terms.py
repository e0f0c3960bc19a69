"""What the words, the method and the limits are, with every number read from where it is in force.
No forecast is shown here."""

from collections.abc import Sequence
from datetime import timedelta
from html import escape

import streamlit as st

from seongsu_assets.domain import Domain
from seongsu_assets.forecasting import baselines, profile
from ui.pages.about.credits import LICENCES, Credit, credits_of, declared
from ui.show import levels, parts, wording
from ui.state import states
from ui.state.moment import Moment
from ui.state.read import Published
from ui.state.slots import plain
from ui.strings import Words

HOUR = timedelta(hours=1)
#: Sentences that the method, the limits and the accessibility statement have.
METHOD, LIMITS, ACCESS = 5, 4, 4
#: Series that are named one by one; of more only their number is told.
NAMED = 4


def terms(moment: Moment[Published], t: Words) -> None:
    """What is counted, and what usual, range, chance and fallback mean."""
    rows = [
        *_counted(moment, t),
        (t("terms.usual"), t("terms.usual_text", days=baselines.MEAN_OF)),
        (t("terms.range"), t("terms.range_text")),
        *_chance(moment, t),
        (t("terms.tier"), t("terms.tier_text", days=profile.DAYS)),
    ]
    inner = "".join(f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>" for term, text in rows)
    st.html(parts.title(t("terms.title"), t))
    st.html(parts.block("terms", f"<dl>{inner}</dl>", t))


def _counted(moment: Moment[Published], t: Words) -> list[tuple[str, str]]:
    if moment.data is None or not moment.days:
        return []
    own = moment.series[1:]
    names = t("terms.join").join(t.name("series", part) for part in own)
    told = names if len(own) <= NAMED else t("terms.many", count=len(own))
    summed = t("terms.summed", parts=told) if own else ""
    counted = t.name("counted", moment.data.status.domain, "")
    slots = plain(moment.spans)
    said = [t("terms.slot_text", hours=slots[0].hours)]
    ends = ", ".join(wording.slot(span, t) for span in moment.spans.values() if span.edge)
    if ends:
        said.append(t("terms.open", slots=ends))
    return [
        (t("terms.people"), f"{t('terms.rate')}{summed}. {counted}".strip()),
        (t("terms.slot"), " ".join(said)),
    ]


def _chance(moment: Moment[Published], t: Words) -> list[tuple[str, str]]:
    known = moment.data.levels if moment.data else None
    if known is None:
        return []
    top = levels.word(len(known.names) - 1, known.names, t)
    lower = wording.exact(known.lower[-1])
    return [(t("terms.chance", level=top), t("terms.chance_text", level=top, lower=lower))]


def method(t: Words) -> None:
    st.html(parts.title(t("method.title"), t))
    said = [t(f"method.{place}") for place in range(1, METHOD + 1)]
    st.html(_listed("ol", said, t))


def times(
    moment: Moment[Published], domain: Domain | None, chips: Sequence[tuple[str, str]], t: Words
) -> None:
    """When forecasts are made, when they are called late and old, and which one is shown now."""
    period = timedelta(days=domain.cadence.step) if domain else states.DAY
    late, stale = (limit // HOUR for limit in (states.late_after(period), states.old_after(period)))
    said = [t("times.states", late=late, stale=stale)]
    if domain is not None:
        due = domain.lateness
        said.insert(0, t("times.schedule", hour=due.issue_hour, lag=due.lag_days))
    shown = f"<p>{escape(t('times.now'))}</p>{parts.chips(chips)}" if moment.days else ""
    text = "".join(f"<p>{escape(each)}</p>" for each in said)
    st.html(parts.title(t("times.title"), t))
    st.html(parts.block("prose", text + shown, t))


def sources(domain: Domain, t: Words) -> None:
    """Publisher, data and licence of every source that the domain declares."""
    heads = "".join(
        f'<th scope="col">{escape(t(f"credits.{name}"))}</th>'
        for name in ("publisher", "data", "terms")
    )
    rows = "".join(_credit(credit, t) for credit in credits_of(declared(domain), domain.name))
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    st.html(parts.title(t("credits.title"), t))
    st.html(parts.block("credits", f"<p>{escape(t('credits.text'))}</p>{table}", t))


def _credit(credit: Credit, t: Words) -> str:
    publisher = t.name("publisher", credit.publisher) or t("table.none")
    data = " · ".join(t.name("origin", name) for name in credit.sources)
    licence = escape(t.name("licence", credit.licence) or t("table.none"))
    if credit.licence:
        licence = f'<a href="{LICENCES[credit.licence]}" target="_blank">{licence}</a>'
    cells = f"<td>{escape(data)}</td><td>{licence}</td>"
    return f'<tr><th scope="row">{escape(publisher)}</th>{cells}</tr>'


def limits(moment: Moment[Published], t: Words) -> None:
    hours = plain(moment.spans)[0].hours if moment.days else 1
    said = [t(f"limits.{place}", hours=hours) for place in range(1, LIMITS + 1)]
    st.html(parts.title(t("limits.title"), t))
    st.html(_listed("ul", said, t))


def access(t: Words) -> None:
    st.html(parts.title(t("access.title"), t))
    st.html(_listed("ul", [t(f"access.{place}") for place in range(1, ACCESS + 1)], t))


def report(moment: Moment[Published], seen: str, t: Words) -> None:
    """What tells which forecast somebody saw, to be copied."""
    facts = {"seen": seen, "address": st.context.url or t("table.none")}
    if moment.data is not None and moment.days:
        head = moment.total.iloc[0]
        model = head["model_id"] if wording.known(head["model_id"]) else t("table.none")
        place = t.name("domain", moment.data.status.domain)
        facts = {"place": place, "issue": head["issue_id"], "model": model, **facts}
    st.html(parts.title(t("report.title"), t))
    st.html(parts.block("prose", f"<p>{escape(t('report.text'))}</p>", t))
    lines = [f"{t(f'report.{name}')}: {value}" for name, value in facts.items()]
    st.code("\n".join(lines), language=None, wrap_lines=True)


def _listed(kind: str, said: Sequence[str], t: Words) -> str:
    lines = "".join(f"<li>{escape(each)}</li>" for each in said)
    return parts.block("prose", f"<{kind}>{lines}</{kind}>", t)
