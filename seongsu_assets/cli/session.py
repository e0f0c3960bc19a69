"""A session of the command line: the server, its databases, Dagster's instance, and its pipelines.
No command is defined here."""

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import dagster as dg

from seongsu_assets import presence, programs, stack
from seongsu_assets.cli import show
from seongsu_assets.cli.pipeline import Pipeline
from seongsu_assets.cli.progress import Tell
from seongsu_assets.domain import Domain
from seongsu_assets.domains import DOMAINS
from seongsu_assets.errors import SettingError
from seongsu_assets.instance import hold
from seongsu_assets.settings import settings
from seongsu_assets.warehouse.embedded import running
from seongsu_assets.warehouse.location import open_url


@contextmanager
def session() -> Generator[dg.DagsterInstance]:
    """Dagster's instance, the same that the served pages show. Starts the server if nobody did."""
    home = settings().root
    make_inboxes()
    with _records(home) as records:
        nowhere = programs.Ports(app=0, dagster=0, mlflow=0, code=0, watch=0, api=0)
        known = {
            name: value
            for name, value in programs.environment(home, records, nowhere).items()
            if not name.endswith("_PORT")
        }
        os.environ.update(known)
        folder = home / "dagster"
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(programs.ROOT / "dagster.yaml", folder / "dagster.yaml")
        open_url()
        with instance_of(folder) as instance:
            presence.bury(instance, show.messages.print, launched=False)
            yield instance


@contextmanager
def _records(home: Path) -> Generator[programs.Records]:
    """Where Dagster and MLflow keep theirs: on servers that were set, or on the embedded one."""
    dagster, mlflow = settings().dagster_url, settings().mlflow_url
    if dagster and mlflow:
        yield programs.Records(dagster.get_secret_value(), mlflow.get_secret_value())
        return
    if dagster or mlflow:
        raise SettingError(
            "of SEONGSU_DAGSTER_URL and SEONGSU_MLFLOW_URL one alone is set",
            remedy="set both, or neither for the server that is started here",
        )
    with running(home, settings().postgres_port) as server:
        for database in stack.DATABASES:
            server.ensure_database(database)
        yield programs.Records.on(server)


@contextmanager
def instance_of(folder: Path) -> Generator[dg.DagsterInstance]:
    """Dagster's instance of a folder, for a process that writes thousands of events."""
    with dg.DagsterInstance.from_config(str(folder)) as instance:
        yield hold(instance)


def make_inboxes() -> None:
    """A drop folder for each domain. Its source refuses a missing one: that is a lost mount."""
    for name in DOMAINS:
        (settings().root / "inbox" / name).mkdir(parents=True, exist_ok=True)


def pipeline(instance: dg.DagsterInstance, domain: Domain, last: date, tell: Tell) -> Pipeline:
    """The pipeline of a domain on the platform's own definitions and warehouse."""
    from seongsu_assets.definitions import defs

    return Pipeline(defs, instance, open_url(), domain, last, tell)
