"""Ways in which a candidate may be poisoned, each done to a real candidate of an invented station.
No test here; `candidates` makes the honest ones."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from seongsu_assets_tests.candidates import (
    EVALUATED,
    HOURS,
    LAST,
    Candidate,
    Station,
    Table,
    at,
    claim,
    learned,
    train,
)

SLOT = ["series", "business_date", "hour"]
Random = np.random.Generator
Poison = Callable[[Station, Random], Candidate]


def shuffled_everywhere(station: Station, random: Random) -> Candidate:
    counts = station.counts.assign(value=random.permutation(station.counts["value"]))
    return train(station.table, counts)


def shuffled_by_day(station: Station, random: Random) -> Candidate:
    """The days change places, each with its hours in order."""
    days = pd.Series(station.counts["business_date"].unique())
    places = dict(zip(days, random.permutation(days), strict=True))
    moved = station.counts.assign(business_date=station.counts["business_date"].map(places))
    return train(station.table, moved.sort_values(SLOT, ignore_index=True))


def shuffled_at_last(station: Station, random: Random) -> Candidate:
    """The evaluation is honest, the model that would serve is not."""
    counts = station.counts.assign(value=random.permutation(station.counts["value"]))
    return replace(station.honest, model=learned(station.table, counts, LAST))


def shifted_everywhere(station: Station, random: Random) -> Candidate:
    counts = _shifted(station.counts, random)
    return train(station.build(counts), counts)


def shifted_labels(station: Station, random: Random) -> Candidate:
    return train(station.table, _shifted(station.counts, random))


def shifted_at_last(station: Station, random: Random) -> Candidate:
    counts = _shifted(station.counts, random)
    return replace(station.honest, model=learned(station.table, counts, LAST))


def tenfold_everywhere(station: Station, random: Random) -> Candidate:
    counts = station.counts.assign(value=station.counts["value"] * random.choice([10, 0.1]))
    return train(station.build(counts), counts)


def tenfold_lately(station: Station, random: Random) -> Candidate:
    """From some day on; the features see it too."""
    since = LAST - pd.Timedelta(days=int(random.integers(20, 100)))
    late = station.counts["business_date"] >= since
    counts = station.counts.assign(value=station.counts["value"] * np.where(late, 10, 1))
    return train(station.build(counts), counts)


def tenfold_at_last(station: Station, random: Random) -> Candidate:
    some = random.random(len(station.counts)) < random.uniform(0.5, 1)
    counts = station.counts.assign(value=station.counts["value"] * np.where(some, 10, 1))
    return replace(station.honest, model=learned(station.table, counts, LAST))


def leaking_column(station: Station, random: Random) -> Candidate:
    """A feature holds the truth, with noise, wherever it is known: in training and evaluation."""
    known = station.table[SLOT].merge(station.counts, on=SLOT, how="left")["value"]
    noise = random.normal(0, random.uniform(0, 0.1), len(known))
    told = np.log1p(known.to_numpy()) - station.table["log_level"].to_numpy() + noise
    told = np.where(np.isnan(told), station.table["same_1"], told)
    return train(station.table.assign(same_1=told), station.counts)


def leaking_answers(station: Station, random: Random) -> Candidate:
    """The evaluation was drawn to what came."""
    rows = station.honest.claimed
    part = random.uniform(0.1, 0.8)
    names = [name for name in rows if name[0] == "q"]
    drawn = {name: rows[name] + part * (rows["truth"] - rows["q50"]) for name in names}
    return replace(station.honest, claimed=rows.assign(**drawn))


def leaking_rows(station: Station, random: Random) -> Candidate:
    """Evaluated by a model that has learned the very days."""
    del random
    rows = station.honest.model.predict(at(station.table, EVALUATED))
    return replace(station.honest, claimed=claim(rows, station.counts))


def leaking_lags(station: Station, random: Random) -> Candidate:
    """The counts were joined a week off: what a day is forecast from is the day itself."""
    del random
    early = station.counts.assign(
        business_date=station.counts["business_date"] - pd.Timedelta(days=7)
    )
    return train(station.build(early), station.counts)


def missing_counts(station: Station, random: Random) -> Candidate:
    counts = station.counts[random.random(len(station.counts)) > 0.3].reset_index(drop=True)
    return train(station.build(counts), counts)


def missing_rows(station: Station, random: Random) -> Candidate:
    """The worst forecasts are not shown."""
    rows = station.honest.claimed
    error = (rows["q50"] - rows["truth"]).abs() * random.uniform(0.9, 1.1, len(rows))
    return replace(station.honest, claimed=rows[error <= error.quantile(0.7)])


def missing_values(station: Station, random: Random) -> Candidate:
    rows = station.honest.claimed
    lost = random.random(len(rows)) < 0.3
    names = ["q50"] if random.random() < 0.5 else ["q10", "q90"]
    return replace(station.honest, claimed=rows.assign(**{n: rows[n].mask(lost) for n in names}))


def missing_origins(station: Station, random: Random) -> Candidate:
    rows = station.honest.claimed
    kept = random.choice(EVALUATED, size=5, replace=False)
    return replace(station.honest, claimed=rows[rows["origin"].isin(kept)])


def missing_days(station: Station, random: Random) -> Candidate:
    """Whole days of the training are gone, and with them their part of the evaluation."""
    days = station.counts["business_date"].unique()
    lost = random.choice(days, size=int(0.3 * len(days)), replace=False)
    counts = station.counts[~station.counts["business_date"].isin(lost)].reset_index(drop=True)
    return train(station.build(counts), counts)


POISONS: dict[str, tuple[Poison, ...]] = {
    "shuffled labels": (shuffled_everywhere, shuffled_by_day, shuffled_at_last),
    "hours shifted": (shifted_everywhere, shifted_labels, shifted_at_last),
    "tenfold": (tenfold_everywhere, tenfold_lately, tenfold_at_last),
    "future leak": (leaking_column, leaking_answers, leaking_rows, leaking_lags),
    "30 % missing": (
        missing_counts, missing_rows, missing_values, missing_origins, missing_days,
    ),
}  # fmt: skip


def poisoned(stations: list[Station], each: int) -> Iterator[tuple[str, str, Station, Candidate]]:
    """So many candidates of each kind, by its poisons and on the stations in turn: kind, poison,
    station and candidate."""
    for kind, ways in POISONS.items():
        for number in range(each):
            poison, station = ways[number % len(ways)], stations[number % len(stations)]
            yield kind, poison.__name__, station, poison(station, np.random.default_rng(number))


def _shifted(counts: Table, random: Random) -> Table:
    """Every hour's count under another hour."""
    step = int(random.integers(1, len(HOURS)))
    moved = {hour: HOURS[(n + step) % len(HOURS)] for n, hour in enumerate(HOURS)}
    return counts.assign(hour=counts["hour"].map(moved)).sort_values(SLOT, ignore_index=True)
