"""`champion`: the decision who serves, always made and always kept, also when nothing changes.
The rule is in `forecasting.promotion`; here both sides are put on the same rows."""

from dataclasses import replace

import dagster as dg
import pandas as pd

from seongsu_assets import clock, tracking
from seongsu_assets.assets.node import asset, preview
from seongsu_assets.domain import Domain, Window
from seongsu_assets.errors import ModelError
from seongsu_assets.forecasting import model, promotion
from seongsu_assets.forecasting.promotion import Decision, Scores, Thresholds
from seongsu_assets.resources import Tracking, Warehouse
from seongsu_assets.warehouse import datasets, features, models
from seongsu_assets.warehouse.postgres import Connection

#: A champion is compared only over days it never learned from, and over at least so many.
UNSEEN_DAYS = 14


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
                decision = judge(conn, domain, dataset, challenger, before)
                models.decide(
                    conn, dataset, challenger=challenger, champion=before, outcome=decision.outcome,
                    reason=decision.reason, inputs=decision.inputs, now=clock.now(),
                )  # fmt: skip
            else:
                decision = Decision(*known, inputs={})  # type: ignore[arg-type]
            serving = next(iter(models.champions(conn, dataset)), None)
        if serving == challenger:
            crown(context, tracking, domain, challenger)
        return result(challenger, before, serving, decision)

    return champion


def judge(
    conn: Connection, domain: Domain, dataset: str, challenger: str, champion: str | None
) -> Decision:
    """Both scored on the same rows: rolling origins that the champion never learned from."""
    rows = models.load(conn, challenger).evaluation
    own = rows[rows.series == domain.total]
    if champion is None:
        return promotion.decide(Scores(challenger, own), None, Thresholds())
    stored = models.load(conn, champion)
    unseen = own[own.origin >= pd.Timestamp(stored.trained_to)]
    days = int(unseen.business_date.nunique())
    if days < UNSEEN_DAYS:
        reason = f"{days} days since the champion was trained, {UNSEEN_DAYS} are needed to compare"
        return Decision("keep", reason, {"unseen_days": days})
    try:
        theirs = _answers(conn, dataset, stored, unseen)
    except ModelError as error:
        alone = promotion.decide(Scores(challenger, own), None, Thresholds())
        return replace(alone, reason=f"the champion cannot be scored ({error}); {alone.reason}")
    return promotion.decide(Scores(challenger, unseen), Scores(champion, theirs), Thresholds())


def _answers(
    conn: Connection, dataset: str, stored: models.StoredModel, unseen: pd.DataFrame
) -> pd.DataFrame:
    """The champion's quantiles on the rows of `unseen`, from the features of the same origins."""
    champion = model.Model.from_text(stored.booster, stored.metadata)
    origins = unseen.origin.unique()
    window = Window(unseen.origin.min().date(), unseen.origin.max().date())
    held = features.read(conn, dataset, window)
    answer = champion.predict(held[held.origin.isin(origins)])
    quantiles = [name for name in answer.columns if name[0] == "q" and name[1:].isdigit()]
    return unseen.drop(columns=quantiles).merge(
        answer[[*promotion.KEYS, *quantiles]], on=promotion.KEYS, validate="one_to_one"
    )


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
