"""Stations from files to a published forecast by the platform, as `seongsu run` does it: a script.
`python -m seongsu_assets_tests.stations_ours CODE ...` works in SEONGSU_HOME and prints seconds."""

import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from seongsu_assets.assets import trial
from seongsu_assets.cli.pipeline import Pipeline
from seongsu_assets.cli.session import session
from seongsu_assets.definitions import platform
from seongsu_assets.forecasting import backtest
from seongsu_assets.resources import RESOURCES
from seongsu_assets.settings import settings
from seongsu_assets.warehouse import published
from seongsu_assets.warehouse.location import open_url
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests import all_stations
from seongsu_assets_tests.bench_cost import cost

NAME = "stations"
#: What the bare script calls it.
PARTS = {
    "covariates": "ingest", "ingest": "ingest", "settle": "ingest", "prepare": "features",
    "train": "train", "forecast": "forecast", "publish": "publish", "score": "publish",
    "watch": "publish",
}  # fmt: skip
WITHIN: Mapping[str, Any] = {
    "evaluate": (backtest, "backtest"), "examine": (trial.Court, "judge"),
}  # fmt: skip


def inbox(home: Path) -> Path:
    return home / "inbox" / NAME


def main(stations: list[int]) -> None:
    """The seconds of each part; and how many series are published."""
    loaded = time.time()
    home = settings().root
    domain = all_stations.domain(NAME, stations, inbox(home))
    began: list[tuple[str, float]] = []

    def tell(_: int, what: str) -> None:
        began.append((PARTS.get(what.split(maxsplit=1)[0], ""), time.time()))

    with session() as instance, cost(WITHIN) as within:
        definitions = platform([domain], RESOURCES)
        Pipeline(definitions, instance, open_url(), domain, all_stations.LAST, tell).run()
        over = time.time()
        with connect(open_url()) as conn:
            rows = published.forecast(conn, NAME)
    assert set(rows["tier"]) == {"champion"}, "the model was refused: not all work was done"
    seconds = dict(within.parts)
    for (part, start), (_, end) in zip(began, [*began[1:], ("", over)], strict=True):
        seconds[part] = seconds.get(part, 0.0) + end - start
    seconds["train"] -= sum(within.parts.values())
    answer = {"loaded": loaded, "begun": began[0][1], "seconds": seconds,
              "series": rows["series"].nunique() - 1, "rows": len(rows)}  # fmt: skip
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]])
