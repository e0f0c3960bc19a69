"""What the earlier systems forecast with: three models on lag 1, lag 7 and a rolling week.
Their faults are theirs and kept: lags by row and not by date, zero for unknown, no calendar."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: lag 1, lag 7 and the mean of the last seven rows.
LAG = 7


@dataclass(frozen=True)
class Prior:
    """One of their models, fitted on a series of daily totals."""

    regressor: Any

    def ahead(self, values: Array, steps: int) -> Array:
        """The next `steps` values after `values`, each forecast from those before it."""
        history = list(values)
        for _ in range(steps):
            row = _row(np.array(history[-LAG:]))
            history.append(float(self.regressor.predict(row[None])[0]))
        return np.array(history[len(values) :])


def linear(values: Array) -> Prior:
    """Ordinary least squares."""
    from sklearn.linear_model import LinearRegression

    return _fitted(LinearRegression(), values)


def forest(values: Array) -> Prior:
    """A random forest of 50 trees, at most 10 deep."""
    from sklearn.ensemble import RandomForestRegressor

    return _fitted(RandomForestRegressor(n_estimators=50, max_depth=10, random_state=0), values)


def boosting(values: Array) -> Prior:
    """Gradient boosting of 50 trees, at most 5 deep."""
    from sklearn.ensemble import GradientBoostingRegressor

    return _fitted(GradientBoostingRegressor(n_estimators=50, max_depth=5, random_state=0), values)


def _fitted(regressor: Any, values: Array) -> Prior:
    table = np.array([_row(values[max(0, at - LAG) : at]) for at in range(len(values))])
    return Prior(regressor.fit(table, values))


def _row(before: Array) -> Array:
    """The three features from the values before; zero where there are too few."""
    full = len(before) == LAG
    return np.array(
        [before[-1] if len(before) else 0.0, *((before[0], before.mean()) if full else (0.0, 0.0))]
    )
