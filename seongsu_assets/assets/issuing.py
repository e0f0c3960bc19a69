"""Making one issue: the best model that loads, its quantiles, the levels, and what is usual.
No Dagster here, and nothing is written; `forecasts` does both."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from seongsu_assets.assets import lineage
from seongsu_assets.domain import Domain, Window
from seongsu_assets.errors import ModelError, NotEnoughHistory
from seongsu_assets.forecasting import baselines, levels, model, profile
from seongsu_assets.warehouse import covariates, features, models, observations
from seongsu_assets.warehouse.forecasts import Issue
from seongsu_assets.warehouse.postgres import Connection

KEYS = ["series", "business_date", "hour"]


@dataclass(frozen=True)
class Served:
    """Quantiles and who made them. Tiers: the champion, an earlier champion, the usual profile."""

    rows: pd.DataFrame
    model_id: str | None
    tier: str


def make(
    conn: Connection, domain: Domain, dataset: str, origin: date, warn: Callable[[str], None]
) -> tuple[Issue, pd.DataFrame, levels.Cutoffs]:
    """The issue of `origin` from what was known at its end: head, rows, cut-offs.

    Raises NotEnoughHistory when not even a usual profile can be told."""
    known = observations.read(
        conn, dataset, origin - timedelta(days=domain.levels.window_days + 35), origin
    )
    if known.empty:
        raise NotEnoughHistory(
            f"no observation up to {origin}", remedy=f"load data: `seongsu run {domain.name}`"
        )
    calendar = covariates.read(conn, domain.name, "calendar")
    held = features.read(conn, dataset, Window(origin, origin))
    served = serve(conn, dataset, held, warn) or _profile(domain, known, calendar, origin)
    whole = baselines.with_total(known, domain.series, domain.total)
    cutoffs = levels.derive(whole[whole.series == domain.total], domain.levels)
    rows = _finish(
        domain, served.rows.assign(origin=pd.Timestamp(origin)), whole, calendar, cutoffs
    )
    data = lineage.short([lineage.data_version(conn, dataset, Window(origin, origin)), len(known)])
    head = Issue(
        lineage.short(
            [dataset, origin, served.model_id, served.tier, data, cutoffs.version, rows.to_csv()]
        ),
        origin,
        known.business_date.max().date(),
        served.model_id,
        served.tier,
        data,
        cutoffs.version,
    )
    return head, rows, cutoffs


def serve(
    conn: Connection, dataset: str, held: pd.DataFrame, warn: Callable[[str], None]
) -> Served | None:
    """The champion's answer; else that of the champion before it, and so on; else None."""
    if held.empty:
        warn("no features for this origin; the usual profile serves")
        return None
    for place, model_id in enumerate(models.champions(conn, dataset)):
        try:
            stored = models.load(conn, model_id)
            answer = model.Model.from_text(stored.booster, stored.metadata).predict(held)
        except ModelError as error:
            warn(f"{model_id} cannot serve: {error}")
            continue
        return Served(answer, model_id, "last_good" if place else "champion")
    return None


def _profile(domain: Domain, known: pd.DataFrame, calendar: pd.DataFrame, origin: date) -> Served:
    rows = profile.usual(
        baselines.with_total(known, domain.series, domain.total),
        calendar,
        pd.Timestamp(origin),
        domain.plan,
        lag_days=domain.lateness.lag_days,
    )
    return Served(rows, None, "profile")


def _finish(
    domain: Domain,
    rows: pd.DataFrame,
    known: pd.DataFrame,
    calendar: pd.DataFrame,
    cutoffs: levels.Cutoffs,
) -> pd.DataFrame:
    """The rows as they are stored: instant, level and its probabilities, the usual, the naive."""
    rows = rows.sort_values(KEYS).reset_index(drop=True)
    lag = domain.lateness.lag_days
    rows["usual"] = baselines.seasonal_mean(known, calendar, rows, lag_days=lag)
    rows["naive"] = baselines.seasonal_naive(known, rows, lag_days=lag)
    rows["at"] = [
        domain.cadence.at(day.date(), int(hour)).isoformat()
        for day, hour in zip(rows.business_date, rows.hour, strict=True)
    ]
    whole = (rows.series == domain.total).to_numpy()
    shares = levels.probabilities(rows, cutoffs).to_numpy()
    rows["level"] = pd.Series(levels.level(rows.q50, cutoffs), dtype="Int64").where(whole)
    rows["p_levels"] = [
        "{" + ",".join(f"{share:.6f}" for share in row) + "}" if mine else None
        for row, mine in zip(shares, whole, strict=True)
    ]
    columns = [*KEYS, "at", "horizon", "q10", "q50", "q90", "level", "p_levels", "usual", "naive"]
    return rows[columns]
