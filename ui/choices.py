"""One choice of few, kept in the address so that a page can be shared as it is seen.
No texts of its own and nothing about what is chosen."""

from collections.abc import Callable, Sequence

import streamlit as st

from ui.strings import TABLES, Language, Words


def choose(
    name: str, label: str, options: Sequence[str], text: Callable[[str], str], default: str
) -> str:
    """The option chosen, read from and written to the query parameter `name`.

    The default leaves the address clean; an unknown value in the address counts as the default."""
    asked = st.query_params.get(name)
    key = f"choose_{name}"

    def remember() -> None:
        chosen = st.session_state[key]
        if chosen in (None, default):
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = chosen

    chosen = st.segmented_control(
        label,
        options,
        default=asked if asked in options else default,
        required=True,
        format_func=text,
        key=key,
        on_change=remember,
        label_visibility="collapsed",
        wrap=False,
    )
    return chosen if chosen is not None and chosen in options else default


def words() -> Words:
    """The language of the address; Korean unless English is asked for."""
    asked: Language = "en" if st.query_params.get("lang") == "en" else "ko"
    return Words(asked)


def choose_language(t: Words) -> None:
    """The switch between the languages, each named in itself."""
    names: dict[str, str] = {code: table["language"] for code, table in TABLES.items()}
    choose("lang", t("language.choose"), list(names), names.__getitem__, "ko")
