"""The contenders: every other forecast that ours is put beside, on the very same rows.
Each is given what was known at the origin and nothing else. No scoring here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seongsu_assets.domain import Plan
from seongsu_assets.forecasting import alone, baselines, grown, prior
from seongsu_assets.forecasting.baselines import KEYS
from seongsu_assets.plan import DAYS

Array = NDArray[np.float64]
Which = Literal["usual", "all"]

#: The hour of rows that are whole days.
WHOLE_DAY = -1
#: What a contender may be tuned to.
WEEKS = (4, 3, 6, 8)
ALPHAS = (0.3, 0.1, 0.2, 0.5)
PARTS = (0.7, 0.4, 1.0)
#: Rolling origins on which it is tuned: those of a year, or the choice follows the season, a week
#: apart or so many periods.
TUNED_DAYS, APART = 364, 4


def newest(origin: pd.Timestamp, plan: Plan, lag_days: int) -> pd.Timestamp:
    """The newest period whose actuals are known at `origin`."""
    return origin + plan.span(1 - lag_days)


@dataclass(frozen=True)
class Known:
    """What is known at an origin: `observations` (the total included) up to the newest day that
    the lag allows, and `features` of the origins up to this one."""

    origin: pd.Timestamp
    observations: pd.DataFrame
    features: pd.DataFrame
    calendar: pd.DataFrame
    plan: Plan
    lag_days: int
    total: str
    threads: int = 1

    @property
    def newest(self) -> pd.Timestamp:
        return newest(self.origin, self.plan, self.lag_days)

    @property
    def asked(self) -> pd.DataFrame:
        """The features of this origin."""
        return self.features[self.features["origin"] == self.origin]


#: A value for each row that is asked (origin, series, business_date, hour, horizon), the total
#: included; NaN where the contender has none.
Forecast = Callable[[Known, pd.DataFrame], Array]
#: Fitted once for several origins, as ours is.
Fit = Callable[[Known], Forecast]


def naive(known: Known) -> Forecast:
    """The same hour of the newest known same weekday."""
    del known  # nothing to fit

    def forecast(now: Known, rows: pd.DataFrame) -> Array:
        told = baselines.seasonal_naive(now.observations, rows, now.plan, lag_days=now.lag_days)
        return told.to_numpy(dtype=np.float64)

    return forecast


def last(known: Known) -> Forecast:
    """The newest value of all: what a random walk says."""
    del known  # nothing to fit

    def forecast(now: Known, rows: pd.DataFrame) -> Array:
        return _told(now, rows, np.expm1(now.asked["standing"].to_numpy(dtype=np.float64)))

    return forecast


def mean(known: Known) -> Forecast:
    """The mean of the last days of the type, as many as served best before."""

    def forecast(now: Known, rows: pd.DataFrame, of: float) -> Array:
        values = baselines.seasonal_mean(
            now.observations, now.calendar, rows, now.plan, lag_days=now.lag_days, of=int(of)
        )
        return values.to_numpy(dtype=np.float64)

    return _tuned(known, forecast, WEEKS)


def smoothing(known: Known) -> Forecast:
    """Exponential smoothing over the days of the type, as quick as served best before."""

    def forecast(now: Known, rows: pd.DataFrame, alpha: float) -> Array:
        values = baselines.smoothed(
            now.observations, now.calendar, rows, now.plan, lag_days=now.lag_days, alpha=alpha
        )
        return values.to_numpy(dtype=np.float64)

    return _tuned(known, forecast, ALPHAS)


def growth(known: Known) -> Forecast:
    """A cycle ago, grown by as much of the growth since as served best before."""

    def forecast(now: Known, rows: pd.DataFrame, part: float) -> Array:
        values = grown.seasonal_growth(
            now.observations, rows, now.plan, lag_days=now.lag_days, part=part
        )
        return values.to_numpy(dtype=np.float64)

    return _tuned(known, forecast, PARTS)


def _tuned(
    known: Known, forecast: Callable[[Known, pd.DataFrame, float], Array], choices: Sequence[float]
) -> Forecast:
    """The forecast with the choice whose error was least on rolling origins whose targets are all
    known by now; the first where none can be scored."""
    past = _past(known)
    errors = [_error(forecast(known, past, choice), past) for choice in choices]
    best = choices[int(np.argmin(errors))]
    return lambda now, rows: forecast(now, rows, best)


def _error(values: Array, rows: pd.DataFrame) -> float:
    """Mean absolute error where there is a forecast; infinite where there is none at all."""
    errors = np.abs(values - rows["value"].to_numpy(dtype=np.float64))
    known = np.isfinite(errors)
    return float(errors[known].mean()) if known.any() else float("inf")


def _past(known: Known) -> pd.DataFrame:
    """The rows of earlier origins, with the `value` that came."""
    horizons = range(1, known.plan.horizon + 1)
    last = known.newest - known.plan.span(known.plan.horizon)
    apart = max(known.plan.span(APART), pd.Timedelta(days=7))
    origins = pd.date_range(end=last, periods=TUNED_DAYS // apart.days, freq=apart)
    pairs = pd.MultiIndex.from_product([origins, horizons], names=["origin", "horizon"])
    days = pairs.to_frame(index=False)
    ahead = days["horizon"] * known.plan.step
    days["business_date"] = days["origin"] + pd.to_timedelta(ahead, unit="D")
    return days.merge(known.observations, on="business_date")


def dynamic(known: Known) -> Forecast:
    """The dynamic linear model: the feature `dynamic`, the log of one more than its people."""
    del known  # fitted where the features are made

    def forecast(now: Known, rows: pd.DataFrame) -> Array:
        return _told(now, rows, np.expm1(now.asked["dynamic"].to_numpy(dtype=np.float64)))

    return forecast


def lightgbm(known: Known) -> Forecast:
    """Trees on the same features, without what else our model has."""
    fitted = alone.fit(known.features, known.observations, known.plan, threads=known.threads)

    def forecast(now: Known, rows: pd.DataFrame) -> Array:
        return _told(now, rows, fitted.values(now.asked, now.threads))

    return forecast


def _told(now: Known, rows: pd.DataFrame, values: Array) -> Array:
    """The value of each asked row from those of the features' rows; the total is their sum."""
    names = [str(name) for name in rows["series"].unique()]
    series = [name for name in names if name != now.total] or names
    parts = now.asked[KEYS].assign(value=values)
    table = baselines.with_total(parts, series, now.total).set_index(KEYS)["value"]
    return table.reindex(pd.MultiIndex.from_frame(rows[KEYS])).to_numpy(dtype=np.float64)


def earlier(fit: Callable[[Array], prior.Prior]) -> Fit:
    """A model of the earlier systems: whole days of the total only, from the newest known day."""

    def fitted(known: Known) -> Forecast:
        model = fit(_totals(known))

        def forecast(now: Known, rows: pd.DataFrame) -> Array:
            steps = (rows["business_date"] - now.newest).dt.days.to_numpy()
            ahead = model.ahead(_totals(now), int(steps.max()))
            return np.where(rows["series"] == now.total, ahead[steps - 1], np.nan)

        return forecast

    return fitted


def _totals(known: Known) -> Array:
    """By row, as they did: a missing day is no row, and the next one takes its place."""
    rows = known.observations[known.observations["series"] == known.total]
    return rows.sort_values("business_date")["value"].to_numpy(dtype=np.float64)


#: Cheap, and on the table whenever ours is evaluated.
USUAL: dict[str, Fit] = {
    "seasonal_naive": naive, "seasonal_growth": growth, "seasonal_mean": mean, "last_value": last,
    "dynamic": dynamic,
}  # fmt: skip
COSTLY: dict[str, Fit] = {"smoothing": smoothing, "lightgbm": lightgbm}
WHOLE_DAYS_ONLY: dict[str, Fit] = {
    "prior_linear": earlier(prior.linear),
    "prior_rf": earlier(prior.forest),
    "prior_gbr": earlier(prior.boosting),
}
#: The column of the features that a contender is made of, where not all learners have it.
NEEDS = {"last_value": "standing", "dynamic": "dynamic", "lightgbm": "log_level"}
NAMES = (*USUAL, *COSTLY, *WHOLE_DAYS_ONLY)


def chosen(
    which: Which, features: pd.DataFrame, hours: Sequence[int], plan: Plan = DAYS
) -> dict[str, Fit]:
    """The contenders by name; those without a ground in these rows are left out."""
    wanted = USUAL if which == "usual" else USUAL | COSTLY
    if which == "all" and list(hours) == [WHOLE_DAY]:
        wanted = wanted | WHOLE_DAYS_ONLY
    return {
        name: fit
        for name, fit in wanted.items()
        if (name not in NEEDS or NEEDS[name] in features.columns)
        and (name != "seasonal_growth" or grown.applies(plan))
    }


def present(rows: pd.DataFrame) -> list[str]:
    """The contenders that scored rows have a column of, in the order of NAMES."""
    return [name for name in NAMES if name in rows.columns]
