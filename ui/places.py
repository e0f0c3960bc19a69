"""The places that can be looked at: the one of the address, their order, and what each counts.
Nothing about what is known of a place; see `state.read`."""

from collections.abc import Iterable

import streamlit as st

from seongsu_assets.domains import DOMAINS
from ui.strings import Period


def asked() -> str | None:
    """The place that the address names."""
    return st.query_params.get("domain")


def ordered(names: Iterable[str]) -> tuple[str, ...]:
    """The names as they are declared, then those that are not."""
    order = list(DOMAINS)
    return tuple(sorted(names, key=lambda name: order.index(name) if name in order else len(order)))


def comes_and_goes(place: str) -> bool:
    """Whether the series of a place are whatever its sources tell of."""
    return place not in DOMAINS or DOMAINS[place].open


def period(place: str | None) -> Period | None:
    """What one number of a place is of, where it is of a whole day or week."""
    cadence = DOMAINS[place].cadence if place in DOMAINS else None
    if cadence is None or len(cadence.slots) > 1:
        return None
    return "day" if cadence.step == 1 else "week"


def counted(place: str | None) -> str:
    """What a place declares that it counts; nothing where it is not declared here."""
    return DOMAINS[place].unit if place in DOMAINS else ""
