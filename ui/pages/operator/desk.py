"""What the page asks of our API, with the key: whether it is good, an event, a withdrawal.
Nothing is shown here, and the key goes nowhere else: it is in no address, cache or log."""

import re
from dataclasses import dataclass, field
from typing import Any, Literal

import httpx
import streamlit as st

from seongsu_assets.api.limits import Limiter, Rate
from seongsu_assets.settings import settings

SECONDS = httpx.Timeout(5.0, connect=2.0)
#: What a header can carry; a key of ours is of letters, digits, - and _.
_SENDABLE = re.compile(r"[!-~]{1,200}")
_FINGERPRINT = re.compile("[0-9a-f]{8}")
#: Of one visitor. To the API all visitors are one client: who guesses must not lock out the others.
TRIES = Rate(a_minute=3, at_once=3)

#: `off`: the API has no key. `busy`: too often. `missing`, `late`, `wrong`: what was sent.
Said = Literal["ok", "refused", "off", "busy", "missing", "late", "wrong", "away"]
_SAID: dict[int, Said] = {
    200: "ok", 201: "ok", 401: "refused", 403: "off", 404: "missing", 409: "late", 422: "wrong",
    429: "busy",
}  # fmt: skip


@dataclass(frozen=True)
class Reply:
    """What the API said; after `busy` the seconds to wait."""

    said: Said
    wait: int = 0
    told: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)


@dataclass(frozen=True)
class Signed:
    """Somebody with the key. It is kept in one session's memory alone."""

    key: str = field(repr=False)
    fingerprint: str


def address() -> str:
    """Where our API is."""
    known = settings()
    return known.api_address.rstrip("/") or f"http://127.0.0.1:{known.api_port}"


def visitor() -> str:
    """The address from which this session is seen; all of this machine are one."""
    return str(st.context.ip_address or "")


def check(key: str) -> tuple[Reply, Signed | None]:
    """Whether the key is good."""
    if wait := _visitors().by(visitor()):
        return Reply("busy", int(wait) + 1), None
    reply = _ask("GET", "/key", key)
    fingerprint = str(reply.told.get("fingerprint", ""))
    if reply.said == "ok" and _FINGERPRINT.fullmatch(fingerprint):
        return reply, Signed(key, fingerprint)
    known = reply.said in ("refused", "off", "busy")
    return (reply if known else Reply("away")), None


def enter(signed: Signed, event: dict[str, Any]) -> Reply:
    """Enter an event; the same sent twice is entered once."""
    return _ask("POST", "/events", signed.key, event)


def withdraw(signed: Signed, event_id: str) -> Reply:
    return _ask("POST", f"/events/{event_id}/withdraw", signed.key)


def _ask(method: str, path: str, key: str, body: dict[str, Any] | None = None) -> Reply:
    if not _SENDABLE.fullmatch(key):
        return Reply("refused")
    headers = {"Authorization": f"Bearer {key}"}
    # A proxy of the environment knows nothing of us, and the key follows nobody elsewhere.
    try:
        with httpx.Client(base_url=address(), timeout=SECONDS, trust_env=False) as client:
            answer = client.request(method, path, headers=headers, json=body)
            told = answer.json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return Reply("away")
    if not isinstance(told, dict):
        return Reply("away")
    wait = answer.headers.get("retry-after", "")
    return Reply(_SAID.get(answer.status_code, "away"), int(wait) if wait.isdigit() else 0, told)


@st.cache_resource(show_spinner=False)
def _visitors() -> Limiter:
    return Limiter(client=TRIES, everybody=TRIES)
