"""Files that cannot be read, as symptoms: those that stand in the drop folder now.
Nothing is read here; a receipt of `ingest` says what became of each file."""

from collections.abc import Iterable
from datetime import datetime

from seongsu_assets.domain import Domain
from seongsu_assets.incidents.symptom import Symptom
from seongsu_assets.warehouse import incidents
from seongsu_assets.warehouse.arrivals import Receipt
from seongsu_assets.warehouse.postgres import Connection

KIND = "file_refused"


def told(conn: Connection, domain: Domain, receipts: Iterable[Receipt], now: datetime) -> None:
    """Of all files of the folder, those that cannot be read are incidents; one that was taken away
    or replaced by a good one is none any more."""
    found = [
        Symptom(domain.name, KIND, each.payload, each.error, owner=domain.owner)
        for each in receipts
        if each.error
    ]
    incidents.reconcile(conn, domain.name, {KIND}, found, now)
