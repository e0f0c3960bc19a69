"""Readers who poll the forecast through Supabase's REST while it is published again and again.
No assertion is made here."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread

import pandas as pd

from seongsu_assets import rest
from seongsu_assets_tests.supabase_like import Rest

ORDER = ("series", "business_date", "hour")


@dataclass
class Poller:
    """One of them. `mixed`: answers that were not one whole issue. `moved`: reads that ended in the
    error which says so, as it was published too often meanwhile."""

    door: Rest
    whole: int
    reads: int = 0
    mixed: int = 0
    moved: int = 0
    failed: list[Exception] = field(default_factory=list[Exception])
    seen: set[str] = field(default_factory=set[str])

    def poll(self, stop: Event) -> None:
        with rest.opened(self.door.address, self.door.key("anon")) as client:
            while not stop.is_set():
                try:
                    rows = rest.read(client, "forecast", ORDER, one_issue=True, domain="seongsu")
                except rest.PublishedMoved:
                    self.moved += 1
                except Exception as error:  # noqa: BLE001 - told by the test
                    self.failed.append(error)
                    return
                else:
                    self._look(rows)

    def _look(self, rows: pd.DataFrame) -> None:
        issues = set(rows[rest.ISSUE])
        self.reads += 1
        self.mixed += len(issues) != 1 or len(rows) != self.whole
        self.seen |= issues


@contextmanager
def polling(door: Rest, whole: int, readers: int = 8) -> Generator[list[Poller]]:
    """So many readers, each with a client of its own, while the context lasts."""
    pollers, stop = [Poller(door, whole) for _ in range(readers)], Event()
    threads = [Thread(target=each.poll, args=(stop,)) for each in pollers]
    for thread in threads:
        thread.start()
    try:
        yield pollers
    finally:
        stop.set()
        for thread in threads:
            thread.join()
