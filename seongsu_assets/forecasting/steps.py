"""How a value goes on from the hour before, as columns that claims can be made on.
No thresholds here; how far a value is from what is usual is in `plausibility`."""

import numpy as np
import pandas as pd

_HOUR = pd.Timedelta(hours=1)


def steps(rows: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Columns for `rows`, in their order: `step`, the larger of the value and that of the hour
    before over the smaller, and `standing`, for how many hours the value has not moved.

    NaN where the hour before is not known, among the rows or the accepted ones of `reference`: so
    a day after a gap is not judged by what it jumped over."""
    own = _timed(rows).assign(place=range(len(rows)))
    known = _timed(reference)
    known = known[~pd.MultiIndex.from_frame(known[["series", "at"]]).isin(_keys(own))]
    both = own if known.empty else pd.concat([known.assign(place=-1), own], ignore_index=True)
    both = both.sort_values(["series", "at", "place"], kind="stable").reset_index(drop=True)
    follows = both["series"].eq(both["series"].shift()) & both["at"].diff().eq(_HOUR)
    value, before = both["value"].to_numpy(dtype=float), both["value"].shift().to_numpy(dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.maximum(value, before) / np.minimum(value, before)
    moved = ~(follows & (value == before))
    standing = moved.groupby(moved.cumsum()).cumcount()
    both["step"] = np.where(follows & (np.minimum(value, before) > 0), ratio, np.nan)
    both["standing"] = np.where(follows, standing, np.nan)
    mine = both[both["place"] >= 0].sort_values("place")
    return mine[["step", "standing"]].reset_index(drop=True)


def _timed(rows: pd.DataFrame) -> pd.DataFrame:
    at = pd.to_datetime(rows["business_date"]) + pd.to_timedelta(rows["hour"], unit="h")
    return pd.DataFrame({"series": rows["series"], "at": at, "value": rows["value"].astype(float)})


def _keys(rows: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(rows[["series", "at"]])
