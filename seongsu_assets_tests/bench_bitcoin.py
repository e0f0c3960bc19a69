"""Bitcoin: the last price and the earlier system's straight line through time, on the same hours.
`python -W ignore -m seongsu_assets_tests.bench_bitcoin FILE...`; ours is in `seongsu backtest`."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from seongsu_assets.cli.history import read
from seongsu_assets.cli.show import frame_table
from seongsu_assets.domains.bitcoin import BITCOIN

#: Origins, one a day, as in the README.
FIRST, LAST = "2024-12-01", "2025-12-30"
AHEAD = 24


def main() -> None:
    """Print the errors of the next day's hours, from what was known at the end of each origin."""
    counts = read(BITCOIN, [Path(word) for word in sys.argv[1:]])
    at = counts["business_date"] + pd.to_timedelta(counts["hour"], unit="h")
    price = pd.Series(counts["value"].to_numpy(), index=pd.DatetimeIndex(at)).sort_index()
    hours = np.asarray((price.index - price.index[0]) / pd.Timedelta(hours=1), dtype=float)
    parts: list[pd.DataFrame] = []
    for origin in pd.date_range(FIRST, LAST):
        known = int(price.index.searchsorted(origin + pd.Timedelta(days=1)))
        ahead = slice(known, known + AHEAD)
        slope, start = np.polyfit(hours[:known], price.to_numpy()[:known], 1)
        parts.append(pd.DataFrame({
            "truth": price.to_numpy()[ahead],
            "last price": price.iloc[known - 1],
            "straight line": start + slope * hours[ahead],
        }))  # fmt: skip
    rows = pd.concat(parts)
    told = [
        {"forecast": name, "WAPE %": 100 * error.sum() / rows["truth"].sum(),
         "MAE": error.mean(), "RMSE": float((error**2).mean() ** 0.5)}
        for name in ("last price", "straight line")
        for error in [(rows[name] - rows["truth"]).abs()]
    ]  # fmt: skip
    frame_table(f"{len(rows):,} hours of {len(parts)} origins", pd.DataFrame(told).round(2))


if __name__ == "__main__":
    main()
