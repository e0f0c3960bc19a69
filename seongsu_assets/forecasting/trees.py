"""The trees: a small LightGBM on what the linear part leaves, read from and written to text.
No pickle, no search, and no knowledge of dates or series."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from seongsu_assets.errors import ModelError
from seongsu_assets.plan import Tuning

Array = NDArray[np.float64]
#: What trees are grown on; panels have so many rows that half the bytes matter.
Table = NDArray[np.float64] | NDArray[np.float32]

Objective = Literal["l1", "l2"]

DECLARED = Tuning()
#: What is not worth tuning.
SETTINGS: dict[str, Any] = {
    "feature_fraction": 0.6,
    "bagging_fraction": 0.6,
    "bagging_freq": 1,
    "max_bin": 63,
    "deterministic": True,
    "force_row_wise": True,
    "verbosity": -1,
}


def fit(
    table: Table,
    target: Array,
    weight: Array,
    names: Sequence[str],
    *,
    seed: int,
    threads: int,
    tuning: Tuning = DECLARED,
    objective: Objective = "l1",
) -> Any:
    """A LightGBM booster; the same inputs give the same bits for any number of threads."""
    import lightgbm

    data = lightgbm.Dataset(table, target, weight=weight, feature_name=list(names))
    told = settings(tuning, seed=seed, objective=objective) | {"num_threads": threads}
    return lightgbm.train(told, data, num_boost_round=tuning.rounds)


def settings(tuning: Tuning, *, seed: int, objective: Objective) -> dict[str, Any]:
    """What LightGBM is told, wherever it learns."""
    return SETTINGS | {
        "objective": objective,
        "num_leaves": tuning.leaves,
        "learning_rate": tuning.rate,
        "min_data_in_leaf": tuning.rows_in_leaf,
        "lambda_l2": tuning.ridge,
        "seed": seed,
    }


def read(text: str, names: Sequence[str]) -> Any:
    """The booster of a text. Raises ModelError when it is torn or was made for other columns."""
    import lightgbm

    try:
        booster = lightgbm.Booster(model_str=text)
    except lightgbm.basic.LightGBMError as error:
        raise ModelError("the model text is not readable", remedy="train again") from error
    if booster.feature_name() != list(names):
        raise ModelError("the model text was made for other columns", remedy="train again")
    return booster


def predict(booster: Any, table: Table, *, threads: int = 1) -> Array:
    return np.asarray(booster.predict(table, num_threads=threads), dtype=np.float64)


def contributions(booster: Any, table: Array, *, threads: int = 1) -> Array:
    """What each column adds to the prediction (TreeSHAP), and last the mean prediction; a row sums
    to what `predict` says."""
    return np.asarray(
        booster.predict(table, pred_contrib=True, num_threads=threads), dtype=np.float64
    )
