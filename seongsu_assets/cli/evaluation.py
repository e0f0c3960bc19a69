"""What a backtest asks of one history, whoever's it is; it travels to worker processes as it is.
The evaluation itself is in `forecasting.backtest`; no file is read and nothing is printed here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

import pandas as pd

from seongsu_assets.domain import Domain, Levels, Plan, Window
from seongsu_assets.errors import NotEnoughHistory
from seongsu_assets.settings import settings
from seongsu_assets.warehouse.arrivals import WHOLE_DAY

#: The calendar before the first and after the last day: the look-back, the horizon, and festivals.
CALENDAR_DAYS = 400


@dataclass(frozen=True)
class Question:
    """Which origins are asked, and what is known of every day whoever is asked about."""

    plan: Plan
    hours: frozenset[int]
    series: tuple[str, ...]
    total: str
    levels: Levels
    calendar: pd.DataFrame
    weather: pd.DataFrame | None
    origins: tuple[pd.Timestamp, ...]
    lag_days: int
    which: Literal["usual", "all"]
    threads: int

    def report(
        self, rows: pd.DataFrame, progress: Callable[[int, int], None] | None = None
    ) -> dict[str, Any]:
        """The report of `forecasting.backtest`; daily for daily rows. Raises NotEnoughHistory."""
        from seongsu_assets.forecasting.backtest import backtest, report

        ahead = [self.plan.span(many) for many in range(1, self.plan.horizon + 1)]
        targets = [origin + day for origin in self.origins for day in ahead]
        if not rows.business_date.isin(targets).any():
            raise NotEnoughHistory(
                "no target of these origins is in the history, which ends on"
                f" {rows.business_date.max():%Y-%m-%d}",
                remedy="name origins whose targets the files hold, and two weeks before them",
            )
        scored = backtest(
            rows,
            self.calendar,
            plan=self.plan,
            origins=self.origins,
            lag_days=self.lag_days,
            hours=sorted(self.hours & set(rows.hour)) or [WHOLE_DAY],
            series=self.series,
            total=self.total,
            crowding=self.levels,
            weather=self.weather,
            which=self.which,
            threads=self.threads,
            progress=progress,
        )
        if not (scored["series"] == self.total).any():
            raise NotEnoughHistory(
                f"no {self.total} of these origins' targets and the week before them is known",
                remedy=f"name files that hold {' and '.join(self.series)} of both",
            )
        return report(scored, total=self.total)


def question(
    domain: Domain,
    origins: Sequence[pd.Timestamp],
    span: tuple[pd.Timestamp, pd.Timestamp],
    *,
    lag_days: int,
    weather: pd.DataFrame | None = None,
    which: Literal["usual", "all"] = "usual",
) -> Question:
    """The question of a domain about histories from the first to the last day of `span`."""
    days, around = [*span, *origins], timedelta(days=CALENDAR_DAYS)
    window = Window(min(days).date() - around, max(days).date() + around)
    return Question(
        plan=domain.plan,
        hours=frozenset(slot.hour for slot in domain.cadence.slots),
        series=domain.series,
        total=domain.total,
        levels=domain.levels,
        calendar=domain.covariates[0].build(window),
        weather=weather,
        origins=tuple(origins),
        lag_days=lag_days,
        which=which,
        threads=settings().threads,
    )
