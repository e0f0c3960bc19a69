"""Days beside each other, hours below each other, as a table whose cells open: HTML only.
No data frame and no decisions about state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from ui.show import parts, wording
from ui.state.slots import Span
from ui.strings import Words


@dataclass(frozen=True)
class Square:
    """One slot of one day; `people` None is a gap. `facts` are told when it is opened, after its
    people. `classes`: past, now or best."""

    day: date
    span: Span
    people: float | None
    mark: parts.Mark | None = None
    facts: tuple[str, ...] = ()
    tag: str = ""
    classes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"slot-{self.day}-{self.span.hour}"


def table(
    days: Sequence[str], rows: Sequence[Sequence[Square]], key: str, label: str, t: Words
) -> str:
    """After the `key` to it, which is HTML, the table: each row holds the squares of one slot, in
    the order of `days`, and each square opens."""
    heads = "".join(f'<th scope="col">{_day(day)}</th>' for day in days)
    body = "".join(_row(row, t) for row in rows)
    sheets = "".join(
        _sheet(square, t) for row in rows for square in row if square.people is not None
    )
    return parts.block(
        "week",
        f'{key}<table aria-label="{escape(label)}"><thead><tr><td></td>{heads}'
        f"</tr></thead><tbody>{body}</tbody></table>{sheets}",
        t,
    )


def _day(text: str) -> str:
    """A day in two lines: a column is narrow."""
    return "".join(f"<span>{escape(part)}</span>" for part in text.split(" ", 1))


def _row(row: Sequence[Square], t: Words) -> str:
    span = row[0].span
    name = escape(wording.slot(span, t))
    head = f'<th scope="row" aria-label="{name}">{wording.axis_slot(span)}</th>'
    return f"<tr>{head}{''.join(_cell(square, t) for square in row)}</tr>"


def _cell(square: Square, t: Words) -> str:
    classes = " ".join(square.classes)
    if square.people is None:
        gap = escape(t("strip.gap"))
        return f'<td class="gap {classes}"><span aria-label="{gap}">–</span></td>'
    mark = square.mark
    style = f' style="{parts.level_style(mark)}"' if mark else ""
    word = f"<i>{escape(mark.word)}</i>" if mark else ""
    inner = (
        f"{parts.symbol(mark.level) if mark else ''}{word}<b>{wording.short(square.people, t)}</b>"
    )
    return (
        f'<td class="{classes}"><button type="button" popovertarget="{square.name}"{style}>'
        f"{inner}</button></td>"
    )


def _sheet(square: Square, t: Words) -> str:
    """What a cell says in full; the browser opens and closes it, without asking us."""
    assert square.people is not None
    chip = parts.level_chip(square.mark) if square.mark else ""
    people = wording.people_per_slot(square.people, square.span, t)
    facts = "".join(f"<p>{escape(fact)}</p>" for fact in square.facts)
    tag = f' <span class="chip warn">{escape(square.tag)}</span>' if square.tag else ""
    title = f"{wording.day_text(square.day, t)} {wording.slot(square.span, t)}"
    return (
        f'<div class="sheet" popover id="{square.name}" role="dialog" '
        f'aria-label="{escape(title)}"><h3>{escape(title)}{tag}</h3>'
        f'<div class="line">{chip}<strong>{escape(people)}</strong></div>{facts}'
        f'<button type="button" popovertarget="{square.name}" popovertargetaction="hide">'
        f"{escape(t('close'))}</button></div>"
    )
