"""One line of the table that `make bench` prints, and the table.
Nothing is measured here."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

import pandas as pd


@dataclass(frozen=True)
class Line:
    """`what` was measured, ours and what it is set `against` in the same `unit`, and what `bounds`
    it. Without numbers: why it was not measured."""

    what: str
    ours: float | None = None
    unit: str = "s"
    bare: float | None = None
    against: str = ""
    bounds: str = ""

    @property
    def ratio(self) -> float | None:
        return self.ours / self.bare if self.ours is not None and self.bare else None


def table(lines: Iterable[Line]) -> pd.DataFrame:
    rows = [asdict(line) | {"ratio": line.ratio} for line in lines]
    columns = ["what", "ours", "bare", "unit", "ratio", "against", "bounds"]
    return pd.DataFrame(rows, columns=pd.Index(columns))


def markdown(lines: Iterable[Line]) -> str:
    """The table for a page."""
    told = ["| what | ours | against | ratio | what bounds it |", "|---|---|---|---|---|"]
    for line in lines:
        ours = "" if line.ours is None else f"{_number(line.ours)} {line.unit}".rstrip()
        bare = "" if line.bare is None else f"{_number(line.bare)} {line.unit}".rstrip()
        beside = f"{bare} ({line.against})" if bare and line.against else bare or line.against
        ratio = "" if line.ratio is None else f"{line.ratio:.2f}"
        told.append(f"| {line.what} | {ours} | {beside} | {ratio} | {line.bounds} |")
    return "\n".join(told) + "\n"


def _number(value: float) -> str:
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
