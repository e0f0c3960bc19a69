"""Signing in with the key, and out again; what the API said when it was asked.
Who may do what is decided by the API; without it nothing of the page is shown."""

from html import escape

import streamlit as st

from ui.pages.operator import desk
from ui.pages.operator.desk import Reply, Signed
from ui.show import parts
from ui.strings import Words

#: Where a session keeps whoever has signed in, the last answer, and the key while it is typed.
_SIGNED, _REPLY, _TYPED = "operator_signed", "operator_reply", "operator_typed"


def signed() -> Signed | None:
    """Whoever has signed in to this session."""
    return st.session_state.get(_SIGNED)


def door(t: Words) -> None:
    """The form that asks for the key, with why the last one did not open."""
    offers = "".join(f"<li>{escape(t(f'operator.offer.{n}'))}</li>" for n in range(1, 5))
    st.html(parts.block("offers", f"<ul>{offers}</ul>", t))
    reply: Reply | None = st.session_state.pop(_REPLY, None)
    with st.form("operator_door", clear_on_submit=False):
        st.html(parts.title(t("operator.sign_in"), t))
        st.text_input(
            t("operator.key"), key=_TYPED, type="password", autocomplete="current-password",
            max_chars=200,
        )  # fmt: skip
        if reply is not None:
            tell(reply, t)
        st.form_submit_button(t("operator.sign_in"), on_click=_try)
    st.html(parts.note(t("operator.key_note"), t))


def out(who: Signed, t: Words) -> None:
    """Who has signed in, and the way out."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center",
        key="operator_out",
    ):  # fmt: skip
        said = t("operator.signed", fingerprint=who.fingerprint)
        st.html(parts.opening(t("operator.title"), said, t), width="content")
        st.button(t("operator.sign_out"), on_click=leave)


def leave() -> None:
    """Forget the key."""
    st.session_state.pop(_SIGNED, None)


def heard(reply: Reply) -> None:
    """A key that was good and is no more signs out, and says so."""
    if reply.said in ("refused", "off"):
        leave()
        st.session_state[_REPLY] = reply


def tell(reply: Reply, t: Words) -> None:
    """What the API said, and what to do."""
    said = t(f"operator.said.{reply.said}", seconds=max(reply.wait, 1))
    command = {"off": "seongsu key", "away": "seongsu up"}.get(reply.said, "")
    code = f" <code>{escape(command)}</code>" if command else ""
    st.html(parts.block("banner warn", f'<div role="alert">{escape(said)}{code}</div>', t))


def _try() -> None:
    """The key is taken from the form and leaves it at once."""
    key = str(st.session_state.get(_TYPED) or "").strip()
    st.session_state[_TYPED] = ""
    reply, who = desk.check(key)
    if who is None:
        st.session_state[_REPLY] = reply
    else:
        st.session_state[_SIGNED] = who
