"""A door for tests: with a journal in memory, a clock that stands, and pauses only on paper.
No servers here, and no tests."""

import threading
from datetime import UTC, datetime

from pydantic import SecretStr

from seongsu_assets.outside import Provider
from seongsu_assets.sources.answers import refuse_status
from seongsu_assets.sources.http import Door

NOW = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)


class Notes:
    """A journal with so many calls to spend; it also notes the pauses."""

    def __init__(self, calls=100):
        self.calls = calls
        self.spent = 0
        self.answers = []
        self.pauses = []
        self._lock = threading.Lock()

    def spend(self, _provider, _now):
        with self._lock:
            if self.spent >= self.calls:
                return False
            self.spent += 1
            return True

    def keep(self, _provider, answer):
        self.answers.append(answer)


def door(notes, key="0123456789", **options):
    """It would pause for the longest that chance allows."""
    options = {"sleep": notes.pauses.append, "chance": lambda: 1.0} | options
    return Door(notes, lambda _: SecretStr(key), lambda: NOW, **options)


def whole(answer):
    refuse_status(answer)
    return answer.body


def asked(web, server, read=whole, path="/", parameters=None, key="town_key"):
    return web.get(Provider("town", server.url, key), path, parameters or {}, read)
