"""Paris's bicycles learned by one process from some rows, from all, and by Dask's workers from all.
`python -W ignore -m seongsu_assets_tests.bench_together FILE... [--workers 2]`"""

import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from threading import Event, Thread
from typing import Self

import numpy as np
import pandas as pd

from seongsu_assets import clusters
from seongsu_assets.cli.history import read
from seongsu_assets.cli.show import frame_table
from seongsu_assets.domains.paris_bikes import PARIS_BIKES as DOMAIN
from seongsu_assets.forecasting import learners, learning
from seongsu_assets.forecasting.growing import Grower, Here
from seongsu_assets.settings import settings
from seongsu_assets_tests.bench_bikes import _window
from seongsu_assets_tests.dasked import dask

#: Learned from origins up to this day; judged on so many after it.
CUT, JUDGED = "2023-11-30", 24


class Peak:
    """The most memory that processes held meanwhile, in MB, each for itself."""

    def __init__(self, pids: Sequence[int]) -> None:
        self.most, self._stop = dict.fromkeys(pids, 0.0), Event()
        self._thread = Thread(target=self._look)

    def _look(self) -> None:
        page = os.sysconf("SC_PAGE_SIZE") / 1e6
        while not self._stop.wait(0.05):
            for pid, most in self.most.items():
                held = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * page
                self.most[pid] = max(most, held)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()


def features(counts: pd.DataFrame, origins: list[pd.Timestamp]) -> pd.DataFrame:
    return learners.of(DOMAIN.plan).build(
        counts,
        DOMAIN.covariates[0].build(_window(counts)),
        DOMAIN.plan,
        origins,
        lag_days=DOMAIN.lateness.lag_days,
        hours=[slot.hour for slot in DOMAIN.cadence.slots],
        series=sorted(counts["series"].unique()),
    )


def measured(
    what: str, grower: Grower, table: pd.DataFrame, counts: pd.DataFrame, asked: pd.DataFrame,
    pids: Sequence[int] = (),
) -> dict[str, object]:  # fmt: skip
    """Error, seconds, rows and memory of one way to learn."""
    known = counts[counts["business_date"] <= pd.Timestamp(CUT)]
    rows = len(learning.training(table, known, DOMAIN.plan, grower.most_rows))
    began = time.monotonic()
    with Peak([os.getpid(), *pids]) as peak:
        model = learners.of(DOMAIN.plan).fit(
            table, known, DOMAIN.plan, total=DOMAIN.total, grower=grower
        )
    seconds = time.monotonic() - began
    told = model.predict(asked).merge(counts, on=["series", "business_date", "hour"])
    error = (told["q50"] - told["value"]).to_numpy()
    own, *others = peak.most.values()
    return {
        "learned by": what,
        "rows": rows,
        "RMSE": np.sqrt((error**2).mean()),
        "MAE": np.abs(error).mean(),
        "80 %": told["value"].between(told["q10"], told["q90"]).mean(),
        "s": seconds,
        "MB here": own,
        "MB of each worker": ", ".join(f"{each:.0f}" for each in others),
    }


def main() -> None:
    words = sys.argv[1:]
    many = int(words.pop(words.index("--workers") + 1)) if "--workers" in words else 2
    counts = read(DOMAIN, [Path(word) for word in words if word != "--workers"])
    cut = pd.Timestamp(CUT)
    first = counts["business_date"].min()
    every = pd.date_range(first + pd.Timedelta(days=learning.WARM_UP_DAYS), cut)
    phase = learning.phase(DOMAIN.plan)
    table = features(counts, [day for day in every if (day - learning.EPOCH).days % phase == 0])
    asked = features(counts, list(pd.date_range(cut, periods=JUDGED)))
    told = [
        measured("this process, at most a million rows", Here(), table, counts, asked),
        measured("this process, all rows", Here(most_rows=None), table, counts, asked),
    ]
    with tempfile.TemporaryDirectory() as folder, dask(Path(folder), many) as cluster:
        os.environ["SEONGSU_DASK"] = cluster.address
        settings.cache_clear()
        with clusters.joined(spread=True) as grower:
            assert isinstance(grower, clusters.Cluster)
            pids = list(grower.client.run(os.getpid).values())
            what = f"{many} workers of Dask, all rows"
            told.append(measured(what, grower, table, counts, asked, pids))
    frame_table(f"{len(asked):,} rows judged", pd.DataFrame(told).round(3))


if __name__ == "__main__":
    main()
