"""A calendar file of one event (RFC 5545), made of texts that may hold anything.
Nothing about forecasts; what the event says is said elsewhere."""

from dataclasses import dataclass
from datetime import UTC, datetime

#: Octets of a line before it is folded, without its end.
LINE = 75
END = "\r\n"


@dataclass(frozen=True)
class Event:
    """One event; `stamp` is when what it says was said. The same `uid` is the same event."""

    uid: str
    stamp: datetime
    begins: datetime
    ends: datetime
    title: str
    text: str
    place: str
    language: str


def calendar(event: Event) -> bytes:
    """The file: instants in UTC, texts escaped, lines folded."""
    named = f";LANGUAGE={event.language}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Daily Seongsu//When to go//EN",
        "BEGIN:VEVENT",
        f"UID:{_escaped(event.uid)}",
        f"DTSTAMP:{_instant(event.stamp)}",
        f"DTSTART:{_instant(event.begins)}",
        f"DTEND:{_instant(event.ends)}",
        f"SUMMARY{named}:{_escaped(event.title)}",
        f"DESCRIPTION{named}:{_escaped(event.text)}",
        f"LOCATION{named}:{_escaped(event.place)}",
        "TRANSP:TRANSPARENT",  # a good time to come is not an appointment
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(_folded(line) + END for line in lines).encode()


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """Lines stay lines; other control characters have no place in a calendar."""
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,")):
        text = text.replace(plain, escaped)
    lines = text.splitlines()
    return "\\n".join("".join(char for char in line if char.isprintable()) for line in lines)


def _folded(line: str) -> str:
    """No line is longer than LINE octets, and no character is cut in two."""
    pieces, size = [""], 0
    for char in line:
        octets = len(char.encode())
        if size + octets > LINE:
            pieces.append(" ")
            size = 1
        pieces[-1] += char
        size += octets
    return END.join(pieces)
