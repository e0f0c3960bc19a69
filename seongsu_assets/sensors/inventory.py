"""The inventory: once a day what is still open, told in one message; nothing when nothing is.
What is open is kept in `warehouse.incidents`."""

from datetime import time
from zoneinfo import ZoneInfo

import dagster as dg

from seongsu_assets import clock
from seongsu_assets.domain import Domain
from seongsu_assets.incidents.kinds import KINDS
from seongsu_assets.incidents.symptom import Symptom
from seongsu_assets.resources import Warehouse
from seongsu_assets.warehouse import incidents
from seongsu_assets.warehouse.incidents import Incident

KIND = "inventory"
#: After the morning's runs, in the domain's own time.
TOLD_AT = time(9)


def inventory_sensor(domain: Domain) -> dg.SensorDefinition:
    """Told once for each day that begins with something open."""

    @dg.sensor(
        name=f"{domain.name}_inventory",
        target=None,
        minimum_interval_seconds=10 * 60,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="tells once a day what is still open",
    )
    def sensor(context: dg.SensorEvaluationContext, warehouse: Warehouse) -> dg.SkipReason:
        now = clock.now()
        local = now.astimezone(ZoneInfo(domain.cadence.timezone))
        day = local.date().isoformat()
        if context.cursor == day or local.time() < TOLD_AT:
            return dg.SkipReason(f"told on {context.cursor or 'no day'}; next after {TOLD_AT}")
        with warehouse.connect() as conn:
            if found := incidents.open_incidents(conn, domain.name):
                told = "\n".join(map(line, found))
                what = f"{len(found)} open:\n{told}"
                incidents.news(conn, Symptom(domain.name, KIND, day, what), now)
        context.update_cursor(day)
        return dg.SkipReason(f"{len(found)} open")

    return sensor


def line(incident: Incident) -> str:
    """One incident in a line: since when, what, and what it said last."""
    kind = KINDS[incident.kind].title
    return f"- since {incident.opened_at:%Y-%m-%d}: {kind}, {incident.subject}: {incident.what}"
