"""The job that promotes a model by hand: a decision like any other, kept with who made it and why.
What the rule decides is in `champion`."""

from typing import cast

import dagster as dg

from seongsu_assets import clock
from seongsu_assets.assets.champion import crown, result
from seongsu_assets.domain import Domain
from seongsu_assets.errors import ModelError
from seongsu_assets.forecasting import learners
from seongsu_assets.forecasting.promotion import Decision
from seongsu_assets.incidents import links
from seongsu_assets.incidents.symptom import Symptom
from seongsu_assets.jobs import job_name
from seongsu_assets.resources import Tracking, Warehouse
from seongsu_assets.warehouse import by_hand, datasets, incidents, models
from seongsu_assets.warehouse.postgres import Connection

STAGE = "promote"


class Choice(dg.Config):
    """Which model, and why it."""

    model_id: str
    reason: str


def promoting(domain: Domain) -> dg.JobDefinition:
    """`{domain}_promote`: takes `model_id` and `reason`."""

    @dg.op(
        name=f"promote_{domain.name}",  # a code location holds one op of a name
        pool=f"{domain.name}_champion",
        tags={"domain": domain.name},
        description="keeps the decision, tells people, and moves MLflow's alias",
    )
    def promote(
        context: dg.OpExecutionContext, config: Choice, warehouse: Warehouse, tracking: Tracking
    ) -> None:
        with warehouse.connect() as conn:
            dataset = datasets.active(conn, domain)
            _examine(conn, config.model_id)
            before, reason = by_hand.promote(
                conn, dataset, config.model_id, config.reason, clock.now()
            )
            told = f"{config.model_id} in place of {before or 'nobody'}: {reason}"
            link = links.run(context.run_id)
            news = Symptom(domain.name, "champion_promoted", config.model_id, told, link=link)
            incidents.news(conn, news, clock.now())
        # of the context only the log is used
        crown(cast("dg.AssetExecutionContext", context), tracking, domain, config.model_id)
        decision = Decision("promote", reason, dict(by_hand.BY))
        made = result(config.model_id, before, config.model_id, decision)
        context.log_event(
            dg.AssetMaterialization(
                asset_key=[domain.name, "champion"],
                metadata=dict(made.metadata or {}),
                tags={"dagster/data_version": config.model_id},
            )
        )

    @dg.job(
        name=job_name(domain, STAGE),
        tags={"domain": domain.name},
        description="a model serves from the next issue on, by a decision made by hand",
    )
    def job() -> None:
        promote.alias(STAGE)()

    return job


def _examine(conn: Connection, model_id: str) -> None:
    """Raises ModelError for a model that could not serve: unknown, damaged, of another shape."""
    try:
        learners.read(*models.artefact(conn, model_id))
    except ModelError as error:
        raise ModelError(f"it cannot serve: {error}", remedy="choose another model") from error
