"""The staffing sheet: the spans that need staff, to be printed with places for names, and as CSV.
Which spans these are is decided in `hours`; how the sheet is printed is in style/operator.css."""

import csv
import io
from collections.abc import Sequence
from html import escape

import streamlit as st

from ui import frame
from ui.pages.operator.evening import adding, chance_text, top_word
from ui.pages.operator.hours import Need
from ui.pages.operator.read import Operator
from ui.show import parts, wording
from ui.show.ages import made
from ui.state.moment import Moment
from ui.strings import Words

#: With these a spreadsheet begins to compute, as does the full width form of each.
COMPUTES = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_COLUMNS = ("day", "weekday", "from", "to", "fullest", "forecast", "people", "low", "high",
            "chance", "events", "place", "names")  # fmt: skip
_HEADS = ("sheet.day", "sheet.time", "sheet.people", "evening.chance", "sheet.events",
          "sheet.place", "sheet.names")  # fmt: skip


def sheet(
    data: Operator, moment: Moment[Operator], needed: Sequence[Need], chance: float, t: Words
) -> None:
    """The sheet as it will be printed, how to print it, and the file."""
    if not needed:
        return
    st.html(parts.title(t("sheet.title"), t))
    st.html(parts.block("", f"<p>{escape(t('sheet.print'))}</p>", t))
    st.html(parts.block("staff", _printed(data, moment, needed, chance, t), t))
    issue = moment.total.iloc[0]["issue_id"]
    st.download_button(
        t("sheet.download"),
        data=spreadsheet(needed, t),
        file_name=f"{data.status.domain}_staffing_{issue}_{round(100 * chance)}.csv",
        mime="text/csv",
        on_click="ignore",
    )


def _printed(
    data: Operator, moment: Moment[Operator], needed: Sequence[Need], chance: float, t: Words
) -> str:
    place = t.name("domain", data.status.domain)
    level, head = top_word(data, t), moment.total.iloc[0]
    facts = [
        made(moment, t),
        t("sheet.issue", issue=head["issue_id"]),
        t("sheet.chance", level=level, share=wording.share(chance, t)),
        t("sheet.at", at=frame.instant(moment.now, moment, t)),
    ]
    if data.status.sample:
        facts.append(t("sample"))
    columns = "".join(f'<th scope="col">{escape(t(name, level=level))}</th>' for name in _HEADS)
    rows = "".join(_row(need, t) for need in needed)
    return (
        f"<h3>{escape(t('sheet.heading', place=place))}</h3>"
        f"<p>{escape(' · '.join(facts))}</p>"
        f'<div class="wide" tabindex="0" role="group" aria-label="{escape(t("sheet.title"))}">'
        f"<table><thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table></div>"
        f"<p>{escape(t('sheet.note'))}</p>"
    )


def _row(need: Need, t: Words) -> str:
    fullest = need.fullest
    people = wording.between(fullest.low, fullest.high)
    added = f"<small>{escape(adding(fullest, t))}</small>" if fullest.extra else ""
    events = "<br>".join(parts.typed(event.name) for event in need.events)
    return (
        f'<tr><th scope="row">{escape(wording.day_text(need.day, t))}</th>'
        f"<td>{escape(wording.slot(need.span, t))}</td>"
        f"<td><b>{wording.people(fullest.people)}</b><small>{people}</small>{added}</td>"
        f"<td>{escape(chance_text(need.chance, t))}</td><td>{events}</td>"
        '<td class="blank"></td><td class="blank"></td></tr>'
    )


def spreadsheet(needed: Sequence[Need], t: Words) -> bytes:
    """The sheet as CSV, as UTF-8 that spreadsheets recognise. What people have typed is text there,
    whatever it begins with."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([t(f"sheet.csv.{name}") for name in _COLUMNS])
    for need in needed:
        fullest, end = need.fullest, need.span.hour + need.span.hours
        writer.writerow(
            map(
                inert,
                (
                    need.day.isoformat(),
                    t(f"weekday.{need.day.weekday()}"),
                    f"{wording.hour_text(need.span.hour)}:00",
                    f"{wording.hour_text(end)}:00",
                    f"{wording.hour_text(fullest.span.hour)}:00",
                    f"{fullest.forecast:.0f}",
                    f"{fullest.people:.0f}",
                    f"{fullest.low:.0f}",
                    f"{fullest.high:.0f}",
                    f"{need.chance:.2f}",
                    " / ".join(event.name for event in need.events),
                    "",
                    "",
                ),
            )
        )
    return out.getvalue().encode("utf-8-sig")


def inert(cell: str) -> str:
    """A cell that no spreadsheet computes."""
    return f"'{cell}" if cell.lstrip().startswith(COMPUTES) or cell.startswith(COMPUTES) else cell
