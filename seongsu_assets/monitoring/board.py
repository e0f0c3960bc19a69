"""A dashboard as values: rows of panels, each with its queries.
How Grafana is told is in `grafana`; the four dashboards are modules of their own."""

from dataclasses import dataclass
from typing import Literal

from seongsu_assets.metrics.family import Family

#: The domains that are chosen at the top of a dashboard.
CHOSEN = 'domain=~"$domain"'
_WHOLE = 24


@dataclass(frozen=True)
class Query:
    """One query and what its lines are called; `{{label}}` stands for a label."""

    expr: str
    legend: str = "{{domain}}"


@dataclass(frozen=True)
class Panel:
    """`stat`: one number now; `lines`: over time; `bars`: now, side by side; `states`: over time,
    in colours; `table`: now. `limits`: (value, colour) from where on the colour holds."""

    title: str
    told: str
    shape: Literal["stat", "lines", "bars", "states", "table"]
    queries: tuple[Query, ...]
    unit: str = "short"
    limits: tuple[tuple[float, str], ...] = ()
    width: int = 8
    height: int = 8


@dataclass(frozen=True)
class Row:
    title: str
    panels: tuple[Panel, ...]

    def __post_init__(self) -> None:
        assert sum(panel.width for panel in self.panels) % _WHOLE == 0, self.title


@dataclass(frozen=True)
class Board:
    uid: str
    title: str
    told: str
    rows: tuple[Row, ...]


def of(family: Family, *matchers: str, part: str = "", **equal: str) -> str:
    """The family's selector, for the chosen domains where it has domains."""
    chosen = (CHOSEN,) if "domain" in family.labels else ()
    return family.where(*chosen, *matchers, part=part, **equal)


def day(family: Family, *by: str, **equal: str) -> str:
    """What a counter counted in a day, by these labels."""
    return f"sum by ({', '.join(by)}) (increase({of(family, **equal)}[1d]))"


def is_one(family: Family) -> str:
    """Of the states of a family the one that holds."""
    return f"{of(family)} == 1"
