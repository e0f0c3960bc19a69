"""Thin resources: the warehouse, the training record, and where this run writes.
No behaviour beyond opening the plain objects that do the work."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import dagster as dg

from seongsu_assets import clock
from seongsu_assets.settings import settings
from seongsu_assets.warehouse.location import embedded, open_url
from seongsu_assets.warehouse.postgres import Connection, connect


class Warehouse(dg.ConfigurableResource):
    """The PostgreSQL warehouse. `url` is taken from the environment when empty."""

    url: str = ""

    @contextmanager
    def connect(self) -> Generator[Connection]:
        with connect(self.url or open_url()) as conn:
            yield conn


class Tracking(dg.ConfigurableResource):
    """Where trainings are recorded. Serving never depends on it; without `record` nothing is."""

    uri: str = ""
    record: bool = True

    def target(self) -> str | None:
        """The MLflow tracking address, or None when trainings are not recorded."""
        return (self.uri or embedded("mlflow")) if self.record else None


class Workplace(dg.ConfigurableResource):
    """Folders for what a run leaves behind besides tables."""

    root: str = ""

    def folder(self, *parts: str) -> Path:
        path = Path(self.root) if self.root else settings().root
        path = path.joinpath(*parts)
        path.mkdir(parents=True, exist_ok=True)
        return path


RESOURCES: dict[str, dg.ConfigurableResource] = {
    "warehouse": Warehouse(),
    "tracking": Tracking(),
    "workplace": Workplace(),
}

#: Run tag: the last complete day that a run may know. Without it, yesterday.
AS_OF = "seongsu/as_of"


def as_of(context: dg.AssetExecutionContext, timezone: str) -> date:
    """The last complete day for this run, from its tag or the clock."""
    given = context.run.tags.get(AS_OF)
    return date.fromisoformat(given) if given else clock.yesterday(timezone)
