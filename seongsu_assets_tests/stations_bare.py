"""The same work as a plain script: pandas, COPY, the same pure functions of `forecasting`.
No graph, no audit, no revisions, no record. `python -m seongsu_assets_tests.stations_bare FOLDER`
reads FOLDER's files, writes to the database of BARE_URL and prints seconds."""

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import psycopg

from seongsu_assets.cadence import Window
from seongsu_assets.forecasting import learning
from seongsu_assets.forecasting.backtest import backtest
from seongsu_assets.forecasting.panel import features, model
from seongsu_assets.forecasting.recipe import Recipe
from seongsu_assets.sources.calendar import korean_calendar
from seongsu_assets_tests import all_stations

ORIGINS, EVERY, AT_ONCE = 8, 7, 60
PLACES = ("before", *(str(hour) for hour in range(6, 24)), "after")
TABLES = """
create table counts (series text, business_date date, hour int, value float8);
create table forecast (series text, business_date date, hour int, horizon int, q05 float8,
                       q10 float8, q25 float8, q50 float8, q75 float8, q90 float8, q95 float8);
"""
SLOT = ["series", "business_date", "hour"]


class Script:
    """The seconds of its parts, its tables and its days."""

    def __init__(self, folder: Path, conn: psycopg.Connection) -> None:
        self.folder, self.conn = folder, conn
        self.seconds: dict[str, float] = {}
        self.domain = all_stations.domain("stations", (), folder)
        self.hours = [slot.hour for slot in self.domain.cadence.slots]
        self.last = pd.Timestamp(all_stations.LAST)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        began = time.time()
        yield
        self.seconds[name] = time.time() - began

    def run(self) -> int:
        """How many series it has forecast."""
        with self.part("ingest"):
            counts = pd.concat([_read(file) for file in sorted(self.folder.glob("*.gz"))])
            self.copy("counts", counts[[*SLOT, "value"]])
            calendar = korean_calendar(Window(counts["business_date"].min().date(),
                                              all_stations.LAST + timedelta(days=60)))  # fmt: skip
        plan, known = self.domain.plan, {"lag_days": 1, "hours": self.hours}
        series = sorted(counts["series"].unique())
        with self.part("features"):
            first = counts["business_date"].min() + pd.Timedelta(days=learning.WARM_UP_DAYS)
            origins = list(pd.date_range(first, self.last))
            for place in range(0, len(origins), AT_ONCE):
                part = origins[place : place + AT_ONCE]
                made = features.build(counts, calendar, plan, part, series=series, **known)
                for origin, rows in made.groupby("origin"):
                    rows.to_parquet(self._features(origin), compression="zstd")
        with self.part("evaluate"):
            weeks = [self.last - pd.Timedelta(days=EVERY * n) for n in range(ORIGINS, 0, -1)]
            scored = backtest(counts, calendar, plan=plan, origins=weeks, series=(), total="total",
                              **known)  # fmt: skip
        with self.part("train"):
            days = [day for day in origins if (day - learning.EPOCH).days % learning.STRIDE == 0]
            many = len(days) * len(made) // made["origin"].nunique()
            few = learning.few(plan)
            tables = [pd.read_parquet(self._features(day)) for day in days]
            table = pd.concat([rows[few(rows, many)] for rows in tables], ignore_index=True)
            del tables
            fitted = Recipe.of(self.domain).fit(table, counts)
            text, metadata = fitted.to_text()
            (self.folder / "model.txt").write_text(text)
            (self.folder / "model.json").write_text(json.dumps(metadata))
        with self.part("forecast"):
            loaded = model.Panel.from_text(text, metadata)
            answer = loaded.predict(pd.read_parquet(self._features(self.last)))
        with self.part("publish"):
            names = [name for name in answer if name[0] == "q" and name[1:].isdigit()]
            self.copy("forecast", answer[[*SLOT, "horizon", *names]])
        assert np.isfinite(scored["q50"]).all()
        return answer["series"].nunique() - 1

    def copy(self, table: str, rows: pd.DataFrame) -> None:
        text = rows.to_csv(index=False, header=False)
        columns = ", ".join(rows.columns)
        with self.conn.cursor().copy(f"copy {table} ({columns}) from stdin (format csv)") as out:
            out.write(text)
        self.conn.commit()

    def _features(self, origin: object) -> Path:
        return self.folder / f"{pd.Timestamp(str(origin)):%Y-%m-%d}.parquet"


def _read(file: Path) -> pd.DataFrame:
    """Series, business_date, hour and value: the sum of both directions, where both are told."""
    table = pd.read_csv(file, encoding="cp949")
    table = table.drop(columns="연번", errors="ignore")
    table.columns = ["business_date", "line", "series", "name", "direction", *PLACES]
    long = table.melt(["business_date", "series", "direction"], list(PLACES), "hour").dropna()
    hours = dict(zip(PLACES, (4, *range(6, 24), 24), strict=True))
    long["hour"] = long["hour"].map(hours)
    long["series"] = long["series"].astype(str)
    long["business_date"] = pd.to_datetime(long["business_date"])
    both = long.groupby(SLOT, sort=False)["value"].agg(["sum", "size"])
    rows = both.loc[both["size"] == 2, "sum"].rename("value")
    return rows.reset_index()


def main(folder: Path) -> None:
    loaded = time.time()
    with psycopg.connect(os.environ["BARE_URL"]) as conn:
        conn.execute(TABLES)
        script = Script(folder, conn)
        begun = time.time()
        series = script.run()
    answer = {"loaded": loaded, "begun": begun, "seconds": script.seconds, "series": series}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
