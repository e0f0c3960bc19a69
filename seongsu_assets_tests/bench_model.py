"""Time and memory to train and to forecast a station, part by part, beside one bare LightGBM fit.
With `MINUTES [NTH OF]`: each of many stations, or the nth share of them. No assertion here."""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pandas as pd

from seongsu_assets.cli.history import read_each
from seongsu_assets.cli.show import frame_table, say
from seongsu_assets.domain import Window
from seongsu_assets.domains.seongsu import SEONGSU, STATION
from seongsu_assets.errors import SeongsuError
from seongsu_assets.forecasting import dynamic, features, intervals, linear, model, trees
from seongsu_assets_tests.bench_bare import Work, here, script
from seongsu_assets_tests.bench_cost import Cost, Parts, cost
from seongsu_assets_tests.bench_line import Line
from seongsu_assets_tests.official import shared_data

PARTS: Parts = {
    "dynamic filter": (dynamic, "forecast"), "unseen folds": (model, "_unseen"),
    "linear": (linear, "fit"), "trees": (trees, "fit"), "intervals": (intervals, "fit"),
}  # fmt: skip
WARM_UP = timedelta(days=14)
#: Days of generated counts where there are no official files.
GENERATED = Window(date(2024, 2, 1), date(2026, 1, 31))


@dataclass(frozen=True)
class Trained:
    """What a station's training and one forecast cost, and the bare work inside them."""

    shape: tuple[int, int]
    build: Cost
    fit: Cost
    forecast: Cost
    bare_fit: Cost
    bare_forecast: Cost

    @property
    def seconds(self) -> float:
        return self.build.seconds + self.fit.seconds

    @property
    def ratio(self) -> float:
        return self.seconds / self.bare_fit.seconds


def train(
    rows: pd.DataFrame, calendar: pd.DataFrame, bare: Callable[[Work], tuple[Cost, Cost]]
) -> Trained:
    """Train once and forecast the days after the last one; then the `bare` work."""
    import lightgbm

    plan, last = SEONGSU.plan, rows.business_date.max()
    hours = sorted({slot.hour for slot in SEONGSU.cadence.slots} & set(rows.hour))
    origins = list(pd.date_range(rows.business_date.min() + WARM_UP, last))
    asked: dict[str, Any] = {"lag_days": 1, "hours": hours, "series": SEONGSU.series}
    tables, fits = list[Any](), list[Any]()
    with cost(PARTS) as build:
        table = features.build(rows, calendar, plan, origins, **asked)
    with (
        patch.object(lightgbm, "Dataset", _kept(lightgbm.Dataset, tables)),
        patch.object(lightgbm, "train", _kept(lightgbm.train, fits)),
        cost(PARTS) as fit,
    ):
        fitted = model.fit(table, rows, plan, total=SEONGSU.total)
    del table
    with cost(PARTS) as forecast:
        issue = features.build(rows, calendar, plan, [last], **asked)
        fitted.predict(issue)
    # The last fit is that of the model itself, after those of the folds.
    (inputs, target), named = tables[-1]
    (settings, _), rounds = fits[-1]
    held = {"inputs": inputs, "target": target, "weight": named["weight"]}
    work = Work(held, settings | {"num_iterations": rounds["num_boost_round"]}, len(issue))
    return Trained(inputs.shape, build, fit, forecast, *bare(work))


def _kept(real: Any, calls: list[Any]) -> Any:
    """The same, with what it was last called with."""

    def kept(*arguments: Any, **options: Any) -> Any:
        calls[:] = [(arguments, options)]
        return real(*arguments, **options)

    return kept


def histories(names: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    """The stations of the official files beside the repository; without them, generated days."""
    folder = shared_data()
    files = sorted((folder / "seoul" / "hourly").glob("*.gz")) if folder else list[Path]()
    if files:
        found = read_each(files, names)
        return {name: history.rows for name, history in found.items() if not history.reason}
    payloads = SEONGSU.sample.fetch(GENERATED)
    rows = pd.concat([SEONGSU.sample.parse(payload).rows for payload in payloads])
    return {f"{STATION}, generated": rows[["series", "business_date", "hour", "value"]]}


def calendar_of(rows: pd.DataFrame) -> pd.DataFrame:
    around = timedelta(days=400)
    first, last = rows.business_date.min().date(), rows.business_date.max().date()
    return SEONGSU.covariates[0].build(Window(first - around, last + around))


def trained() -> tuple[str, Trained]:
    """The domain's own station."""
    name, rows = next(iter(histories((str(STATION.code),)).items()))
    calendar = calendar_of(rows)
    train(rows[rows.business_date > rows.business_date.max() - timedelta(days=200)], calendar, here)
    # What libraries need once in a process is paid by now.
    return name, train(rows, calendar, script)


def lines() -> Iterator[Line]:
    _, told = trained()
    bare, fit = "one LightGBM fit of its table", told.bare_fit.seconds
    yield Line("training of one station, four models in it", told.seconds, "s", fit, bare,
               "the dynamic model's filter over years, and the folds of the range")  # fmt: skip
    yield Line("its forecast of seven days", 1000 * told.forecast.seconds, "ms",
               1000 * told.bare_forecast.seconds, "LightGBM's predict",
               "the filter runs from the first remembered day")  # fmt: skip


def one() -> None:
    """The domain's own station, part by part."""
    name, told = trained()
    parts = [
        *_lines("features of every origin", told.build, told.bare_fit),
        *_lines("model with intervals", told.fit, told.bare_fit),
        _line("whole training", told.seconds, told.bare_fit),
        *_lines("bare script: fit of that table", told.bare_fit, told.bare_fit),
        *_lines("one forecast of seven days", told.forecast, told.bare_forecast),
        *_lines("bare script: forecast", told.bare_forecast, told.bare_forecast),
    ]
    table = pd.DataFrame(parts).astype({"peak MB": "Int64", "of process": "Int64"})
    title = "{}: {:,} rows of {} columns".format(name, *told.shape)
    frame_table(title, table, whole=("what",))


def _lines(what: str, taken: Cost, bare: Cost) -> list[dict[str, Any]]:
    parts = {**taken.parts, "the rest": taken.rest} if taken.parts else {}
    told = [_line(f"  {name}", seconds, bare) for name, seconds in parts.items()]
    memory = {"peak MB": taken.mb, "of process": taken.whole_mb}
    return [_line(what, taken.seconds, bare) | memory, *told]


def _line(what: str, seconds: float, bare: Cost) -> dict[str, Any]:
    return {"what": what, "s": round(seconds, 3), "of bare": round(seconds / bare.seconds, 2)}


def every(minutes: float, nth: int = 0, of: int = 1) -> None:
    """Each station once, until the time is up; says how many that were, and who could not be. Of
    several processes that share the stations, this is the `nth` from 0."""
    began = time.perf_counter()
    with cost() as reading:
        known = histories(())
    say(f"{len(known)} stations read in {reading.seconds:.0f} s, {reading.mb} MB")
    calendar = calendar_of(max(known.values(), key=len))
    done, passed = list[Trained](), list[str]()
    shared = dict(islice(known.items(), nth, None, of))
    for name, rows in shared.items():
        if time.perf_counter() - began > 60 * minutes:
            break
        try:
            done.append(train(rows, calendar, here))
        except SeongsuError as error:
            passed.append(f"{name}: {error}")
    _tell(done, f"{len(done)} of {len(shared)} stations")
    for line in passed:
        say(line, head="[yellow]not trained[/] ")


def _tell(done: list[Trained], title: str) -> None:
    taken = {
        "features": [each.build for each in done],
        "model": [each.fit for each in done],
        "forecast": [each.forecast for each in done],
        "bare fit": [each.bare_fit for each in done],
        "bare forecast": [each.bare_forecast for each in done],
    }
    lines = [
        {
            "what": what,
            "s of all": round(sum(each.seconds for each in costs), 1),
            "s, median": round(float(np.median([each.seconds for each in costs])), 3),
            "peak MB": max((each.mb or 0 for each in costs), default=0),
            "of process": max((each.whole_mb or 0 for each in costs), default=0),
        }
        for what, costs in taken.items()
    ]
    frame_table(title, pd.DataFrame(lines), whole=("what",))
    if done:
        low, middle, high = np.quantile([each.ratio for each in done], [0.1, 0.5, 0.9])
        say(f"whole training / bare fit: {middle:.2f} ({low:.2f} to {high:.2f} for 8 of 10)")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        every(float(sys.argv[1]), *map(int, sys.argv[2:]))
    else:
        one()
