"""The pieces of a page as HTML: chips, banners, the hourly strip, the legend, the levels.
No database, no Streamlit and no decisions about state."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from unicodedata import name

from ui.show import levels, wording
from ui.state.slots import Span
from ui.strings import Words


@dataclass(frozen=True)
class Mark:
    """A level as shown: its place from calm to crowded, its word; grey when not current."""

    level: int
    word: str
    grey: bool = False


@dataclass(frozen=True)
class Cell:
    """One slot of the strip; `people` None is a gap, `mark` None a series without levels."""

    span: Span
    people: float | None
    mark: Mark | None
    now: bool = False
    past: bool = False
    fallback: bool = False


def mark(
    level: float | None, names: Sequence[str] | None, t: Words, *, grey: bool = False
) -> Mark | None:
    """The mark of a level as the warehouse gives it; None where there is none."""
    if names is None or level is None or not wording.known(level):
        return None
    return Mark(int(level), levels.word(int(level), names, t), grey=grey)


def block(kind: str, inner: str, t: Words, *, label: str = "") -> str:
    """A piece in its language, so that it is read aloud with the right voice."""
    named = f' aria-label="{escape(label)}"' if label else ""
    return f'<section class="ds {kind}" lang="{t.language}"{named}>{inner}</section>'


def symbol(level: int) -> str:
    """The symbol drawn alike by every browser; its character stays in the text."""
    character = levels.SYMBOLS[level]
    return f'<span class="symbol s{level}" aria-hidden="true"><span>{character}</span></span>'


def level_style(mark: Mark) -> str:
    colour = levels.GREY if mark.grey else levels.COLOURS[mark.level]
    ink = levels.GREY_INK if mark.grey else levels.INKS[mark.level]
    return f"background:{colour};color:{ink}"


def level_chip(mark: Mark) -> str:
    grey = " grey" if mark.grey else ""
    inner = f"{symbol(mark.level)} {escape(mark.word)}"
    return f'<span class="level{grey}" style="{level_style(mark)}">{inner}</span>'


def typed(text: str) -> str:
    """What somebody typed: inert, in a direction of its own, and read aloud as what it is."""
    korean = any(name(letter, "").startswith("HANGUL") for letter in text)
    return f'<bdi lang="ko">{escape(text)}</bdi>' if korean else f"<bdi>{escape(text)}</bdi>"


def title(text: str, t: Words) -> str:
    """The heading of a part of a page."""
    return block("title", f"<h2>{escape(text)}</h2>", t)


def opening(heading: str, text: str, t: Words) -> str:
    """What a page is about."""
    return block("opening", f"<h2>{escape(heading)}</h2><p>{escape(text)}</p>", t)


def note(text: str, t: Words) -> str:
    """How something is meant or counted, in small print."""
    return block("", f'<p class="note">{escape(text)}</p>', t)


def facts(items: Sequence[tuple[str, str]], t: Words) -> str:
    """(what, how much) side by side, the amounts in large print."""
    inner = "".join(
        f"<div><dt>{escape(what)}</dt><dd>{escape(much)}</dd></div>" for what, much in items
    )
    return block("facts", f"<dl>{inner}</dl>", t)


def chips(texts: Sequence[tuple[str, str]]) -> str:
    """Small facts side by side: (tone, text)."""
    spans = (f'<span class="chip {tone}">{escape(text)}</span>' for tone, text in texts)
    return f'<div class="chips">{"".join(spans)}</div>'


def banner(tone: str, text: str, t: Words) -> str:
    return block(f"banner {tone}", f'<div role="status">{escape(text)}</div>', t)


def strip(cells: Sequence[Cell], label: str, t: Words) -> str:
    """The slots of a day side by side, to be swiped; reachable by keyboard."""
    inner = "".join(_cell(cell, t) for cell in cells)
    return block(
        "",
        f'<div class="strip" role="list" tabindex="0" aria-label="{escape(label)}">{inner}</div>',
        t,
    )


def _cell(cell: Cell, t: Words) -> str:
    classes = " ".join(["cell", *(["now"] if cell.now else []), *(["past"] if cell.past else [])])
    top = f"<b>{t('now')}</b>" if cell.now else escape(wording.short_slot(cell.span, t))
    if cell.people is None:
        body = f'<div class="face gap">{escape(t("strip.gap"))}</div>'
    else:
        face = (
            f"{symbol(cell.mark.level)}<span>{escape(cell.mark.word)}</span>" if cell.mark else ""
        )
        style = f' style="{level_style(cell.mark)}"' if cell.mark else ""
        number = f"<strong>{wording.short(cell.people, t)}</strong>"
        body = f'<div class="face"{style}>{face}{number}</div>'
    tag = (
        f"<small>{escape(t('chip.fallback'))}</small>"
        if cell.fallback and cell.people is not None
        else ""
    )
    return f'<div class="{classes}" role="listitem"><div class="time">{top}</div>{body}{tag}</div>'


def legend(items: Sequence[tuple[str, str]], t: Words) -> str:
    """(kind, text) for each thing drawn in the chart."""
    inner = "".join(
        f'<span><i class="key {kind}"></i>{escape(text)}</span>' for kind, text in items
    )
    return block("legend", inner, t)


def levels_list(marks: Sequence[Mark], rows: Sequence[tuple[str, str]], note: str, t: Words) -> str:
    """Each level with its absolute and its relative meaning."""
    lines = "".join(
        f"<li>{level_chip(mark)}<span><b>{escape(absolute)}</b>{escape(relative)}</span></li>"
        for mark, (absolute, relative) in zip(marks, rows, strict=True)
    )
    return block("levels", f"<ul>{lines}</ul><p>{escape(note)}</p>", t)


def message(title: str, text: str, t: Words, *, command: str = "") -> str:
    """A page that has nothing to show says so, and what to do."""
    code = f"<code>{escape(command)}</code>" if command else ""
    return block("message", f"<h2>{escape(title)}</h2><p>{escape(text)}</p>{code}", t)
