"""A steady rate of requests for one address, each client asking at its own even pace.
Nothing is known here of who answers."""

import http.client
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

import numpy as np

OK = 200


@dataclass(frozen=True)
class Measured:
    """Milliseconds of the good answers, and how many were not good."""

    milliseconds: np.ndarray
    failed: int
    a_second: float

    def at(self, percent: float) -> float:
        return float(np.percentile(self.milliseconds, percent))


def measure(address: str, *, rate: int, clients: int, seconds: float) -> Measured:
    """What `rate` requests a second take, shared by so many clients. A client that waits for an
    answer asks later, and then at its pace again."""
    began = time.perf_counter()
    pace = clients / rate

    def ask(number: int) -> list[float]:
        return _ask(address, pace, began + pace * number / clients, began + seconds)

    with ThreadPoolExecutor(clients) as pool:
        told = [each for answers in pool.map(ask, range(clients)) for each in answers]
    good = [each for each in told if each >= 0]
    return Measured(np.array(good), len(told) - len(good), len(good) / seconds)


def _ask(address: str, pace: float, first: float, until: float) -> list[float]:
    """Milliseconds of each answer over one connection; -1 for one that was not good."""
    place = urlsplit(address)
    assert place.hostname is not None
    door = http.client.HTTPConnection(place.hostname, place.port, timeout=30)
    wish = f"{place.path}?{place.query}" if place.query else place.path
    told: list[float] = []
    at = first
    while at < until:
        time.sleep(max(at - time.perf_counter(), 0.0))
        began = time.perf_counter()
        door.request("GET", wish)
        answer = door.getresponse()
        answer.read()
        taken = 1000 * (time.perf_counter() - began)
        told.append(taken if answer.status == OK else -1.0)
        at = max(at + pace, began)
    door.close()
    return told
