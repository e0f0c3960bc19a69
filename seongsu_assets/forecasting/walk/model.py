"""A random walk with measured quantiles: the newest value, and how far such series went from it.
No features are made here; of what beats it nothing is known, or it would be forecast."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seongsu_assets.domain import Plan
from seongsu_assets.errors import ModelError
from seongsu_assets.forecasting import refusal
from seongsu_assets.forecasting.learning import training
from seongsu_assets.forecasting.model import quantile_name
from seongsu_assets.forecasting.stored import REMEDY, plan_of, same

Array = NDArray[np.float64]

FORMAT = 2
#: What stands where other models have their trees.
TEXT = "a random walk has no trees\n"
#: Targets so many steps ahead and more have a table of quantiles of their own.
FROM = (1, 4, 9, 17)
KEYS = ["origin", "series", "business_date", "hour", "horizon"]


@dataclass(frozen=True)
class Walk:
    """`table`: by places of FROM and quantile, deviations in logs over swing and root of paces."""

    plan: Plan
    series: tuple[str, ...]
    hours: tuple[int, ...]
    table: Array
    trained_from: pd.Timestamp
    trained_to: pd.Timestamp

    def predict(self, features: pd.DataFrame) -> pd.DataFrame:
        """KEYS and a column per quantile. Raises ModelError for series that were not trained, and
        where no row is of a trained hour."""
        rows = features[features["hour"].isin(self.hours)].reset_index(drop=True)
        strange = set(rows["series"]) - set(self.series)
        if rows.empty or strange:
            raise ModelError(
                f"the model does not know {', '.join(sorted(strange)) or 'any of these rows'}",
                remedy="build features for the trained series and hours, or train again",
            )
        offsets = self.table[_place(rows)] * _reach(rows)[:, None]
        values = np.expm1(rows[["standing"]].to_numpy(dtype=np.float64) + offsets)
        columns = pd.Index([quantile_name(quantile) for quantile in self.plan.quantiles])
        return pd.concat(
            [rows[KEYS], pd.DataFrame(np.maximum(values, 0.0), columns=columns)], axis=1
        )

    def to_text(self) -> tuple[str, dict[str, Any]]:
        """TEXT, and everything as JSON-able metadata."""
        return TEXT, {
            "learner": "walk",
            "format": FORMAT,
            "plan": asdict(self.plan) | {"quantiles": list(self.plan.quantiles)},
            "series": list(self.series),
            "hours": list(self.hours),
            "table": self.table.tolist(),
            "trained_from": f"{self.trained_from:%Y-%m-%d}",
            "trained_to": f"{self.trained_to:%Y-%m-%d}",
        }

    @classmethod
    def from_text(cls, text: str, metadata: Mapping[str, Any]) -> "Walk":
        """The model of `to_text`. Raises ModelError when anything is damaged."""
        try:
            refusal.plain(dict(metadata))
            same("text", text, TEXT)
            same("format", metadata["format"], FORMAT)
            return cls(**_parts(metadata))
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise ModelError(
                f"the model's metadata is damaged: {error!r}", remedy=REMEDY
            ) from error


def fit(
    features: pd.DataFrame,
    observations: pd.DataFrame,
    plan: Plan,
    *,
    total: str,
    seed: int = 0,
    threads: int = 1,
) -> Walk:
    """The quantiles of all rows whose truth is known; their median is the newest value. Raises
    NotEnoughHistory when too few days are left."""
    del total, seed, threads  # nothing is drawn, summed or grown
    rows = training(features, observations, plan)
    moved = np.log1p(np.maximum(rows["value"].to_numpy(), 0.0)) - rows["standing"].to_numpy()
    far = moved / _reach(rows)
    place = _place(rows)
    tables = [
        np.quantile(far[place == each] if (place == each).any() else far, plan.quantiles)
        for each in range(len(FROM))
    ]
    table = np.array(tables)
    middle = int(np.argmin(np.abs(np.asarray(plan.quantiles) - 0.5)))
    # A drift that a sample shows is none that lasts: the median is where the series stands.
    return Walk(
        plan,
        tuple(sorted(map(str, rows["series"].unique()))),
        tuple(sorted(int(hour) for hour in rows["hour"].unique())),
        table - table[:, middle : middle + 1],
        rows["business_date"].min(),
        rows["business_date"].max(),
    )


def _place(rows: pd.DataFrame) -> NDArray[np.int64]:
    return np.searchsorted(np.array(FROM), rows["steps"].to_numpy(), side="right") - 1


def _reach(rows: pd.DataFrame) -> Array:
    """How far it swings in so many steps of such days, in logs."""
    return (rows["swing"] * np.sqrt(rows["paces"])).to_numpy(dtype=np.float64)


def _parts(metadata: Mapping[str, Any]) -> dict[str, Any]:
    plan = plan_of(metadata["plan"])
    table = refusal.numbers(metadata["table"], (len(FROM), len(plan.quantiles)))
    first, last = (
        pd.Timestamp(refusal.day(metadata[name])) for name in ("trained_from", "trained_to")
    )
    series, hours = metadata["series"], metadata["hours"]
    named = all(type(name) is str for name in series) and all(type(h) is int for h in hours)
    if not (series and hours and named and series == sorted(set(series))):
        raise ValueError("series and hours have names of their own")
    if hours != sorted(set(hours)) or first > last or (np.diff(table, axis=1) < 0).any():
        raise ValueError("hours, days and quantiles rise")
    return {
        "plan": plan, "series": tuple(series), "hours": tuple(hours), "table": table,
        "trained_from": first, "trained_to": last,
    }  # fmt: skip
