"""How far forecasts were from what came, as shares: of a span of days, by horizon, of one day.
No texts and no database; the sums come from the warehouse."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import pandas as pd

#: Of ten forecast ranges so many should hold what came.
PROMISED = 0.8
#: Between these shares a range keeps its promise, by chance and by eight weeks with a holiday in
#: them: the same that a model is held to before it serves.
TOO_NARROW, TOO_WIDE = 0.70, 0.92
#: With fewer of its hours inside, a day was no more right than wrong.
HALF = 0.5


@dataclass(frozen=True)
class Score:
    """Errors as shares of the people who came, over `forecasts` of `days` days. `naive` is what
    last week's same weekday would have had on the same hours; `hits` is None without levels."""

    days: int
    forecasts: int
    wape: float
    naive: float
    inside: float
    hits: float | None

    @property
    def promise(self) -> Literal["kept", "narrow", "wide"]:
        """Whether the range held as often as it says."""
        if self.inside < TOO_NARROW:
            return "narrow"
        return "wide" if self.inside > TOO_WIDE else "kept"


def score(daily: pd.DataFrame) -> Score | None:
    """The score of rows of `accuracy`; None where nobody came or nothing was scored."""
    if daily.empty or not float(daily["observed"].sum()):
        return None
    total = daily.drop(columns="business_date").astype(float).sum()
    levels = total["level_hours"]
    return Score(
        days=int(daily["business_date"].nunique()),
        forecasts=int(total["hours"]),
        wape=total["absolute_error"] / total["observed"],
        naive=total["naive_absolute_error"] / total["observed"],
        inside=total["inside"] / total["hours"],
        hits=total["level_hits"] / levels if levels else None,
    )


def newest(daily: pd.DataFrame, days: int) -> pd.DataFrame:
    """The rows of the last `days` days up to the newest scored one."""
    if daily.empty:
        return daily
    first = daily["business_date"].max() - timedelta(days=days - 1)
    return daily[daily["business_date"] >= first]


def by_horizon(daily: pd.DataFrame) -> dict[int, Score]:
    """The score of each horizon that has one, the nearest first."""
    found = {int(str(ahead)): score(rows) for ahead, rows in daily.groupby("horizon")}
    return {ahead: each for ahead, each in sorted(found.items()) if each is not None}


@dataclass(frozen=True)
class DayScore:
    """One day, hour by hour: `hours` of them, the one that was furthest off, and what the same
    hours a week before would have been off by (None where they are not known)."""

    day: date
    hours: int
    wape: float
    naive: float | None
    inside: int
    level_hours: int
    level_hits: int
    worst: int

    @property
    def verdict(self) -> Literal["yes", "partly", "no"]:
        """As many hours inside as was promised, at least half, or fewer."""
        share = self.inside / self.hours
        return "yes" if share >= PROMISED else "partly" if share >= HALF else "no"


def of_day(hours: pd.DataFrame, day: date) -> DayScore | None:
    """The score of `day` by rows of `recent`; None where nothing of it is known."""
    rows = hours[hours["business_date"] == pd.Timestamp(day)]
    came = float(rows["observed"].sum())
    if rows.empty or not came:
        return None
    error = (rows["observed"] - rows["q50"]).abs()
    before = (rows["observed"] - rows["naive"]).abs()
    levels = rows[rows["level"].notna() & rows["level_observed"].notna()]
    return DayScore(
        day=day,
        hours=len(rows),
        wape=float(error.sum()) / came,
        naive=None if before.isna().any() else float(before.sum()) / came,
        inside=int(rows["observed"].between(rows["q10"], rows["q90"]).sum()),
        level_hours=len(levels),
        level_hits=int((levels["level"] == levels["level_observed"]).sum()),
        worst=int(rows["hour"].to_numpy()[error.to_numpy().argmax()]),
    )
