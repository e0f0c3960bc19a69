"""Where each stage of a graph is drawn: its row and column, and the lines between two rows.
No drawing here. A line over several rows runs through places of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

#: Times that every row is put in order by its neighbours.
SWEEPS = 8

#: A stage by its name, or where a line from the stage passes: the name and the row.
Node = str | tuple[str, int]
Line = tuple[Node, Node]


@dataclass(frozen=True)
class Layout:
    """`rows` has, from the first stage to the last, what stands in which column; `lines` the
    columns that are joined between a row and the next."""

    columns: int
    rows: tuple[Mapping[int, Node], ...]
    lines: tuple[tuple[tuple[int, int], ...], ...]


def layout(sources: Mapping[str, Sequence[str]]) -> Layout:
    """The drawing of stages with what each comes from; what is not a key is left out."""
    known = {name: [each for each in froms if each in sources] for name, froms in sources.items()}
    if not known:
        return Layout(0, (), ())
    depth = _depths(known)
    lines = _lines(known, depth)
    rows = _rows(lines, depth)
    gaps = [[line for line in lines if line[0] in row] for row in rows[:-1]]
    columns = max(map(len, rows))
    at = _arranged(rows, gaps, columns)
    placed = tuple({at[node]: node for node in row} for row in rows)
    joined = tuple(tuple(sorted((at[a], at[b]) for a, b in gap)) for gap in gaps)
    return Layout(columns, placed, joined)


def _depths(sources: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """A stage is below all that it comes from; one that comes of nothing just above its first
    reader. Dagster refuses circles."""
    depth: dict[str, int] = {}

    def of(name: str) -> int:
        if name not in depth:
            depth[name] = 1 + max((of(each) for each in sources[name]), default=-1)
        return depth[name]

    for name in sources:
        of(name)
    for name, froms in sources.items():
        readers = [depth[each] for each, its in sources.items() if name in its]
        if not froms and readers:
            depth[name] = min(readers) - 1
    return depth


def _lines(sources: Mapping[str, Sequence[str]], depth: Mapping[str, int]) -> list[Line]:
    """Each from one row to the next; those of one stage share their way."""
    found: set[Line] = set()
    for name, froms in sources.items():
        for each in froms:
            way: list[Node] = [(each, row) for row in range(depth[each] + 1, depth[name])]
            found.update(pairwise([each, *way, name]))
    return sorted(found, key=repr)


def _rows(lines: Sequence[Line], depth: Mapping[str, int]) -> list[list[Node]]:
    rows: list[list[Node]] = [[] for _ in range(max(depth.values()) + 1)]
    passing = {node for line in lines for node in line if isinstance(node, tuple)}
    for name in sorted(depth):
        rows[depth[name]].append(name)
    for node in sorted(passing):
        rows[node[1]].append(node)
    return rows


def _arranged(
    rows: Sequence[Sequence[Node]], gaps: Sequence[Sequence[Line]], columns: int
) -> dict[Node, int]:
    """Columns of few crossings and short lines: the best of some sweeps down and up."""
    at: dict[Node, int] = {}
    for row in rows:
        at.update(_spread({node: float(place) for place, node in enumerate(row)}, columns))
    best, least = dict(at), _cost(gaps, at)
    for sweep in range(SWEEPS):
        if sweep % 2 == 0:
            for row, gap in zip(rows[1:], gaps, strict=True):
                at.update(_beside(row, [(b, a) for a, b in gap], at, columns))
        else:
            for row, gap in zip(rows[-2::-1], reversed(gaps), strict=True):
                at.update(_beside(row, gap, at, columns))
        if (cost := _cost(gaps, at)) < least:
            best, least = dict(at), cost
    return best


def _beside(
    row: Sequence[Node], lines: Sequence[Line], at: Mapping[Node, int], columns: int
) -> dict[Node, int]:
    """Columns for the first ends of the lines, each near the mean of its other ends."""
    wishes: dict[Node, float] = {}
    for node in row:
        near = [at[other] for own, other in lines if own == node]
        wishes[node] = sum(near) / len(near) if near else float(at[node])
    return _spread(wishes, columns)


def _spread(wishes: Mapping[Node, float], columns: int) -> dict[Node, int]:
    """A column for each, in the order of the wishes and near to them."""
    order = sorted(wishes, key=lambda node: (wishes[node], repr(node)))
    at: dict[Node, int] = {}
    free = 0
    for place, node in enumerate(order):
        last = columns - (len(order) - place)
        at[node] = min(max(free, round(wishes[node])), last)
        free = at[node] + 1
    return at


def _cost(gaps: Sequence[Sequence[Line]], at: Mapping[Node, int]) -> int:
    """A crossing is worse than a way aside."""
    cost = 0
    for gap in gaps:
        ends = [(at[a], at[b]) for a, b in gap]
        crossings = sum((a - c) * (b - d) < 0 for (a, b), (c, d) in combinations(ends, 2))
        cost += 3 * crossings + sum(abs(a - b) for a, b in ends)
    return cost
