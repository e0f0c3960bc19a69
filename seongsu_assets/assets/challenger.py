"""`challenger`: a model trained on what is known, evaluated by rolling origins, kept as text.
Whether it serves is not decided here; see `champion`."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

import dagster as dg
import pandas as pd

from seongsu_assets import clock, tracking
from seongsu_assets.assets import cost, lineage, plots, sources, together, weather
from seongsu_assets.assets import report as told
from seongsu_assets.assets.node import asset
from seongsu_assets.domain import Domain
from seongsu_assets.forecasting import backtest, learners, learning
from seongsu_assets.forecasting.recipe import Recipe
from seongsu_assets.resources import Tracking, Warehouse, Workplace, as_of
from seongsu_assets.settings import settings
from seongsu_assets.snapshots import Store
from seongsu_assets.warehouse import covariates, datasets, features, judging, models, observations
from seongsu_assets.warehouse.postgres import Connection

#: Rolling origins of the evaluation: one a week, over the last eight weeks.
ORIGINS, EVERY = 8, 7


def challenger(domain: Domain) -> dg.AssetsDefinition:
    """The newest model."""

    @asset(
        domain,
        "challenger",
        "lightgbm",
        "mlflow",
        deps=[
            dg.AssetDep([domain.name, "features"], partition_mapping=dg.AllPartitionMapping()),
            *([domain.name, covariate.name] for covariate in domain.covariates),
        ],
        pool=f"{domain.name}_challenger",
    )
    def challenger(
        context: dg.AssetExecutionContext,
        warehouse: Warehouse,
        tracking: Tracking,
        workplace: Workplace,
    ) -> dg.MaterializeResult:
        """A model trained on everything known, judged by rolling origins of the last eight weeks.

        The same data, code and plan are the same model: nothing is trained twice."""
        last = as_of(context, domain.cadence)
        store = Store(workplace.artefacts("snapshots"))
        with warehouse.connect() as conn:
            dataset = datasets.active(conn, domain)
            data = lineage.data_version(conn, dataset, lineage.training_window(domain, last))
            code, plan = lineage.code_version(), domain.plan
            model_id = lineage.short([dataset, data, code, repr(plan), *together.told(plan)])
            if models.exists(conn, model_id):
                context.log.info(f"{model_id} is trained already: the same data, code and plan")
                known = sources.shown(conn, store, "model", model_id)
                return _result(model_id, models.load(conn, model_id).metrics, known)
            learned = train(conn, domain, dataset, last)
            trained, rows = learned.model, learned.rows
            booster, metadata = trained.to_text()
            series = learned.frames["observations"]["series"].nunique()
            report = backtest.report(rows, total=domain.total)
            report["cost"] = cost.bill(learned.spent, series, booster)
            stored = models.StoredModel(
                model_id, trained.trained_from.date(), trained.trained_to.date(), data, code,
                booster, metadata, report, rows, dagster_run_id=context.run.run_id,
            )  # fmt: skip
            figure = plots.errors_by_hour(rows, domain.total)
            with conn.transaction():
                kept = sources.put(conn, store, learned.frames)
                where = {kind: store.where(each.sha256) for kind, each in kept.items()}
                run = _tell(context, tracking, workplace, domain, stored, figure, where)
                models.store(conn, dataset, replace(stored, mlflow_run_id=run), clock.now())
                if learned.judging and learners.of(plan).lesson:
                    judging.keep(conn, model_id, *learned.judging.to_text())
                sources.of_model(conn, model_id, learned.recipe, kept)
            known = sources.shown(conn, store, "model", model_id)
        shown = {"error by hour": plots.markdown(figure, "WAPE by hour beside the contenders")}
        return _result(model_id, report, shown | known | ({"MLflow run": run} if run else {}))

    return challenger


@dataclass(frozen=True)
class Learned:
    """A model, its rolling-origin rows and the model that was asked from their middle on, what it
    was made from, and what went into it."""

    model: learners.Model
    rows: pd.DataFrame
    judging: learners.Model | None
    recipe: Recipe
    frames: dict[str, pd.DataFrame]
    spent: cost.Spent


def train(conn: Connection, domain: Domain, dataset: str, last: date) -> Learned:
    """The model of everything known at the end of `last`."""
    known = observations.read(conn, dataset, last=last)
    calendar = covariates.read(conn, domain.name, "calendar")
    issued = weather.as_issued(conn, domain, _days_up_to(known, last))
    ahead = domain.plan.span(domain.plan.horizon).days
    many = ORIGINS + max(-(-ahead // EVERY) - 1, 0)  # so many also of the farthest horizon
    origins = [pd.Timestamp(last) - pd.Timedelta(days=EVERY * n) for n in range(many, 0, -1)]
    spent, fitted = cost.Spent(), dict[pd.Timestamp, learners.Model]()
    with spent.on("trial"):
        rows = backtest.backtest(
            known,
            calendar,
            plan=domain.plan,
            origins=origins,
            lag_days=domain.lateness.lag_days,
            hours=[slot.hour for slot in domain.cadence.slots],
            series=domain.series,
            total=domain.total,
            crowding=domain.levels,
            threads=settings().threads,
            weather=issued.weather,
            ahead=issued.ahead,
            keep=fitted.__setitem__,
        )
    plan, window = domain.plan, lineage.training_window(domain, last)
    with together.helped(plan) as grower:
        few = learning.few(plan, grower.most_rows if grower else learning.MOST_ROWS)
        table = features.read(conn, dataset, window, learning.phase(plan), few)
        with spent.on("learning"):
            recipe = Recipe.of(domain, settings().threads, grower)
            model = recipe.fit(table, known, grower)
    frames = {"features": table, "observations": known}
    return Learned(model, rows, fitted.get(origins[many // 2]), recipe, frames, spent)


def _days_up_to(known: pd.DataFrame, last: date) -> list[pd.Timestamp]:
    """Every day that a model of the backtest may learn from, or forecast after."""
    return [] if known.empty else list(pd.date_range(known.business_date.min(), last))


def _tell(
    context: dg.AssetExecutionContext,
    target: Tracking,
    workplace: Workplace,
    domain: Domain,
    stored: models.StoredModel,
    figure: Any,
    where: dict[str, str],
) -> str | None:
    """Record the training in MLflow. A record that fails is told and does not stop the platform."""
    import json

    address = target.target()
    if address is None:
        return None
    training = tracking.Training(
        domain=domain.name,
        model_id=stored.model_id,
        params=_plan(domain),
        metrics=told.metrics(stored.metrics),
        data_sha=stored.data_sha,
        tags={"dagster_run_id": context.run.run_id, "code_version": stored.code_version},
        texts={
            "model/booster.txt": stored.booster,
            "model/metadata.json": json.dumps(stored.metadata, ensure_ascii=False),
            "backtest.json": json.dumps(stored.metrics, indent=1),
            **told.texts(stored.metrics),
        },
        figures={"error_by_hour.png": figure},
        snapshots=where,
    )
    try:
        return tracking.log_training(address, workplace.artefacts("mlflow"), training)
    except Exception as error:  # noqa: BLE001 - any failure of the record; serving must not need it
        context.log.error(  # noqa: TRY400 - the cause is told; its trace says nothing of ours
            f"MLflow has no record of {stored.model_id}: {error}"
        )
        return None


def _plan(domain: Domain) -> dict[str, Any]:
    """The plan by dotted names."""
    plan = asdict(domain.plan)
    tuning = plan.pop("tuning")
    return {f"plan.{name}": value for name, value in plan.items()} | {
        f"plan.tuning.{name}": value for name, value in tuning.items()
    }


def _result(model_id: str, report: dict[str, Any], shown: dict[str, Any]) -> dg.MaterializeResult:
    """What the catalog shows of a model."""
    return dg.MaterializeResult(
        data_version=dg.DataVersion(model_id),
        metadata={
            "model": model_id,
            "WAPE": report["ours"]["wape"],
            "ratio to seasonal naive": report["ratio_vs_seasonal_naive"],
            "coverage of the 80 % interval": report["ours"]["coverage80"],
            **told.metadata(report),
            **shown,
        },
    )
