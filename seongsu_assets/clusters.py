"""Dask's workers, where SEONGSU_DASK names their scheduler: together they hold and learn a panel.
Which rows are learned from, and how, is for `forecasting`."""

import re
import warnings
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from seongsu_assets.errors import ClusterError, SettingError
from seongsu_assets.forecasting import trees
from seongsu_assets.forecasting.growing import Grower, Part
from seongsu_assets.forecasting.trees import Objective
from seongsu_assets.plan import Tuning
from seongsu_assets.settings import settings

#: So many rows are sent at once: what the sender needs beside its own frame.
PART_ROWS = 250_000
#: A worker that says nothing for so long is lost; one that was killed is noticed at once.
SILENT_MINUTES, JOIN_SECONDS, LOOK_SECONDS = 5, 30, 2
_WHERE = re.compile(r"^\[(machines|local_listen_port): .*\]\n", re.MULTILINE)
REMEDY = "look at Dask's scheduler and workers; without SEONGSU_DASK one process learns"


def used(*, spread: bool) -> bool:
    """Whether several processes learn, of a learner whose rows can be `spread`."""
    return spread and bool(settings().dask)


@contextmanager
def joined(*, spread: bool) -> Generator[Grower | None]:
    """All workers of the scheduler; None where none is named, or rows are not `spread`. Raises
    ClusterError when it does not answer, or a worker is lost."""
    if not used(spread=spread):
        yield None
        return
    try:
        from seongsu_assets.placed import Placed
    except ImportError as error:
        raise SettingError(
            "SEONGSU_DASK is set, and Dask is absent",
            remedy='install its part: `pip install "daily-seongsu[scale]"`',
        ) from error
    address = settings().dask
    try:
        client = Placed(address, timeout=JOIN_SECONDS)
    except (OSError, ValueError) as error:
        raise ClusterError(f"no scheduler answers at {address}", remedy=REMEDY) from error
    with client:
        there = sorted(client.scheduler_info(n_workers=-1)["workers"])
        if not there:
            raise ClusterError(f"{address} has no worker", remedy="start `dask worker` somewhere")
        client.places = there
        yield Cluster(client, tuple(there))


@dataclass(frozen=True)
class Cluster:
    """The workers at these addresses, each of which holds its share of the rows."""

    client: Any
    addresses: tuple[str, ...]
    most_rows: int | None = None

    @property
    def workers(self) -> int:
        return len(self.addresses)

    def parts(self, rows: int) -> int:
        """As many for each worker."""
        return -(-rows // (PART_ROWS * self.workers)) * self.workers

    def grow(
        self, parts: Iterator[Part], names: Sequence[str], tuning: Tuning, *,
        seed: int, objective: Objective,
    ) -> Any:  # fmt: skip
        """Through LightGBM's own integration with Dask: each worker bins its rows, and tells the
        others sums alone. Raises ClusterError when one is lost."""
        import lightgbm
        from distributed import CancelledError, KilledWorker

        told = trees.settings(tuning, seed=seed, objective=objective)
        learner = lightgbm.DaskLGBMRegressor(
            client=self.client, n_estimators=tuning.rounds, time_out=SILENT_MINUTES, **told
        )
        try:
            table, target, weight = self._sent(parts)
            fit = partial(learner.fit, sample_weight=weight, feature_name=list(names))
            self._watched(partial(fit, table, target))
        except (lightgbm.basic.LightGBMError, KilledWorker, CancelledError, OSError) as error:
            raise ClusterError(
                f"a worker was lost while it learned: {error}", remedy=REMEDY
            ) from error
        # Where the workers were says nothing of the model.
        text = _WHERE.sub("", learner.booster_.model_to_string())
        return lightgbm.Booster(model_str=text)

    def _watched(self, fit: Callable[[], Any]) -> None:
        """Fit while all workers are there. Of LightGBM's own, those that wait for one that is gone
        may wait for ever: they are started anew."""
        with (
            ThreadPoolExecutor(1) as beside,
            warnings.catch_warnings(action="ignore", category=UserWarning),  # of threads it sets
        ):
            fitting = beside.submit(fit)
            while not wait([fitting], LOOK_SECONDS).done:
                there = set(self.client.scheduler_info(n_workers=-1)["workers"])
                if not there.issuperset(self.addresses):
                    left = sorted(there.intersection(self.addresses))
                    self.client.restart_workers(left, JOIN_SECONDS, raise_for_error=False)
                    self.client.close()  # which ends the fit
                    lost = ", ".join(set(self.addresses) - there)
                    raise ClusterError(f"{lost} was lost while it learned", remedy=REMEDY)
            fitting.result()

    def _sent(self, parts: Iterator[Part]) -> list[Any]:
        """Table, target and weight as Dask's arrays, whose parts lie with the workers by turns."""
        from dask import array
        from dask.delayed import delayed

        held: list[list[Any]] = [[], [], []]
        for number, part in enumerate(parts):
            there = self.addresses[number % self.workers]
            for values, column in zip(part, held, strict=True):
                (kept,) = self.client.scatter([values], workers=[there], direct=True, hash=False)
                column.append(array.from_delayed(delayed(kept), values.shape, values.dtype))
        return [array.concatenate(column) for column in held]
