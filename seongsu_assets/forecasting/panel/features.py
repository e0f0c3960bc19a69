"""What was knowable at each origin about each slot of each series, for one model of them all.
No truth, no fitting, and nothing newer than the publication lag allows."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seongsu_assets.domain import Plan
from seongsu_assets.forecasting.panel import history
from seongsu_assets.forecasting.panel.history import History

Array = NDArray[np.float64]

KEYS = ("origin", "series", "business_date", "hour", "horizon")
#: `level` is a log; the others are differences from it, in logs.
LAGS = ("same_1", "same_2", "same_3", "same_4", "last", "last_2", "alike", "near", "wide", "around")
RECENT = ("growth", "newest_day", "newest_all", "shock", "shock_week", "size")
#: Of weeks there are too few: the trees would know each by what all series did in it.
RECENT_OF_WEEKS = ("growth", "growth_quarter", "growth_month", "growth_last", "size")
#: No season: of one year that was seen, the trees would make a rule of its months.
WHEN = ("weekday", "type")
WEATHER = ("rain", "snow", "cold", "heat")
#: So many equal periods say what is usual, the newest counting most: half as much each step older.
USUAL_OF, USUAL_HALF_LIFE = 8, 3.0
#: The last of the types that are working days.
WORKING = 4
#: Of what a series has grown since the cycle before, so much goes on.
GROWTH_PART = 0.6
#: No series grows more in a cycle than this, in logs: beyond it something else has happened.
MOST_GROWTH = 1.0


def names(plan: Plan, weather: bool = False) -> tuple[str, ...]:
    """The numeric columns of `build`, in order."""
    flags = history.flags(plan)
    flags += tuple(f"{name}_change" for name in flags)
    wet = tuple(f"{name}_{part}" for name in WEATHER for part in ("change", "target"))
    own = (*RECENT, *WHEN) if plan.step == 1 else RECENT_OF_WEEKS
    return ("level", *LAGS, *own, *flags, *(wet if weather else ()))


def build(
    observations: pd.DataFrame,
    calendar: pd.DataFrame,
    plan: Plan,
    origins: Sequence[pd.Timestamp],
    *,
    lag_days: int,
    hours: Sequence[int],
    series: Sequence[str],
    weather: pd.DataFrame | None = None,
    ahead: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """KEYS and `names(...)` as 32-bit floats. A slot without a level has no row: nothing is known
    of it lately, nor a cycle ago; nor has an origin before the first observation.
    Arguments as those of the dynamic learner's features."""
    begun = observations["business_date"].min()  # NaT where there is none: later than nothing
    origins = [origin for origin in origins if origin >= begun]
    if not origins:
        return pd.DataFrame(columns=[*KEYS, *names(plan, weather is not None)])
    known = history.arrange(observations, calendar, plan, origins, hours, series, weather)
    told = None if ahead is None else ahead.set_index(["origin", "business_date"])
    parts = [
        _origin(known, plan, origin, lag_days, hours, series, told) for origin in sorted(origins)
    ]
    return pd.concat(parts, ignore_index=True)


def _origin(
    known: History,
    plan: Plan,
    origin: pd.Timestamp,
    lag_days: int,
    hours: Sequence[int],
    series: Sequence[str],
    ahead: pd.DataFrame | None,
) -> pd.DataFrame:
    start = known.place(origin)
    newest = start + 1 - lag_days
    if plan.step > 1:
        newest = known.last_told(newest)
    # Where more is at hand too, so that it is the same whichever others it is made beside.
    oldest = max(start - plan.reach_days // plan.step, 0)
    seen = _Seen(known, plan, newest, oldest)
    columns = names(plan, known.weather is not None)
    horizons = np.arange(1, plan.horizon + 1)
    values = np.stack([seen.target(start + int(ahead_by)) for ahead_by in horizons])
    if known.weather is not None:
        values = np.concatenate(
            [values, _wet(known, seen, start, horizons, origin, ahead)], axis=-1
        )
    index = pd.MultiIndex.from_product(
        [[origin], horizons, series, hours], names=["origin", "horizon", "series", "hour"]
    )
    table = values.reshape(len(index), len(columns)).astype(np.float32)
    there = np.isfinite(table[:, 0])
    frame = pd.DataFrame(table[there], columns=pd.Index(columns))
    keys = index[there].to_frame(index=False)
    keys["business_date"] = origin + pd.to_timedelta(keys["horizon"] * plan.step, unit="D")
    return pd.concat([keys[list(KEYS)], frame], axis=1)


class _Seen:
    """What is known from the oldest period to the newest: means by slot that all targets share."""

    def __init__(self, known: History, plan: Plan, newest: int, oldest: int) -> None:
        self.known, self.cycle, self.newest, self.oldest = known, plan.cycle, newest, oldest
        near = plan.cycle if plan.step == 1 else 8
        self.near = self._mean(newest - near + 1, newest)
        self.wide = self._mean(newest - 4 * near + 1, newest)
        before = self._mean(newest - near + 1 - plan.cycle, newest - plan.cycle)
        self.growth = np.clip(self.near - before, -MOST_GROWTH, MOST_GROWTH)
        self.last = self._at(newest)
        self.wider = _known_mean(self.wide, axis=1, keepdims=True)
        self.recent = self._of_days(near) if plan.step == 1 else self._of_weeks()

    def _of_days(self, near: int) -> list[Array | float]:
        """`RECENT`."""
        changed = self.last - self.near
        newest_day = _known_mean(changed, axis=1, keepdims=True)
        lately = [self._surprise(self.newest - back) for back in range(min(near, 7))]
        return [
            self.growth, newest_day, _known_mean(changed), lately[0],
            _known_mean(np.array(lately)), self.wider,
        ]  # fmt: skip

    def _of_weeks(self) -> list[Array | float]:
        """`RECENT_OF_WEEKS`: each series against itself a cycle ago."""
        last = self.last - self._at(self.newest - self.cycle)
        return [self.growth, self._grown(13), self._grown(4), last, self.wider]

    def _grown(self, many: int) -> Array:
        """The mean of so many newest periods against that of the same ones a cycle ago, where both
        are known."""
        back = range(many)
        pairs = [self._at(self.newest - n) - self._at(self.newest - n - self.cycle) for n in back]
        return _known_mean(np.stack(pairs), axis=0)

    def target(self, place: int) -> Array:
        """The columns but weather for the period `place`: by series, hour and column."""
        cycles = -(-(place - self.newest) // self.cycle)
        same = [self._at(place - self.cycle * (cycles + more)) for more in range(4)]
        then = place - self.cycle * cycles
        level = self._level(place, same[0], then)
        around = self._mean(then - 1, then + 1)
        lags = [*same, self.last, self._at(self.newest - 1), self._alike(place, self.newest),
                self.near, self.wide, around]  # fmt: skip
        when = [self.known.dates[place].dayofweek, self.known.types[place]]
        flags = self.known.flags[place]
        past = self.known.flags[then] if then >= self.oldest else np.full_like(flags, np.nan)
        columns = [level, *(lag - level for lag in lags), *self.recent,
                   *(when if self.known.step == 1 else ()), *flags, *(flags - past)]  # fmt: skip
        return np.stack([np.broadcast_to(np.asarray(c), level.shape) for c in columns], axis=-1)

    def _level(self, place: int, same: Array, then: int) -> Array:
        """Days: what is usual on days of this type. Longer periods: that of a cycle ago, grown, and
        where there was none what was usual lately."""
        if self.known.step == 1:
            usual = self._usual(place)
            return np.where(np.isfinite(usual), usual, self.near)
        before = self._alike_before(place, same, then)
        around = self._mean(then - 1, then + 1)
        found = np.where(np.isfinite(before), before, around)
        grown = found + GROWTH_PART * np.nan_to_num(self.growth)
        return np.where(np.isfinite(grown), grown, self.near)

    def _alike_before(self, place: int, same: Array, then: int) -> Array:
        """A cycle ago, or where a moving holiday was in one of the two alone: the newest period
        that had it, or the neighbours that had none."""
        types = self.known.types
        if then < self.oldest or types[place] == types[then]:
            return same
        if types[place]:
            there = np.flatnonzero(types[self.oldest : self.newest + 1] == types[place])
            return self._at(self.oldest + int(there[-1])) if len(there) else same
        there = [each for each in (then - 1, then + 1) if each >= self.oldest]
        beside = [self._at(each) for each in there if types[each] == 0]
        return _known_mean(np.stack(beside), axis=0) if beside else same

    def _usual(self, place: int) -> Array:
        """The mean of the newest periods of the type of `place`."""
        return self._newest(self.known.types[: self.newest + 1] == self.known.types[place])

    def _alike(self, place: int, newest: int) -> Array:
        """The mean of the newest periods up to `newest` of the class of `place`: all working days
        are one, so that it is fresher than what is usual."""
        classes = np.maximum(self.known.types, WORKING)
        return self._newest(classes[: newest + 1] == classes[place])

    def _newest(self, wanted: NDArray[np.bool_]) -> Array:
        chosen = np.flatnonzero(wanted)
        chosen = chosen[chosen >= self.oldest][-USUAL_OF:][::-1]
        if not len(chosen):
            return np.full(self.known.logs.shape[1:], np.nan)
        logs = self.known.logs[chosen]
        weight = 0.5 ** (np.arange(len(chosen)) / USUAL_HALF_LIFE)[:, None, None]
        there = np.isfinite(logs)
        total = (there * weight).sum(axis=0)
        summed = (np.where(there, logs, 0.0) * weight).sum(axis=0)
        return np.divide(summed, total, out=np.full_like(total, np.nan), where=total > 0)

    def _surprise(self, place: int) -> float:
        """How far all series were from their usual on one day, by what was known the day before."""
        if place <= self.oldest:
            return np.nan
        return float(_known_mean(self.known.logs[place] - self._alike(place, place - 1)))

    def _at(self, place: int) -> Array:
        inside = self.oldest <= place <= self.newest
        return self.known.logs[place] if inside else np.full(self.known.logs.shape[1:], np.nan)

    def _mean(self, first: int, last: int) -> Array:
        span = self.known.logs[max(first, self.oldest) : max(min(last, self.newest) + 1, 0)]
        return _known_mean(span, axis=0)


def _known_mean(values: Array, axis: int | None = None, *, keepdims: bool = False) -> Array:
    """The mean of what is known; NaN where nothing is."""
    there = np.isfinite(values)
    count = there.sum(axis=axis, keepdims=keepdims)
    total = np.where(there, values, 0.0).sum(axis=axis, keepdims=keepdims)
    empty = np.full(np.shape(count), np.nan)
    return np.divide(total, count, out=empty, where=count > 0)


def _wet(
    known: History,
    seen: _Seen,
    start: int,
    horizons: NDArray[np.int64],
    origin: pd.Timestamp,
    ahead: pd.DataFrame | None,
) -> Array:
    """Readings of the targets: the change against lately, and the reading. Unknown is as lately."""
    from seongsu_assets.forecasting import days

    assert known.weather is not None
    lately = _known_mean(known.weather[max(seen.newest - 27, 0) : seen.newest + 1], axis=0)
    targets = known.dates[start + horizons]
    if ahead is None:
        told = known.weather[start + horizons]
    else:
        asked = pd.MultiIndex.from_arrays([[origin] * len(targets), targets])
        told = days.readings_of(ahead.reindex(asked))
    told = np.where(np.isfinite(told), told, lately)
    both = np.stack([told - lately, told], axis=-1).reshape(len(horizons), -1)
    shape = (len(horizons), *known.logs.shape[1:], both.shape[-1])
    return np.broadcast_to(both[:, None, None, :], shape)
