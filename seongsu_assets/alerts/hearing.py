"""What the libraries say while a message is sent: kept from every log, for it holds addresses.
The status of an answer is all that is taken from it."""

import logging
import re
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

_LIBRARIES = {"apprise", "requests", "urllib3"}
_STATUS = re.compile(r"error=(\d{3})\b")
_heard: ContextVar[list[str] | None] = ContextVar("heard", default=None)


@contextmanager
def listening() -> Generator[list[str]]:
    """What the libraries say inside, in this thread; show it to nobody."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in _LIBRARIES:
            logging.getLogger(name).addFilter(_keep)
    heard: list[str] = []
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)


def status(heard: Sequence[str]) -> int | None:
    """The last status of an answer that was heard of."""
    found = [int(match[1]) for line in heard for match in _STATUS.finditer(line)]
    return found[-1] if found else None


def _keep(record: logging.LogRecord) -> bool:
    """A filter: inside `listening` nothing is logged."""
    heard = _heard.get()
    if heard is not None:
        heard.append(record.getMessage())
    return heard is None
