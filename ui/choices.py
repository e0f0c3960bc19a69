"""One choice of few, kept in the address so that a page can be shared as it is seen.
No texts of its own and nothing about what is chosen."""

from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

from ui import places
from ui.strings import TABLES, Language, Words

#: What holds on every page. The way to another page clears the address.
LASTING = ("lang", "domain")


def choose(
    name: str,
    label: str,
    options: Sequence[str],
    text: Callable[[str], str],
    default: str,
    *,
    shape: Literal["row", "labelled row", "list"] = "row",
) -> str:
    """The option chosen, read from and written to the query parameter `name`.

    The default leaves the address clean; an unknown value in the address counts as the default.
    A row shows all options side by side, a list opens; the label of a plain row is only heard."""
    asked = st.query_params.get(name)
    start = asked if asked is not None and asked in options else default
    key = f"choose_{name}"

    def remember() -> None:
        chosen = st.session_state[key]
        if chosen in (None, default):
            st.query_params.pop(name, None)
            st.session_state.pop(_lasting(name), None)
        else:
            st.query_params[name] = chosen

    if shape == "list":
        chosen = st.selectbox(
            label,
            options,
            index=list(options).index(start),
            format_func=text,
            key=key,
            on_change=remember,
            filter_mode=None,  # no keyboard comes up on a phone
        )
    else:
        chosen = st.segmented_control(
            label,
            options,
            default=start,
            required=True,
            format_func=text,
            key=key,
            on_change=remember,
            label_visibility="collapsed" if shape == "row" else "visible",
            wrap=False,
        )
    return chosen if chosen in options else default


def begin() -> Words:
    """The language of a whole run of the app; what lasts comes back into an address without it."""
    for name in LASTING:
        if name in st.query_params:
            st.session_state[_lasting(name)] = st.query_params[name]
        elif _lasting(name) in st.session_state:
            st.query_params[name] = st.session_state[_lasting(name)]
    t = words()
    st.session_state["spoken"] = t.language, places.asked()
    return t


def words(place: str | None = None) -> Words:
    """The language of the address, Korean unless English is asked for, and a place's own words: of
    that which is shown, or as far as it is known that of the address."""
    asked: Language = "en" if st.query_params.get("lang") == "en" else "ko"
    place = place or places.asked()
    return Words(asked, place, places.counted(place), places.period(place))


def choose_language(t: Words) -> None:
    """The switch between the languages, each named in itself."""
    names: dict[str, str] = {code: table["language"] for code, table in TABLES.items()}
    choose("lang", t("language.choose"), list(names), names.__getitem__, "ko")
    now = t.language, places.asked()
    if st.session_state.get("spoken", now) != now:
        st.rerun()  # the names of the pages are outside of what runs again by itself


def _lasting(name: str) -> str:
    return f"lasting_{name}"
