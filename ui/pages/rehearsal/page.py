"""Rehearsal: the newest days told again with chosen faults, watched until forecast meets actual.
No process is started by looking, and no rules: the page only says what comes after what."""

from collections.abc import Sequence

import streamlit as st

from seongsu_assets.rehearsal import standing, starting
from seongsu_assets.rehearsal.standing import Standing
from ui import clock, frame
from ui.choices import choose
from ui.pages.rehearsal import instants
from ui.pages.rehearsal.allowed import allowed
from ui.pages.rehearsal.asking import asking, elsewhere
from ui.pages.rehearsal.read import Held, read
from ui.pages.rehearsal.watching import state, title, watching
from ui.shell import ask
from ui.show import parts
from ui.state.seen import Seen
from ui.strings import Words

#: Seconds after which a rehearsal that is under way is looked at again.
EVERY = 2
_LIVES = "rehearsal_lives"


def render() -> None:
    """The whole page. It is one fragment, whose pace is that of what there is to see."""
    lives = any(each.lives for each in _found())
    st.session_state[_LIVES] = lives
    st.fragment(_page, run_every=EVERY if lives else frame.EVERY)()


def _found() -> list[Standing]:
    return standing.look(starting.folder(), clock.life())


def _page() -> None:
    seen, found, mine = ask(read), _found(), allowed()
    lives = any(each.lives for each in found)
    if lives != st.session_state.get(_LIVES):
        st.rerun()  # the pace has changed
    t = frame.head(seen)
    frame.banners(seen, t, old="stale.page")
    st.html(parts.opening(t("rehearsal.title"), t("rehearsal.intro"), t))
    if not lives:
        _ask(seen, found, t, mine=mine)
    if found:
        watching(_choose(found, t), t, mine=mine)
    elif seen.data is not None:
        st.html(parts.note(t("rehearsal.no_past"), t))


def _ask(seen: Seen[Held], found: Sequence[Standing], t: Words, *, mine: bool) -> None:
    if seen.data is None:
        frame.nothing(seen, t, of="rehearsal.empty")
    elif not mine:
        elsewhere(seen.data.status.domain, t)
    else:
        asking(seen.data, found, t)


def _choose(found: Sequence[Standing], t: Words) -> Standing:
    """The rehearsal that is shown, the newest unless another is chosen."""
    if len(found) == 1:
        return found[0]
    by_name = {each.home.name: each for each in found}

    def text(name: str) -> str:
        each = by_name[name]
        zone = instants.zone_of(each.asked.domain if each.asked else "")
        at = f"{instants.text(each.asked.at, zone, t)} · " if each.asked else ""
        return f"{at}{title(each, t)} · {state(each, t)}"

    names = list(by_name)
    return by_name[choose("r", t("rehearsal.which"), names, text, names[0], shape="list")]
