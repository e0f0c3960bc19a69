"""`features`: the training and prediction table, as it was knowable at the end of each day.
The features themselves are made by the learners of `forecasting`."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import dagster as dg
import pandas as pd

from seongsu_assets import clock
from seongsu_assets.assets import weather
from seongsu_assets.assets.materialised import Told, record
from seongsu_assets.assets.node import TOLD_DAYS, asset, days, key, preview, window
from seongsu_assets.automation import revised
from seongsu_assets.domain import Domain, Window
from seongsu_assets.forecasting import learners, learning
from seongsu_assets.resources import Warehouse
from seongsu_assets.warehouse import covariates, datasets, observations
from seongsu_assets.warehouse import features as table
from seongsu_assets.warehouse.frames import by_day
from seongsu_assets.warehouse.postgres import Connection

#: Features that are made and kept at once: half a gigabyte of a panel.
ROWS = 2_000_000


def features(domain: Domain) -> dg.AssetsDefinition:
    """What was known at each origin."""
    look_back = dg.TimeWindowPartitionMapping(
        start_offset=-(domain.plan.reach_days // domain.cadence.step),
        allow_nonexistent_upstream_partitions=True,
    )

    heard = [domain.weather] if domain.weather else []

    @asset(
        domain,
        "features",
        deps=[
            dg.AssetDep([domain.name, "observations"], partition_mapping=look_back),
            *([domain.name, covariate.name] for covariate in domain.covariates),
            *([domain.name, feed] for feed in heard),
        ],
        partitions_def=days(domain),
        backfill_policy=dg.BackfillPolicy.single_run(),
        automation_condition=revised(
            domain.plan.look_back_days,
            dg.AssetSelection.assets(*([domain.name, feed] for feed in heard)),
        ),
        output_required=False,
        pool=f"{domain.name}_features",
    )
    def features(
        context: dg.AssetExecutionContext, warehouse: Warehouse
    ) -> Iterator[dg.Output[None]]:
        """What was known at the end of a day (the origin) about each hour of the days after it.

        Looks back a fixed number of days, so the graph knows which origins a late day touches.
        An origin whose numbers did not change keeps its data version."""
        node, asked = dg.AssetKey([domain.name, "features"]), window(context)
        with warehouse.connect() as conn:
            dataset = datasets.active(conn, domain)
            seen = table.step(conn, dataset, [covariate.name for covariate in domain.covariates])
            names, many = names_of(domain), 0
            shown = set(domain.cadence.periods(asked)[-TOLD_DAYS:])
            for rows in parts(conn, domain, dataset, asked):
                shas = table.replace(conn, dataset, rows, names, seen, clock.now())
                told: list[Told] = []
                for origin, day in by_day(rows, "origin"):
                    metadata: dict[str, Any] = {
                        "dagster/row_count": len(day),
                        "columns": len(names),
                        "unknown": float(day[list(names)].isna().to_numpy().mean()),
                        "sample data": datasets.is_sample(dataset),
                    }
                    if origin in shown:
                        metadata["preview"] = preview(day[day.horizon == 1].iloc[:, :9])
                    told.append(Told(key(origin), shas[origin], metadata))
                record(context, node, told)
                many += len(shas)
        context.log.info(f"{dataset}: features of {many} origins")
        yield from ()

    return features


def names_of(domain: Domain) -> tuple[str, ...]:
    """The columns of the domain's features."""
    return learners.of(domain.plan).names(domain.plan, bool(domain.weather))


def counted(conn: Connection, domain: Domain, dataset: str, asked: Window) -> pd.DataFrame:
    """The observations in force that the origins asked for look back on."""
    first = asked.first - timedelta(days=domain.plan.reach_days)
    return observations.read(conn, dataset, first, asked.last, estimates=True)


def build(
    conn: Connection, domain: Domain, dataset: str, asked: Window, every: int = 1
) -> pd.DataFrame:
    """The features of the origins asked for, from the observations and covariates in force; of
    `every` so many days since 1970 one."""
    made = list(parts(conn, domain, dataset, asked, every))
    return pd.concat([part for part in made if len(part)] or made[:1], ignore_index=True)


def parts(
    conn: Connection,
    domain: Domain,
    dataset: str,
    asked: Window,
    every: int = 1,
    counts: pd.DataFrame | None = None,
) -> Iterator[pd.DataFrame]:
    """The same, in parts of neighbouring origins: those of many series and years are more than
    memory holds. There is one at least. `counts`: what `counted` says, where it is at hand."""
    days = pd.DatetimeIndex(domain.cadence.periods(asked))
    origins = list(days[(days - learning.EPOCH).days % every == 0])
    known = weather.as_issued(conn, domain, origins)
    counts = counted(conn, domain, dataset, asked) if counts is None else counts
    calendar = covariates.read(conn, domain.name, "calendar")
    series = domain.series or sorted(counts["series"].unique())
    hours = [slot.hour for slot in domain.cadence.slots]
    step = max(ROWS // max(domain.plan.horizon * len(series) * len(hours), 1), 1)
    for place in range(0, len(origins) or 1, step):
        yield learners.of(domain.plan).build(
            counts,
            calendar,
            domain.plan,
            origins[place : place + step],
            lag_days=domain.lateness.lag_days,
            hours=hours,
            series=series,
            weather=known.weather,
            ahead=known.ahead,
        )


def features_checks(domain: Domain) -> dg.AssetChecksDefinition:
    """What must hold of the features before anything is forecast from them."""
    asset = [domain.name, "features"]

    @dg.asset_check(
        asset=asset,
        name="nothing_is_newer_than_the_origin",
        blocking=True,
        partitions_def=days(domain),
        description="made again from nothing but what was known at the origin, the features are "
        "the same to the bit",
    )
    def no_look_ahead(
        context: dg.AssetCheckExecutionContext, warehouse: Warehouse
    ) -> dg.AssetCheckResult:
        origin = window(context).first  # in a range, the one that saw the most newer days
        with warehouse.connect() as conn:
            dataset = datasets.active(conn, domain)
            held = table.versions(conn, dataset, Window(origin, origin)).get(origin)
            again = build(conn, domain, dataset, Window(origin, origin))
        names = names_of(domain)
        remade = table.content(again, names) if len(again) else None
        return dg.AssetCheckResult(
            passed=held is not None and held == remade,
            metadata={"origin": key(origin), "held": str(held), "made again": str(remade)},
        )

    return no_look_ahead
