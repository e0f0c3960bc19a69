"""Where the trees of a panel are grown: in this process, or by several that hold parts of the rows.
No row is chosen here; who the others are is not known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from seongsu_assets.forecasting import trees
from seongsu_assets.forecasting.learning import MOST_ROWS
from seongsu_assets.forecasting.trees import Array, Objective, Table
from seongsu_assets.plan import Tuning

#: Table, target and weight of some of the rows.
Part = tuple[Table, Array, Array]


class Grower(Protocol):
    """Grows trees. The numbers depend a little on how many `workers` there are; 0 is this process.
    Of more than `most_rows` every so-manieth is learned from; None: of any number all are."""

    @property
    def workers(self) -> int: ...
    @property
    def most_rows(self) -> int | None: ...
    def parts(self, rows: int) -> int:
        """Into how many parts so many rows are cut."""
        ...

    def grow(
        self, parts: Iterator[Part], names: Sequence[str], tuning: Tuning, *,
        seed: int, objective: Objective,
    ) -> Any:  # fmt: skip
        """A LightGBM booster of the rows of all parts, which are taken one after the other."""
        ...


@dataclass(frozen=True)
class Here:
    """This process; the same inputs give the same bits for any number of threads."""

    threads: int = 1
    workers: int = 0
    most_rows: int | None = MOST_ROWS

    def parts(self, rows: int) -> int:
        del rows
        return 1

    def grow(
        self, parts: Iterator[Part], names: Sequence[str], tuning: Tuning, *,
        seed: int, objective: Objective,
    ) -> Any:  # fmt: skip
        (whole,) = parts
        return trees.fit(
            *whole, names, seed=seed, threads=self.threads, tuning=tuning, objective=objective
        )
