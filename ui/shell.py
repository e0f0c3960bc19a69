"""A page while it reads: its shape stands where it will be, so that nothing jumps when it comes.
What is read is said by each page's `read`, what it means by `seen`."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from ui import clock, places
from ui.data import Rows, answer
from ui.state.seen import Read, Seen, look

T = TypeVar("T", bound=Read)
#: Pixels of the shape: about what a phone shows of a page.
HEIGHT = 480


def ask(read: Callable[[Rows, str | None], T | None]) -> Seen[T]:
    """What `read` finds for the domain of the address, seen from now.

    The shape shows once a visit only: a page that renews itself keeps what it has until then."""
    shown = f"shown_{read.__module__}"
    shape = st.empty()
    if shown not in st.session_state:
        shape.skeleton(height=HEIGHT)
    found = look(answer(read, places.asked()), clock.now())
    shape.empty()
    st.session_state[shown] = True
    return found
