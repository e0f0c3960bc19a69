"""A symptom: one thing that is wrong now, or that people should hear of.
Nothing is kept here (`warehouse.incidents`) and nothing is told (`alerts`)."""

from dataclasses import dataclass

#: Stands for the domain where what is wrong belongs to none: a channel, the daemon.
PLATFORM = "platform"


@dataclass(frozen=True)
class Symptom:
    """`subject` tells it from others of its kind in the domain, and stays the same while it lasts:
    no figure that moves. `what` says it in one or two sentences, and never holds a key. Without a
    `remedy` or an `owner` its kind's is taken."""

    domain: str
    kind: str
    subject: str
    what: str
    remedy: str = ""
    link: str = ""
    owner: str = ""
