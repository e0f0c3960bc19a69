"""The backtest: rolling origins, every contender on the same rows, nothing known too early.
No tuning, no storage, no printing."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from seongsu_assets.domain import Levels, Plan
from seongsu_assets.errors import NotEnoughHistory
from seongsu_assets.forecasting import baselines, features, levels, model, scores

KEYS = ["series", "business_date", "hour"]
BASELINES = ("seasonal_naive", "seasonal_mean")
#: The first origins have too little behind them to learn from.
WARM_UP_DAYS = 14


def backtest(
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
    retrain_every: int = 4,
    threads: int = 1,
    crowding: Levels | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    """One row per origin, series (the total too), date and hour at which the truth and every
    contender are known: truth, quantiles, seasonal_naive, seasonal_mean, horizon, day_type,
    scale, level and level_truth (total only). A model is fitted every so many origins.

    `weather` and `ahead` are those of `features.build`, `ahead` for the origins that are learned
    from too. Raises NotEnoughHistory when the first origin has too little behind it."""
    origins = sorted(pd.Timestamp(origin) for origin in origins)
    past = _past(observations, origins, plan)
    table = features.build(
        observations, calendar, plan, past, lag_days=lag_days, hours=hours, series=series,
        weather=weather, ahead=ahead,
    )  # fmt: skip
    everything = baselines.with_total(observations, series, total)
    answers: list[pd.DataFrame] = []
    fitted: model.Model | None = None
    for number, origin in enumerate(origins):
        newest = origin + pd.Timedelta(days=1 - lag_days)
        if fitted is None or number % retrain_every == 0:
            known = observations[observations["business_date"] <= newest]
            fitted = model.fit(
                table[table["origin"] <= origin], known, plan, total=total, threads=threads
            )
        answer = fitted.predict(table[table["origin"] == origin])
        seen = everything[everything["business_date"] <= newest]
        answers.append(_judged(answer, everything, seen, total, crowding or Levels()))
        if progress:
            progress(number + 1, len(origins))
    return _rows(pd.concat(answers, ignore_index=True), everything, calendar, lag_days)


def _past(
    observations: pd.DataFrame, origins: list[pd.Timestamp], plan: Plan
) -> list[pd.Timestamp]:
    """Every day from the first worth learning from to the last origin."""
    if observations.empty or not origins:
        raise NotEnoughHistory("nothing to backtest", remedy="load observations, name origins")
    first = observations["business_date"].min() + pd.Timedelta(days=WARM_UP_DAYS)
    first = max(first, origins[0] - pd.Timedelta(days=plan.train_days))
    return list(pd.date_range(min(first, origins[0]), origins[-1], freq="D"))


def _judged(
    answer: pd.DataFrame, everything: pd.DataFrame, seen: pd.DataFrame, total: str, crowd: Levels
) -> pd.DataFrame:
    """The answer with its truth, the seasonal step and the levels, by what was known then."""
    rows = answer.merge(everything.rename(columns={"value": "truth"}), on=KEYS, how="inner")
    rows["scale"] = rows["series"].map(_seasonal_steps(seen))
    cutoffs = levels.derive(seen[seen["series"] == total], crowd)
    whole = rows["series"] == total
    for name, column in (("level", "q50"), ("level_truth", "truth")):
        rows[name] = np.where(whole, levels.level(rows[column], cutoffs), -1)
    return rows


def _seasonal_steps(seen: pd.DataFrame) -> pd.Series:
    """Mean absolute difference from the week before, per series."""
    before = seen.assign(business_date=seen["business_date"] + pd.Timedelta(days=7))
    pairs = seen.merge(before, on=KEYS, suffixes=("", "_before"))
    step = (pairs["value"] - pairs["value_before"]).abs()
    return step.groupby(pairs["series"]).mean()


def _rows(
    answers: pd.DataFrame, everything: pd.DataFrame, calendar: pd.DataFrame, lag_days: int
) -> pd.DataFrame:
    answers["seasonal_naive"] = baselines.seasonal_naive(everything, answers, lag_days=lag_days)
    answers["seasonal_mean"] = baselines.seasonal_mean(
        everything, calendar, answers, lag_days=lag_days
    )
    types = calendar.set_index("business_date")["day_type"]
    answers["day_type"] = answers["business_date"].map(types)
    return answers.dropna(subset=["truth", *BASELINES]).reset_index(drop=True)


def report(rows: pd.DataFrame, *, total: str = "total") -> dict[str, Any]:
    """Headline figures of the total, by horizon and by day type, and of each series."""
    return {
        **_headline(rows[rows["series"] == total]),
        "by_series": {
            str(name): _figures(part) for name, part in rows.groupby("series") if name != total
        },
    }


def _headline(rows: pd.DataFrame) -> dict[str, Any]:
    answer: dict[str, Any] = _figures(rows)
    groups = {"by_horizon": "horizon", "by_day_type": "day_type"}
    for name, column in groups.items():
        answer[name] = {str(key): _figures(part) for key, part in rows.groupby(column)}
    return answer


def _figures(rows: pd.DataFrame) -> dict[str, Any]:
    """Every model's measures on the same rows."""
    measures = {
        "wape": scores.wape, "mae": scores.mae, "rmse": scores.rmse, "mase": scores.mase,
    }  # fmt: skip
    named = {"ours": "q50"} | {name: name for name in BASELINES}
    answer: dict[str, Any] = {"rows": len(rows)}
    for name, column in named.items():
        answer[name] = {key: measure(rows, column) for key, measure in measures.items()}
    answer["ours"] |= {
        "coverage80": scores.coverage(rows),
        "pinball": scores.pinball(rows, _quantiles(rows)),
    }
    if (rows["level"] >= 0).all():
        answer["ours"] |= scores.levels(rows, top=len(Levels().shares))
    for name in BASELINES:
        answer[f"ratio_vs_{name}"] = scores.ratio(rows, "q50", name)
    return answer


def _quantiles(rows: pd.DataFrame) -> list[float]:
    names = [str(name) for name in rows.columns]
    return [int(name[1:]) / 100 for name in names if name[0] == "q" and name[1:].isdigit()]
