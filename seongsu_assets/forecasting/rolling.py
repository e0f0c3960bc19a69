"""The median of the total from rolling origins, for one tuning after another on the same features.
No search and no measure; the full evaluation is in `backtest`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from seongsu_assets.domain import Plan
from seongsu_assets.errors import NotEnoughHistory
from seongsu_assets.forecasting import baselines, features, learning, model, point
from seongsu_assets.forecasting.backtest import RETRAIN_EVERY
from seongsu_assets.forecasting.contenders import newest
from seongsu_assets.plan import Tuning

SLOT = ["series", "business_date", "hour"]
KEYS = ["origin", *SLOT]


@dataclass(frozen=True)
class Rolling:
    """Origins, the features up to the last of them, and `judged`: the rows of the total with
    `truth`, `seasonal_naive` and `horizon`."""

    plan: Plan
    origins: tuple[pd.Timestamp, ...]
    lag_days: int
    total: str
    threads: int
    observations: pd.DataFrame
    features: pd.DataFrame
    judged: pd.DataFrame

    def medians(self, tuning: Tuning) -> pd.DataFrame:
        """The judged rows with `q50` of models of this tuning; the same rows for every tuning."""
        plan = replace(self.plan, tuning=tuning)
        answers: list[pd.DataFrame] = []
        for start in range(0, len(self.origins), RETRAIN_EVERY):
            served = self.origins[start : start + RETRAIN_EVERY]
            known = newest(served[0], plan, self.lag_days)
            rows = learning.training(
                self.features[self.features["origin"] <= served[0]],
                self.observations[self.observations["business_date"] <= known],
                plan,
            )
            shape = point.Shape.of(rows, plan)
            fitted = point.fit(rows, shape, seed=0, threads=self.threads)  # a median has no range
            asked = self.features[self.features["origin"].isin(served)]
            answers.append(model.medians(fitted, asked, self.total))
        told = pd.concat(answers).rename(columns={"point": "q50"})
        return self.judged.merge(told[[*KEYS, "q50"]], on=KEYS)


def prepare(
    observations: pd.DataFrame,
    calendar: pd.DataFrame,
    *,
    plan: Plan,
    origins: Sequence[pd.Timestamp],
    lag_days: int,
    hours: Sequence[int],
    series: Sequence[str],
    total: str,
    weather: pd.DataFrame | None = None,
    ahead: pd.DataFrame | None = None,
    threads: int = 1,
) -> Rolling:
    """Everything that does not depend on the tuning; arguments are those of `backtest`. Raises
    NotEnoughHistory where no target of the origins is among the observations."""
    origins = sorted(origins)
    table = features.build(
        observations, calendar, plan, learning.days(observations, origins[0], origins[-1], plan),
        lag_days=lag_days, hours=hours, series=series, weather=weather, ahead=ahead,
    )  # fmt: skip
    whole = baselines.with_total(observations, series, total)
    judged = _judged(table[table["origin"].isin(origins)], whole[whole["series"] == total])
    judged["seasonal_naive"] = baselines.seasonal_naive(whole, judged, lag_days=lag_days)
    judged = judged.dropna(subset="seasonal_naive")
    if judged.empty:
        raise NotEnoughHistory(
            f"no target of the origins {origins[0]:%Y-%m-%d} to {origins[-1]:%Y-%m-%d} is known",
            remedy="name origins whose targets are known, and two weeks before them",
        )
    return Rolling(plan, tuple(origins), lag_days, total, threads, observations, table, judged)


def _judged(asked: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    """The asked slots of the total whose truth is known."""
    slots = asked[["origin", "business_date", "hour", "horizon"]].drop_duplicates()
    truth = whole.rename(columns={"value": "truth"})
    return slots.merge(truth, on=["business_date", "hour"])
