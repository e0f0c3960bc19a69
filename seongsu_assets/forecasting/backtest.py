"""The backtest: rolling origins, every contender on the same rows, nothing known too early.
No tuning of ours, no storage, no printing; `report` is in `figures`."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from seongsu_assets.domain import Levels, Plan
from seongsu_assets.errors import NotEnoughHistory
from seongsu_assets.forecasting import baselines, contenders, learners, learning, levels
from seongsu_assets.forecasting.contenders import Known, newest
from seongsu_assets.forecasting.figures import report

__all__ = ["backtest", "report"]

KEYS = ["series", "business_date", "hour"]
#: Whose levels are told of the total, by the column that they are read off.
LEVELS = {"level": "q50", "level_naive": "seasonal_naive", "level_truth": "truth"}
#: A model serves so many origins.
RETRAIN_EVERY = 4


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
    retrain_every: int = RETRAIN_EVERY,
    threads: int = 1,
    crowding: Levels | None = None,
    which: contenders.Which = "usual",
    progress: Callable[[int, int], None] | None = None,
    keep: Callable[[pd.Timestamp, learners.Model], object] | None = None,
) -> pd.DataFrame:
    """One row per origin, series (the total too), date and hour at which the truth and every usual
    contender are known: truth, quantiles, a column per contender, horizon, day_type, scale, and
    (of the total) level, level_naive and level_truth. Models are fitted every so many origins.

    `weather` and `ahead` are those of `features.build`, `ahead` for the origins that are learned
    from too. `keep` is given each model and the origin it is fitted at. Raises NotEnoughHistory
    when the first origin has too little behind it."""
    origins = sorted(pd.Timestamp(origin) for origin in origins)
    if observations.empty or not origins:
        raise NotEnoughHistory("nothing to backtest", remedy="load observations, name origins")
    past = learning.needed(observations, origins, plan)
    members = series or sorted(map(str, observations["series"].unique()))
    learner = learners.of(plan)
    table = learner.build(
        observations, calendar, plan, past, lag_days=lag_days, hours=hours, series=members,
        weather=weather, ahead=ahead,
    )  # fmt: skip
    assert table["origin"].is_monotonic_increasing, "`_until` cuts it as it stands"
    everything = baselines.with_total(observations, series, total)
    others = contenders.chosen(which, table, hours, plan)
    answers: list[pd.DataFrame] = []
    forecasts: dict[str, contenders.Forecast] = {}
    fitted: learners.Model | None = None
    for number, origin in enumerate(origins):
        known = Known(
            origin, everything[everything["business_date"] <= newest(origin, plan, lag_days)],
            _until(table, origin), calendar, plan, lag_days, total, threads,
        )  # fmt: skip
        if fitted is None or number % retrain_every == 0:
            learned = observations[observations["business_date"] <= known.newest]
            fitted = learner.fit(known.features, learned, plan, total=total, threads=threads)
            forecasts = {name: fit(known) for name, fit in others.items()}
            if keep:
                keep(origin, fitted)
        rows = fitted.predict(known.asked)
        for name, forecast in forecasts.items():
            rows[name] = forecast(known, rows)
        answers.append(_judged(rows, everything, known, crowding or Levels()))
        if progress:
            progress(number + 1, len(origins))
    return _rows(pd.concat(answers, ignore_index=True), calendar, plan)


def _types(calendar: pd.DataFrame, plan: Plan) -> pd.Series:
    """What a period is called: the type of the day, or whether the week has a holiday."""
    types = calendar.set_index("business_date")["day_type"]
    if plan.step == 1:
        return types
    holiday = types.eq("holiday")[::-1].rolling(plan.step, min_periods=1).max()[::-1]
    return holiday.map({1.0: "with a holiday", 0.0: "without"})


def _until(table: pd.DataFrame, origin: pd.Timestamp) -> pd.DataFrame:
    """The features of the origins up to this one, without a copy: they are in order."""
    return table.iloc[: table["origin"].searchsorted(origin, side="right")]


def _judged(
    answer: pd.DataFrame, everything: pd.DataFrame, known: Known, crowding: Levels
) -> pd.DataFrame:
    """The answer with its truth, the seasonal step and the levels, by what was known then."""
    rows = answer.merge(everything.rename(columns={"value": "truth"}), on=KEYS, how="inner")
    seen = known.observations
    rows["scale"] = rows["series"].map(_seasonal_steps(seen, known.plan))
    cutoffs = levels.derive(seen[seen["series"] == known.total], crowding)
    whole = rows["series"] == known.total
    for name, column in LEVELS.items():
        rows[name] = np.where(whole, levels.level(rows[column], cutoffs), -1)
    return rows


def _seasonal_steps(seen: pd.DataFrame, plan: Plan) -> pd.Series:
    """Mean absolute difference from the cycle before, per series."""
    before = seen.assign(business_date=seen["business_date"] + plan.span(plan.cycle))
    pairs = seen.merge(before, on=KEYS, suffixes=("", "_before"))
    step = (pairs["value"] - pairs["value_before"]).abs()
    return step.groupby(pairs["series"]).mean()


def _rows(answers: pd.DataFrame, calendar: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """The rows that every usual contender has, so that all are judged by the same."""
    answers["day_type"] = answers["business_date"].map(_types(calendar, plan))
    needed = [name for name in contenders.present(answers) if name in contenders.USUAL]
    return answers.dropna(subset=["truth", *needed]).reset_index(drop=True)
