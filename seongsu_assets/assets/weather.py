"""The domain's weather as it was known when each forecast was issued, for features and backtests.
Observations have no place in it; which issue counts is for `forecasting.issued`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from seongsu_assets.domain import Domain
from seongsu_assets.forecasting import issued
from seongsu_assets.warehouse import readings
from seongsu_assets.warehouse.postgres import Connection


@dataclass(frozen=True)
class AsIssued:
    """`weather` and `ahead` as `forecasting.features.build` takes them; None without weather."""

    weather: pd.DataFrame | None = None
    ahead: pd.DataFrame | None = None


def as_issued(conn: Connection, domain: Domain, origins: Sequence[pd.Timestamp]) -> AsIssued:
    """What was known for these origins; nothing for a domain that declares no weather."""
    if not domain.weather or not len(origins):
        return AsIssued()
    first = min(origins).date() - timedelta(days=domain.plan.reach_days)
    said = readings.read(conn, domain.name, domain.weather, domain.cadence.at(first, 0))
    days = said["at"].dt.tz_convert(domain.cadence.timezone).dt.tz_localize(None)
    issues = pd.DataFrame(list(said["attributes"]), index=said.index).assign(
        business_date=days, issued_at=said["issued_at"]
    )
    return AsIssued(
        issued.look_back(issues, domain.cadence),
        issued.ahead(
            issues,
            domain.cadence,
            origins,
            horizon=domain.plan.horizon,
            issue_hour=domain.lateness.issue_hour,
        ),
    )
