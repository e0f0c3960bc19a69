"""`champion`: the decision who serves, always made and always kept, also when nothing changes.
The rule is in `forecasting.promotion`; what it is told is gathered in `trial`."""

import dagster as dg
import pandas as pd

from seongsu_assets import clock, tracking
from seongsu_assets.assets.node import asset, preview
from seongsu_assets.assets.trial import Court
from seongsu_assets.domain import Domain
from seongsu_assets.errors import ModelError
from seongsu_assets.forecasting.promotion import Decision
from seongsu_assets.incidents import links
from seongsu_assets.incidents.symptom import Symptom
from seongsu_assets.resources import Tracking, Warehouse
from seongsu_assets.warehouse import datasets, incidents, models

#: What a decision is called when people are told of it.
NEWS = {
    "first": "champion_promoted",
    "promote": "champion_promoted",
    "keep": "challenger_kept",
    "reject": "challenger_rejected",
}


def champion(domain: Domain) -> dg.AssetsDefinition:
    """Who serves."""

    @asset(
        domain,
        "champion",
        "mlflow",
        deps=[[domain.name, "challenger"]],
        pool=f"{domain.name}_champion",
    )
    def champion(
        context: dg.AssetExecutionContext, warehouse: Warehouse, tracking: Tracking
    ) -> dg.MaterializeResult:
        """The decision: promote, keep or reject the challenger, with the reason and its inputs."""
        with warehouse.connect() as conn:
            dataset = datasets.active(conn, domain)
            challenger = models.newest(conn, dataset)
            if challenger is None:
                raise ModelError(
                    "there is no challenger", remedy=f"train one: `seongsu run {domain.name}`"
                )
            before = next(iter(models.champions(conn, dataset)), None)
            known = models.decided(conn, dataset, challenger)
            if known is None:
                decision = Court(conn, domain, dataset).judge(challenger, before)
                models.decide(
                    conn, dataset, challenger=challenger, champion=before, outcome=decision.outcome,
                    reason=decision.reason, inputs=decision.inputs, now=clock.now(),
                )  # fmt: skip
            else:
                decision = Decision(*known, inputs={})  # type: ignore[arg-type]
            serving = next(iter(models.champions(conn, dataset)), None)
            told = f"{challenger} against {before or 'nobody'}: {decision.reason}"
            link = links.run(context.run.run_id)
            news = Symptom(domain.name, NEWS[decision.outcome], challenger, told, link=link)
            incidents.news(conn, news, clock.now())
        if serving == challenger:
            crown(context, tracking, domain, challenger)
        return result(challenger, before, serving, decision)

    return champion


def crown(
    context: dg.AssetExecutionContext, target: Tracking, domain: Domain, model_id: str
) -> None:
    """Move MLflow's alias. A record that fails is told and does not stop the platform."""
    address = target.target()
    if address is None:
        return
    try:
        tracking.crown(address, domain.name, model_id)
    except Exception as error:  # noqa: BLE001 - any failure of the record; serving must not need it
        context.log.error(  # noqa: TRY400 - the cause is told; its trace says nothing of ours
            f"MLflow does not know that {model_id} is champion: {error}"
        )


def result(
    challenger: str, before: str | None, serving: str | None, decision: Decision
) -> dg.MaterializeResult:
    """What the catalog shows of a decision."""
    inputs = decision.inputs
    told = pd.DataFrame({"input": list(inputs), "value": [str(value) for value in inputs.values()]})
    return dg.MaterializeResult(
        data_version=dg.DataVersion(serving or "none"),
        metadata={
            "decision": decision.outcome,
            "reason": decision.reason,
            "serving": serving or "none: the usual profile",
            "challenger": challenger,
            "champion before": before or "none",
            "inputs": preview(told),
        },
    )
