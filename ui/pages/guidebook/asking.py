"""Asks Dagster's webserver the one question, at most once a minute for all who look.
Only reads; what the answer means is in `graph`. Dagster itself is not imported."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
import streamlit as st

from seongsu_assets.errors import ServiceError
from ui import clock
from ui.pages.guidebook.graph import Graph, graph
from ui.pages.guidebook.question import ACTIVE, FAILED, QUESTION
from ui.state import doors

#: Seconds for which an answer, or that there is none, is given again; for as long once more while
#: Dagster is asked anew behind it, so that who chooses a stage never waits.
TTL = 30
#: Seconds for which it is waited.
LONGEST = 3.0

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Heard:
    """`graph` is what was heard last, at `at`; None where nothing ever was. `known` tells whether
    there is anybody to ask, `silent` since when there is no answer."""

    known: bool
    graph: Graph | None = None
    at: datetime | None = None
    silent: datetime | None = None


def ask(domain: str) -> Heard:
    """What Dagster says of `domain`. Never raises: that it is away is an answer too."""
    address = doors.dagster()
    return Heard(known=False) if address is None else _ask(address, domain)


@st.cache_data(ttl=TTL, max_entries=8, show_spinner=False, refresh_mode="background")
def _ask(address: str, domain: str) -> Heard:
    last, now = _last(), clock.now()
    before = last.get((address, domain), Heard(known=True))
    try:
        heard = Heard(known=True, graph=graph(_answer(address), domain), at=now)
    except (ServiceError, httpx.HTTPError, ValueError) as error:
        log.warning("Dagster does not answer: %s", error)
        heard = Heard(known=True, graph=before.graph, at=before.at, silent=before.silent or now)
    last[address, domain] = heard
    return heard


@st.cache_resource(max_entries=1, show_spinner=False)
def _last() -> dict[tuple[str, str], Heard]:
    """What was heard last, shown with its age while Dagster is away."""
    return {}


def _answer(address: str) -> Any:
    """Raises httpx.HTTPError, or ValueError for what is no JSON."""
    asked = {"query": QUESTION, "variables": {"active": ACTIVE, "failed": FAILED}}
    # A proxy of the environment knows nothing of us.
    with httpx.Client(timeout=LONGEST, trust_env=False) as client:
        answer = client.post(f"{address}/graphql", json=asked)
        answer.raise_for_status()
        return answer.json()
