"""Dagster's instance with connections that are held for a process that writes many events.
By itself it opens one for every statement. None of its settings is chosen here."""

import os
from functools import cache

from dagster import DagsterInstance
from dagster._core.instance import factory
from dagster._core.instance.ref import InstanceRef
from dagster._core.storage.event_log.sql_event_log import SqlEventLogStorage

STATEMENT_MS = 600_000
#: Events that Dagster writes at once, of those that it is told together.
BATCH, AT_ONCE = "DAGSTER_EVENT_BATCH_SIZE", 500


def hold(instance: DagsterInstance) -> DagsterInstance:
    """Let it keep its connections, as Dagster's webserver does."""
    instance.optimize_for_webserver(
        statement_timeout=STATEMENT_MS, pool_recycle=3600, max_overflow=20
    )
    # It asks for each event of an asset whether a table is there, over a connection of its own.
    storage = instance.event_log_storage
    if isinstance(storage, SqlEventLogStorage):
        storage.has_table = cache(storage.has_table)
    os.environ.setdefault(BATCH, str(AT_ONCE))
    return instance


def hold_every() -> None:
    """Let every instance that this process opens keep its connections."""
    plain = factory.create_instance_from_ref

    def held(instance_ref: InstanceRef) -> DagsterInstance:
        return hold(plain(instance_ref))

    factory.create_instance_from_ref = held
