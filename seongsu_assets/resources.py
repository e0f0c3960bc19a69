"""Thin resources: the warehouse, the training record, and where this run writes.
No behaviour beyond opening the plain objects that do the work."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import dagster as dg

from seongsu_assets import clock, presence
from seongsu_assets.artefacts import Folder, Place, place
from seongsu_assets.domain import Cadence
from seongsu_assets.errors import WarehouseError
from seongsu_assets.outside import Web
from seongsu_assets.settings import settings
from seongsu_assets.warehouse.answers import Journal, rehearse
from seongsu_assets.warehouse.location import mlflow_url, open_url
from seongsu_assets.warehouse.postgres import Connection, connect

#: How often a step that the warehouse let down is tried again, and the pause before: a server
#: that was restarted is back by then.
RETRIES, PAUSE_SECONDS = 3, 5.0


class Warehouse(dg.ConfigurableResource):
    """The PostgreSQL warehouse. `url` is taken from the environment when empty."""

    url: str = ""

    def setup_for_execution(self, context: dg.InitResourceContext) -> None:
        """A run of a backfill gives way to the day's. The runs of a command share its process."""
        tags = context.run.tags if context.run else {}
        if presence.BACKFILL in tags and presence.PROCESS not in tags:
            presence.give_way()

    @contextmanager
    def connect(self) -> Generator[Connection]:
        """A connection. Where it breaks the step is tried again: each of its writes is a
        transaction, and what was committed is known the next time."""
        try:
            with connect(self.url or open_url()) as conn:
                yield conn
        except WarehouseError as error:
            raise dg.RetryRequested(max_retries=RETRIES, seconds_to_wait=PAUSE_SECONDS) from error


class Outside(dg.ConfigurableResource):
    """The door to the outside world. `upstream` stands for every provider in a rehearsal; it is
    taken from the environment when empty."""

    upstream: str = ""

    @contextmanager
    def web(self, warehouse: Warehouse) -> Generator[Web]:
        """The door, with a connection of its own: what is asked is counted before anything else."""
        from seongsu_assets.sources.http import Door

        known = settings()
        with warehouse.connect() as conn:
            journal = Journal(conn)
            upstream = self.upstream or known.upstream
            if upstream:
                rehearse(conn, clock.now())
            with Door(journal, known.key, clock.now, upstream, proxy=known.proxy) as door:
                yield door


class Tracking(dg.ConfigurableResource):
    """Where trainings are recorded. Serving never depends on it; without `record` nothing is."""

    uri: str = ""
    record: bool = True

    def target(self) -> str | None:
        """The MLflow tracking address, or None when trainings are not recorded."""
        return (self.uri or mlflow_url()) if self.record else None


class Workplace(dg.ConfigurableResource):
    """Folders and artefacts: what a run leaves behind besides tables."""

    root: str = ""

    def folder(self, *parts: str) -> Path:
        path = Path(self.root) if self.root else settings().root
        path = path.joinpath(*parts)
        path.mkdir(parents=True, exist_ok=True)
        return path

    def artefacts(self, name: str) -> Place:
        """Where artefacts of this name are kept, on this machine or elsewhere."""
        return Folder(Path(self.root) / name) if self.root else place(settings().artefacts_of(name))


RESOURCES: dict[str, dg.ConfigurableResource] = {
    "warehouse": Warehouse(),
    "outside": Outside(),
    "tracking": Tracking(),
    "workplace": Workplace(),
}

#: Run tag: the last complete day that a run may know. Without it, the newest.
AS_OF = "seongsu/as_of"


def as_of(context: dg.AssetExecutionContext, cadence: Cadence) -> date:
    """The newest complete period for this run, from its tag or the clock."""
    given = context.run.tags.get(AS_OF)
    return date.fromisoformat(given) if given else cadence.newest(clock.now())
