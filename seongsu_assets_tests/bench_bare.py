"""The bare work inside a training: one LightGBM fit of a table that is there, and one forecast.
Measured in this process, or as a script of its own: `bench_bare FOLDER` prints the cost as JSON."""

import json
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from seongsu_assets_tests.bench_cost import Cost, cost


@dataclass(frozen=True)
class Work:
    """A table of `inputs`, `target` and `weight`, LightGBM's settings, and rows to forecast."""

    table: dict[str, np.ndarray]
    settings: dict[str, Any]
    asked: int


def here(work: Work) -> tuple[Cost, Cost]:
    """What the fit and the forecast cost in this process."""
    import lightgbm

    inputs, target, weight = (work.table[name] for name in ("inputs", "target", "weight"))
    with cost() as fit:
        data = lightgbm.Dataset(inputs, target, weight=weight)
        booster = lightgbm.train(dict(work.settings), data)
    few = np.ascontiguousarray(inputs[: work.asked])
    with cost() as forecast:
        booster.predict(few, num_threads=1)
    return fit, forecast


def script(work: Work) -> tuple[Cost, Cost]:
    """The same in a process that does nothing else, with the most MB that it had."""
    with tempfile.TemporaryDirectory() as folder:
        np.savez(Path(folder) / "table.npz", **work.table)
        rest = {"settings": work.settings, "asked": work.asked}
        (Path(folder) / "rest.json").write_text(json.dumps(rest), encoding="utf-8")
        words = [sys.executable, "-W", "ignore", "-m", __name__, folder]
        done = subprocess.run(words, capture_output=True, check=True)
    fit, forecast = json.loads(done.stdout)
    return Cost(**fit), Cost(**forecast)


def main(folder: Path) -> None:
    import lightgbm  # noqa: F401 - not what is measured

    rest = json.loads((folder / "rest.json").read_text(encoding="utf-8"))
    taken = here(Work(dict(np.load(folder / "table.npz")), **rest))
    sys.stdout.write(json.dumps([asdict(each) for each in taken]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
