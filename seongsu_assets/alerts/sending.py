"""Sending letters: every channel in a thread of its own, so that one that hangs holds no other.
What is in a letter, and what its failure calls for, is not decided here."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Literal

from seongsu_assets.alerts import hearing
from seongsu_assets.alerts.channels import Channel

#: So long a channel may take for one letter. What it does with it later is not known.
PATIENCE_SECONDS = 15.0


@dataclass(frozen=True)
class Letter:
    """`messages`: the ids of what it tells."""

    messages: tuple[int, ...]
    title: str
    body: str
    tone: Literal["info", "success", "warning", "failure"]


@dataclass(frozen=True)
class Outcome:
    """What became of one letter; `detail` says why it failed, and never holds an address."""

    channel: Channel
    letter: Letter
    sent: bool
    detail: str = ""


def send_all(
    wanted: Mapping[Channel, Sequence[Letter]], patience: float = PATIENCE_SECONDS
) -> Iterator[Outcome]:
    """Send the letters of each channel in order, up to the first that fails; outcomes as they
    come. At least once: a letter that was not answered in time may have arrived."""
    said: SimpleQueue[Outcome] = SimpleQueue()
    left = {channel: list(letters) for channel, letters in wanted.items() if letters}
    due = dict.fromkeys(left, time.monotonic() + patience)
    given_up = {channel: Event() for channel in left}
    for channel, letters in left.items():
        Thread(
            target=_work, args=(channel, letters.copy(), given_up[channel], said), daemon=True
        ).start()
    while left:
        try:
            outcome = said.get(timeout=max(0.0, min(due.values()) - time.monotonic()))
        except Empty:
            channel = min(due, key=lambda each: due[each])
            outcome = Outcome(channel, left[channel][0], False, f"no answer in {patience:.0f} s")
        channel = outcome.channel
        if channel not in left:
            continue  # it answered after all, too late
        left[channel].pop(0)
        due[channel] = time.monotonic() + patience
        if not outcome.sent or not left[channel]:
            given_up[channel].set()
            del left[channel], due[channel]
        yield outcome


def _work(
    channel: Channel, letters: Sequence[Letter], given_up: Event, said: SimpleQueue[Outcome]
) -> None:
    for letter in letters:
        if given_up.is_set():
            return
        outcome = _send(channel, letter)
        said.put(outcome)
        if not outcome.sent:
            return


def _send(channel: Channel, letter: Letter) -> Outcome:
    with hearing.listening() as heard:
        try:
            sent = bool(
                channel.service.notify(
                    title=letter.title, body=letter.body, notify_type=letter.tone
                )
            )
        except Exception as error:  # noqa: BLE001 - its words may hold the address
            return Outcome(channel, letter, False, f"failed with {type(error).__name__}")
        status = hearing.status(heard)
    if sent:
        return Outcome(channel, letter, True)
    return Outcome(channel, letter, False, f"answered {status}" if status else "no answer")
