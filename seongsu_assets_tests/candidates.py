"""Candidates for promotion: real models of small invented stations, honest and poisoned.
No test here, and no rule: what a candidate is judged by is in `forecasting.trial`."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from seongsu_assets.domain import Plan
from seongsu_assets.forecasting import baselines, evidence, features, trial
from seongsu_assets.forecasting.model import Model, fit
from seongsu_assets.forecasting.promotion import Decision
from seongsu_assets_tests.ridership import SERIES, calendar

HOURS = (8, 13, 18)
PLAN = Plan(look_back_days=42, train_days=240, minimum_days=40)
LAST = pd.Timestamp("2023-11-26")
EVALUATED = list(pd.date_range(LAST - pd.Timedelta(days=56), periods=8, freq="7D"))
MIDDLE = EVALUATED[len(EVALUATED) // 2]
Table = pd.DataFrame


@dataclass(frozen=True)
class Station:
    """One invented station, up to LAST. `wet`: what a soaking day does to it, in logs, before and
    after it `turned`. `sway`: how much a day's surprise lasts to the next."""

    seed: int
    wet: tuple[float, float] = (-0.3, -0.3)
    sway: float = 0.5
    turned: pd.Timestamp = LAST - pd.Timedelta(days=150)

    @cached_property
    def weather(self) -> Table:
        random = np.random.default_rng(self.seed)
        dates = pd.date_range("2022-06-01", LAST + pd.Timedelta(days=14))
        rain = random.exponential(12, len(dates)) * (random.random(len(dates)) < 0.35)
        return pd.DataFrame(
            {"business_date": dates, "temperature": 15.0, "precipitation": rain, "snowfall": 0.0}
        )

    @cached_property
    def counts(self) -> Table:
        random = np.random.default_rng(1000 + self.seed)
        days = calendar()[calendar()["business_date"].between("2022-06-01", LAST)]
        size = np.log(np.where(days["off"], 500.0, 1000.0))
        size[(days["day_type"] == "festival").to_numpy()] = np.log(200.0)
        soaked = np.log1p(self.weather["precipitation"].to_numpy()[: len(days)]) / np.log(20)
        effect = np.where(days["business_date"] < self.turned, *self.wet)
        surprise = random.normal(0, 0.04, len(days))
        for day in range(1, len(days)):
            surprise[day] += self.sway * surprise[day - 1]
        size = size + 0.0003 * np.arange(len(days)) + effect * soaked + surprise
        grid = pd.MultiIndex.from_product(
            [SERIES, days["business_date"], HOURS], names=["series", "business_date", "hour"]
        )
        mean = np.multiply.outer([1.0, 0.8], np.multiply.outer(np.exp(size), [1.6, 1.0, 1.9]))
        noise = random.normal(0, 0.05, mean.size)
        return pd.DataFrame({"value": np.round(mean.ravel() * np.exp(noise))}, grid).reset_index()

    @cached_property
    def table(self) -> Table:
        """Features of every origin, made from nothing newer than it."""
        return self.build(self.counts)

    @cached_property
    def dry(self) -> Table:
        """The same, made by somebody who knew of no weather."""
        return self.build(self.counts, wet=False)

    def build(self, counts: Table, *, wet: bool = True) -> Table:
        """The same of other counts."""
        origins = list(pd.date_range(LAST - pd.Timedelta(days=400), LAST))
        return features.build(
            counts, calendar(), PLAN, origins,
            lag_days=1, hours=HOURS, series=SERIES,
            weather=self.weather if wet else None,
        )  # fmt: skip

    @cached_property
    def total(self) -> Table:
        whole = baselines.with_total(self.counts, SERIES, "total")
        return whole[whole["series"] == "total"]

    @cached_property
    def again(self) -> Table:
        """What is forecast by a model that is fitted on what was known in the middle."""
        model = learned(self.table, self.counts, MIDDLE)
        return model.predict(at(self.table, [o for o in EVALUATED if o >= MIDDLE]))

    @cached_property
    def honest(self) -> "Candidate":
        return train(self.table, self.counts)

    def before(self, days: int, *, wet: bool = True) -> Model:
        """A model made so many days before LAST, that knows of weather or does not."""
        table = self.table if wet else self.dry
        return learned(table, self.counts, LAST - pd.Timedelta(days=days))

    def misled(self, days: int) -> Model:
        """The same, before it was noticed that of every third day most of a peak was missing."""
        lost = (self.counts["business_date"].dt.dayofyear % 3 == 0) & (self.counts["hour"] == 8)
        counts = self.counts.assign(
            value=self.counts["value"].mask(lost, 0.3 * self.counts["value"])
        )
        return learned(self.build(counts), counts, LAST - pd.Timedelta(days=days))

    def judge(self, candidate: "Candidate", champion: Model | None) -> Decision:
        """The trial, with what a warehouse holds."""
        claimed = candidate.claimed[candidate.claimed["series"] == "total"]
        trained_to = candidate.model.trained_to
        due = at(self.table, evidence.origins_due(claimed, trained_to))
        held = evidence.Held(due, self.total, candidate.model.predict(due), self.again, trained_to)
        serving = trial.Champion("champion", champion) if champion else None
        return trial.hold("challenger", claimed, held, serving, lag_days=1)


@dataclass(frozen=True)
class Candidate:
    """What a training leaves behind: the model that would serve, and its evaluation."""

    model: Model
    claimed: Table


def learned(table: Table, counts: Table, origin: pd.Timestamp) -> Model:
    """A model of what was known at the end of `origin`."""
    known = counts[counts["business_date"] <= origin]
    return fit(table[table["origin"] <= origin], known, PLAN)


def train(table: Table, counts: Table) -> Candidate:
    """As a challenger is made: evaluated by models of their time, then fitted on everything."""
    makers = {origin: learned(table, counts, origin) for origin in (EVALUATED[0], MIDDLE)}
    parts = [
        makers[MIDDLE if origin >= MIDDLE else EVALUATED[0]].predict(at(table, [origin]))
        for origin in EVALUATED
    ]
    return Candidate(learned(table, counts, LAST), claim(pd.concat(parts), counts))


def claim(answers: Table, counts: Table) -> Table:
    """An evaluation: the answers with the truth as the candidate knows it."""
    whole = baselines.with_total(counts, SERIES, "total").rename(columns={"value": "truth"})
    return answers.merge(whole, on=["series", "business_date", "hour"])


def at(table: Table, origins: list[pd.Timestamp]) -> Table:
    return table[table["origin"].isin(origins)].reset_index(drop=True)


def improvements(seed: int) -> Iterator[tuple[str, Station, Model]]:
    """Champions that an honest challenger of the station really improves on, by name."""
    rainy, turned = Station(seed), Station(seed, wet=(0.1, -0.3))
    yield "knew no weather, ten weeks old", rainy, rainy.before(70, wet=False)
    yield "knew no weather, five weeks old", rainy, rainy.before(35, wet=False)
    yield "was misled by lost counts", rainy, rainy.misled(70)
    yield "older than a change of the world", turned, turned.before(155)
