"""Telling people what the outbox holds: to whom, in how many letters, and when again.
No address and no sending here."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Literal

from pydantic import SecretStr

from seongsu_assets.alerts.channels import Channel, channels, hearers, unusable
from seongsu_assets.alerts.sending import PATIENCE_SECONDS, Letter, send_all
from seongsu_assets.incidents.kinds import KINDS
from seongsu_assets.incidents.symptom import PLATFORM, Symptom
from seongsu_assets.warehouse import incidents, outbox
from seongsu_assets.warehouse.outbox import Message, Trouble
from seongsu_assets.warehouse.postgres import Connection

DEAD = "channel_dead"
#: A channel that failed so often in a row is dead; it is still tried.
ATTEMPTS = 3
#: The pause after the first failure; each later one is twice as long, up to the longest.
PAUSE, LONGEST = timedelta(minutes=1), timedelta(minutes=32)
#: More messages than this go into one letter: a storm, or what waited for a dead channel.
LETTERS = 5


def tell(
    conn: Connection,
    entries: SecretStr | None,
    now: datetime,
    patience: float = PATIENCE_SECONDS,
) -> None:
    """Deliver what waits, once to each channel. Call it every minute, wherever it is called from:
    while another process delivers, this one does nothing.

    A channel that fails raises nothing: it is tried again, later each time, and after a few
    failures it is an incident that the others tell."""
    incidents.remind(conn, now)
    with outbox.alone(conn) as mine:
        if not mine:
            return
        places = channels(entries)
        outbox.know(conn, (each.name for each in places if each.service), now)
        before = outbox.troubles(conn)
        wanted = {
            each: _letters(list(_mine(conn, places, each)))
            for each in places
            if each.service and _rested(before.get(each.name), now)
        }
        for done in send_all(wanted, patience):
            outbox.record(
                conn, done.letter.messages, done.channel.name, now,
                sent=done.sent, detail=done.detail,
            )  # fmt: skip
        found = list(_dead(places, outbox.troubles(conn)))
        incidents.reconcile(conn, PLATFORM, {DEAD}, found, now)


def _mine(conn: Connection, places: Sequence[Channel], channel: Channel) -> Iterator[Message]:
    """What waits for the channel. Of its own death it is not told."""
    for message in outbox.waiting(conn, channel.name):
        dead = message.subject if message.kind == DEAD else ""
        if channel in hearers(places, message.owner, but=dead):
            yield message


def _rested(trouble: Trouble | None, now: datetime) -> bool:
    """Whether it is time to try the channel; a clock that was set back is no reason to wait."""
    if trouble is None or now < trouble.tried_at:
        return True
    return now - trouble.tried_at >= min(LONGEST, PAUSE * 2 ** min(trouble.attempts - 1, 10))


def _letters(messages: list[Message]) -> list[Letter]:
    """One for each message, or one for all where there are many."""
    if len(messages) <= LETTERS:
        return [Letter((m.id,), m.title, m.body, _tone(m)) for m in messages]
    lines = [f"{m.created_at:%Y-%m-%d %H:%M} UTC {m.title}" for m in messages]
    title = f"[{PLATFORM}] {len(messages)} messages"
    body = "\n".join([*lines, "`seongsu status` says what is open now and what to do."])
    return [Letter(tuple(m.id for m in messages), title, body, "warning")]


def _tone(message: Message) -> Literal["info", "success", "warning", "failure"]:
    if message.phase == "closed":
        return "success"
    severity = KINDS[message.kind].severity
    return "failure" if severity == "page" else "warning" if severity == "warn" else "info"


def _dead(places: Sequence[Channel], troubles: dict[str, Trouble]) -> Iterator[Symptom]:
    for each in unusable(places):
        yield Symptom(
            PLATFORM, DEAD, each.name, f"{each.name} of SEONGSU_ALERTS is no address of a channel."
        )
    for each in places:
        trouble = troubles.get(each.name)
        if trouble and trouble.attempts >= ATTEMPTS:
            since = f"{trouble.since:%Y-%m-%d %H:%M} UTC"
            what = f"{each.name} has taken nothing since {since}: {trouble.detail}."
            yield Symptom(PLATFORM, DEAD, each.name, what)
