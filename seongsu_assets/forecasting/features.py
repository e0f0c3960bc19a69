"""The training and prediction table: what was knowable at each origin about each target hour.
No truth, no fitting, and nothing newer than the publication lag allows."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seongsu_assets.domain import Plan
from seongsu_assets.forecasting import attribution, days, dynamic, kinds, recent, shift
from seongsu_assets.forecasting.days import Days
from seongsu_assets.forecasting.recent import Recent

Array = NDArray[np.float64]

#: Origins worked on at once; bounds memory, changes no value.
BATCH = 64
KEYS = ("origin", "series", "business_date", "hour", "horizon")
#: Measured from recent days, hour by hour.
RECENT = (
    "log_level", "support", "fast", "slow", "pool", "same_1", "same_2",
    "shock_hour", "shock_class_hour",
)  # fmt: skip
#: Of the dynamic model: log(1 + value), and the standard deviation of the day's log.
DYNAMIC = ("dynamic", "dynamic_spread")
#: What the dynamic model says, and what of it is whose.
FOLLOWED = (*DYNAMIC, *(f"dynamic_{name}" for name in attribution.PARTS))
#: The log of the usual level over all weekdays, and of the target's own weekday.
USUAL = ("week_level", "own_level")
#: For the explanation alone: no model learns from these.
EXPLAINING = (*FOLLOWED[len(DYNAMIC) :], *USUAL)
#: The same for all hours and series of a target day.
RECENT_DAY = (
    "day_fast", "day_slow", "day_same_1", "day_same_2", "day_shock", "day_shock_class",
    "day_shock_other", "day_newest",
)  # fmt: skip
SEASON = ("sin_1", "cos_1", "sin_2", "cos_2", "christmas")
WEATHER = ("rain", "snow", "cold", "heat")
#: More than this part of the level's days must have known weather before a target's says anything:
#: where it is only beginning to be known, a few days would be taken for the season.
MOSTLY = 0.5


def names(plan: Plan, weather: bool = False) -> tuple[str, ...]:
    """The numeric columns of `build`, in order."""
    del plan  # one table for every plan so far
    wet = tuple(f"{name}_{part}" for name in WEATHER for part in ("change", "target"))
    season = tuple(f"{name}_change" for name in SEASON) + SEASON
    return FOLLOWED + USUAL + RECENT + RECENT_DAY + season + kinds.NAMES + (wet if weather else ())


def build(
    observations: pd.DataFrame,
    calendar: pd.DataFrame,
    domain_plan: Plan,
    origins: Sequence[pd.Timestamp],
    *,
    lag_days: int,
    hours: Sequence[int],
    series: Sequence[str],
    weather: pd.DataFrame | None = None,
    ahead: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row per origin, series, target date and hour, with `horizon` and `names(...)`.

    Origin D is the last day before the first target; the newest actual used is that of day
    D + 1 - `lag_days`; levels and shocks look back `look_back_days`, the dynamic model
    `memory_years`. A slot of which the look-back knows nothing has no row.

    `weather` has a row per business_date. With `ahead` (a row per origin and business_date) that
    of the targets is taken from there alone: what was forecast then; see `issued`. Weather that is
    not known says nothing: a target's counts as the level's, also while too little of the level's
    is known. Raises NotEnoughHistory when the calendar does not cover look-back and targets."""
    known = days.arrange(
        observations, calendar, domain_plan, origins, hours, series, weather, ahead
    )
    columns = names(domain_plan, weather is not None)  # of origin, horizon, series, hour
    shape = (len(origins), domain_plan.horizon, len(series), len(hours), len(columns))
    values = np.full(shape, np.nan)
    for chosen, seen, first in _as_seen(known, domain_plan, origins, lag_days):
        asked = [origins[int(place)] for place in chosen]
        parts = [_batch(seen, domain_plan, batch, lag_days=lag_days) for batch in _batches(asked)]
        followed = _dynamic(seen.since(first), domain_plan, asked, lag_days=lag_days)
        values[chosen] = np.concatenate([followed, np.concatenate(parts, axis=0)], axis=-1)
    index = pd.MultiIndex.from_product(
        [pd.DatetimeIndex(list(origins)), range(1, domain_plan.horizon + 1), series, hours],
        names=["origin", "horizon", "series", "hour"],
    )
    frame = pd.DataFrame(values.reshape(len(index), len(columns)), index=index, columns=columns)
    frame = frame.reset_index()
    frame["business_date"] = frame["origin"] + pd.to_timedelta(frame["horizon"], unit="D")
    return frame.loc[frame["log_level"].notna(), [*KEYS, *columns]].reset_index(drop=True)


def _batches(origins: Sequence[pd.Timestamp]) -> Iterator[Sequence[pd.Timestamp]]:
    for start in range(0, len(origins), BATCH):
        yield origins[start : start + BATCH]


def _batch(known: Days, plan: Plan, origins: Sequence[pd.Timestamp], *, lag_days: int) -> Array:
    """Feature values by origin, horizon, series, hour and column."""
    starts = np.array([known.place(origin) for origin in origins])
    window = _window(known, starts, plan, lag_days)
    now = recent.summarise(window)
    targets = starts[:, None] + np.arange(1, plan.horizon + 1)
    slots = known.logs.shape[1:]
    hourly = _hourly(known, now, window, targets)
    daily = np.concatenate(
        [_daily(known, now, window, targets), _season(known, now, targets), known.kinds[targets]]
        + ([] if known.weather is None else [_wet(known, now, targets)]),
        axis=-1,
    )
    spread = np.broadcast_to(daily[:, :, None, None], (*targets.shape, *slots, daily.shape[-1]))
    return np.concatenate([hourly, spread], axis=-1)


def _as_seen(
    known: Days, plan: Plan, origins: Sequence[pd.Timestamp], lag_days: int
) -> Iterator[tuple[NDArray[np.int64], Days, int]]:
    """Places in `origins`, the days at the level that all of them know, and the place of the first
    that they remember. Origins of a year share one memory, so that an origin says the same to the
    bit, whatever others it is asked with."""
    years = np.array([origin.year for origin in origins])
    # The season before the first observation is nothing to remember either.
    oldest = int(np.argmax(np.isfinite(known.logs).any(axis=(1, 2))))
    for year in np.unique(years):
        chosen = np.flatnonzero(years == year)
        start = max(known.place(days.memory_start(origins[int(chosen[0])], plan)), 0)
        start = max(start, min(oldest, *(known.place(origins[int(each)]) for each in chosen)))
        remembered = known.since(start)
        slots = remembered.logs.reshape(len(remembered.logs), -1)
        shifts = shift.find(dynamic.day_totals(slots), remembered.dow, remembered.ordinary)
        newest = [remembered.place(origins[int(place)]) + 1 - lag_days for place in chosen]
        told = np.array([sum(each.known <= day for each in shifts) for day in newest])
        for many in np.unique(told):
            yield chosen[told == many], known.at_level(shifts[:many], start), start


def _dynamic(known: Days, plan: Plan, origins: Sequence[pd.Timestamp], *, lag_days: int) -> Array:
    """`FOLLOWED` by origin, horizon, series and hour."""
    places = np.array([known.place(origin) for origin in origins])
    logs, spread, parts = dynamic.forecast(known, places, plan.horizon, lag_days)
    answer = np.full((*logs.shape, len(FOLLOWED)), np.nan)
    answer[..., 0] = logs
    answer[..., 1] = spread[:, :, None, None]
    answer[..., 2:] = parts
    return answer


def _window(known: Days, starts: NDArray[np.int64], plan: Plan, lag_days: int) -> recent.Window:
    back = np.arange(-plan.look_back_days, 1 - lag_days + 1)
    place = starts[:, None] + back
    regressors = known.season
    if known.weather is not None:
        regressors = np.hstack([regressors, known.weather, np.isfinite(known.weather)])
    return recent.Window(
        logs=known.logs[place],
        dow=known.dow[place],
        ordinary=known.ordinary[place],
        regressors=regressors[place],
        age=-back.astype(float),
    )


def _mix(values: Array, known: Days, targets: NDArray[np.int64]) -> Array:
    """Values by (origin, weekday, ...) for each target: its own weekday, or half Saturday half
    Sunday where a working day by name is a day off."""
    place = np.arange(len(targets))[:, None]
    own = values[place, known.dow[targets]]
    halves = ((values[:, 5] + values[:, 6]) / 2)[:, None]
    moved = known.weekend_like[targets] & (known.dow[targets] < 5)  # noqa: PLR2004 - a working day
    moved |= known.kinds[targets][..., kinds.NAMES.index("is_festival")] > 0
    return np.where(moved.reshape(*moved.shape, *(1,) * (own.ndim - 2)), halves, own)


def _same(residuals: Array, window: recent.Window, targets: NDArray[np.int64], weeks: int) -> Array:
    """The residual of the same weekday, the given number of known weeks ago; zero if unknown."""
    newest = window.age[-1]
    horizon = np.arange(1, targets.shape[1] + 1)
    back = horizon - 7 * (np.ceil((horizon + newest) / 7) + weeks - 1)  # days before the origin
    place = (len(window.age) - 1 + newest + back).astype(int)
    return np.nan_to_num(residuals[:, place])


def _hourly(known: Days, now: Recent, window: recent.Window, targets: NDArray[np.int64]) -> Array:
    usual = _mix(now.levels["usual"], known, targets)
    weekend = known.weekend_like[targets].astype(int)
    place = np.arange(len(targets))[:, None]
    own_class = np.where(
        recent.WEEKEND[None, :, None, None],
        now.levels["usual"][:, recent.WEEKEND].mean(axis=1, keepdims=True),
        now.levels["usual"][:, ~recent.WEEKEND].mean(axis=1, keepdims=True),
    )
    support = np.broadcast_to(_mix(now.support, known, targets)[:, :, None, None], usual.shape)
    shock = np.broadcast_to(now.shock_hour[:, None], usual.shape)
    own = now.levels["usual"][place, known.dow[targets]]
    week = recent.mean(now.levels["usual"], np.ones(1), axis=1)[:, None]
    columns = [
        np.broadcast_to(week, usual.shape),
        np.where(np.isfinite(own), own, usual),
        usual,
        support,
        _mix(now.levels["fast"], known, targets) - usual,
        _mix(now.levels["slow"], known, targets) - usual,
        _mix(own_class, known, targets) - usual,
        _same(now.residuals, window, targets, 1),
        _same(now.residuals, window, targets, 2),
        shock,
        now.shock_class_hour[place, weekend],
    ]
    return np.stack(columns, axis=-1)


def _daily(known: Days, now: Recent, window: recent.Window, targets: NDArray[np.int64]) -> Array:
    place = np.arange(len(targets))[:, None]
    weekend = known.weekend_like[targets].astype(int)
    usual = _mix(now.levels["usual"], known, targets)
    share = _mix(now.share, known, targets)
    change = [
        recent.mean(_mix(now.levels[name], known, targets) - usual, share, axis=(2, 3))
        for name in ("fast", "slow")
    ]
    columns = [
        *change,
        _same(now.day_residuals, window, targets, 1),
        _same(now.day_residuals, window, targets, 2),
        np.broadcast_to(now.day_shock[:, None], targets.shape),
        now.day_shock_class[place, weekend],
        now.day_shock_class[place, 1 - weekend],
        np.broadcast_to(np.nan_to_num(now.day_residuals[:, -1:]), targets.shape),
    ]
    return np.stack(columns, axis=-1)


def _season(known: Days, now: Recent, targets: NDArray[np.int64]) -> Array:
    level = _mix(now.regressors[..., : len(SEASON)], known, targets)
    return np.concatenate([known.season[targets] - level, known.season[targets]], axis=-1)


def _wet(known: Days, now: Recent, targets: NDArray[np.int64]) -> Array:
    """Each weather column as its change against the days of the level, and as it is."""
    means = _mix(now.regressors[..., len(SEASON) :], known, targets)
    level, part_known = np.nan_to_num(means[..., : len(WEATHER)]), means[..., len(WEATHER) :]
    target = known.weather_of(targets)
    target = np.where(np.isfinite(target) & (part_known > MOSTLY), target, level)
    return np.stack([target - level, target], axis=-1).reshape(*target.shape[:2], -1)
