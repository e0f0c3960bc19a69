"""How long a counter has told nothing but zeros: the silence of a device, which is no quiet street.
No threshold of any domain beyond a day, and nothing of what else may be wrong with a count."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

#: Zeros over a day or more are a counter that does not count; each hour of them is unknown.
SILENT_HOURS = 24


def silent_hours(rows: pd.DataFrame, known: pd.DataFrame | None = None) -> NDArray[np.int64]:
    """For each of `rows` (series, business_date, hour, value) the hours from the first to the last
    zero of the unbroken run that it stands in; 0 for a count above zero.

    `known` are accepted rows of the days before, in which a run may have begun. Hours that are not
    known break no run: they may be those that were refused as silent."""
    told = rows.assign(_own=np.arange(len(rows)))
    if known is not None and len(known):
        earlier = known[~_keys(known).isin(_keys(rows))]
        told = pd.concat([earlier.assign(_own=-1), told], ignore_index=True)
    at = told["business_date"] + pd.to_timedelta(told["hour"], unit="h")
    told = pd.DataFrame(
        {"series": told["series"], "at": at, "zero": told["value"] == 0, "own": told["_own"]}
    ).sort_values(["series", "at"], kind="stable")
    other = told["zero"].ne(told["zero"].shift()) | told["series"].ne(told["series"].shift())
    runs = told.groupby(other.cumsum())["at"]
    length = runs.transform("max") - runs.transform("min") + pd.Timedelta(hours=1)
    hours = length.dt.total_seconds() // 3600
    told["hours"] = hours.where(told["zero"], 0)
    own = told[told["own"] >= 0].sort_values("own")
    return own["hours"].to_numpy(dtype=np.int64)


def silent_runs(rows: pd.DataFrame, known: pd.DataFrame | None = None) -> pd.DataFrame:
    """The rows to refuse: zeros of a counter that told nothing else for SILENT_HOURS or more."""
    return rows[silent_hours(rows, known) >= SILENT_HOURS]


def _keys(rows: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(rows[["series", "business_date", "hour"]])
