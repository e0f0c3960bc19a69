"""One look of the watcher: what is wrong is brought up to date, people are told, the look counts.
No loop and no page here; see `cli.watch` and `page`."""

import logging
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import dagster as dg

from seongsu_assets import clock, runs
from seongsu_assets.alerts import tell
from seongsu_assets.domain import Domain
from seongsu_assets.incidents.data import look
from seongsu_assets.incidents.symptom import PLATFORM, Symptom
from seongsu_assets.sensors import failures
from seongsu_assets.settings import Settings
from seongsu_assets.warehouse import incidents
from seongsu_assets.warehouse.postgres import Connection, connect
from seongsu_assets.watching import silence
from seongsu_assets.watching.pinging import ping
from seongsu_assets.watching.silence import Listener

LOG = logging.getLogger(__name__)
#: The name under which the watcher itself is seen alive.
NAME = "watch"


@dataclass
class Watcher:
    """`url`: the warehouse. `broken`: what of the newest look could not be done, and why.
    `looked_at`: when it ended, in real seconds of no meaning but their difference."""

    url: str
    instance: dg.DagsterInstance
    domains: Sequence[Domain]
    settings: Settings
    listener: Listener
    looked_at: float | None = None
    broken: dict[str, str] = field(default_factory=dict[str, str])

    def look(self) -> None:
        """Raises nothing: what fails is logged, makes the look a bad one, and leaves the other
        parts alone. After a good one the dead man's switch is told."""
        now = clock.now()
        self.broken = {}
        with self._part("warehouse"), connect(self.url) as conn:
            for domain in self.domains:
                self._do(f"{domain.name} data", lambda: look(conn, domain, now))  # noqa: B023 - called at once
                self._do(f"{domain.name} runs", lambda: self._runs(conn, domain, now))  # noqa: B023 - likewise
            self._do("dagster", lambda: self._dagster(conn, now))
            self._do("alerts", lambda: tell(conn, self.settings.alerts, now))
            incidents.beat(conn, NAME, now, ", ".join(sorted(self.broken)))
        self.looked_at = time.monotonic()
        if not self.broken and self.settings.ping_url:
            self._do("ping", lambda: ping(self.settings))

    def _runs(self, conn: Connection, domain: Domain, now: datetime) -> None:
        found = [failures.symptom(domain, each) for each in runs.failing(self.instance, domain)]
        incidents.reconcile(conn, domain.name, [failures.FAILED], found, now)

    def _dagster(self, conn: Connection, now: datetime) -> None:
        """Who is silent. Records that cannot be read are as bad as a daemon that is dead."""
        try:
            heard = self.listener.listen(self.instance, now)
        except Exception as error:
            what = f"Dagster's own records cannot be read: {type(error).__name__}."
            dead = Symptom(PLATFORM, silence.DEAD, "", what)
            incidents.report(conn, dead, now)
            raise
        incidents.reconcile(conn, PLATFORM, silence.KINDS, list(self.listener.symptoms(heard)), now)
        for each in heard:
            if each.at is not None:
                incidents.beat(conn, each.name, each.at, each.trouble)

    def _do(self, name: str, part: Callable[[], None]) -> None:
        with self._part(name):
            part()

    @contextmanager
    def _part(self, name: str) -> Generator[None]:
        try:
            yield
        except Exception as error:
            LOG.exception("%s", name)
            self.broken[name] = f"{type(error).__name__}: {error}"
