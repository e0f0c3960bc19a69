"""A metric family: its name, its kind, what it says and by which labels, and how it is selected.
No value here (`families` lists them all, the collectors measure)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)

PREFIX = "seongsu_"


@dataclass(frozen=True)
class Counts:
    """A histogram's value: how many came to at most each bound, how many in all, and their sum."""

    at_most: tuple[int, ...]
    count: int
    total: float


@dataclass(frozen=True)
class Family:
    """`unit` is Grafana's: s, percentunit, short. `bounds` are a histogram's, without infinity."""

    name: str
    kind: Literal["gauge", "counter", "histogram"]
    told: str
    labels: tuple[str, ...] = ()
    unit: str = "short"
    bounds: tuple[float, ...] = ()

    @property
    def full(self) -> str:
        """The name of its samples; a histogram's are `bucket`, `count` and `sum`."""
        return PREFIX + self.name + ("_total" if self.kind == "counter" else "")

    def where(self, *matchers: str, part: str = "", **equal: str) -> str:
        """A selector: `where(domain="x")`, or `where('kind=~"a|b"')`. `part` is a histogram's.

        Raises ValueError for a label that the family has not, so that no query can be mistaken."""
        named = [*equal, *(matcher.split("=")[0].rstrip("!") for matcher in matchers)]
        allowed = {*self.labels, "le"} if part == "bucket" else set(self.labels)
        if unknown := set(named) - allowed:
            raise ValueError(f"{self.name} has no label {', '.join(sorted(unknown))}")
        if (self.kind == "histogram") != bool(part):
            raise ValueError(f"{self.name}: only a histogram has parts, and each of its uses one")
        inside = ",".join([*(f'{name}="{value}"' for name, value in equal.items()), *matchers])
        return f"{self.full}{'_' + part if part else ''}" + (f"{{{inside}}}" if inside else "")

    def metric(self, samples: "Iterable[Sample]") -> Metric:
        """The family as the page has it."""
        if self.kind == "histogram":
            metric = HistogramMetricFamily(PREFIX + self.name, self.told, labels=self.labels)
            for sample in samples:
                assert isinstance(sample.value, Counts)
                steps = zip(self.bounds, sample.value.at_most, strict=True)
                buckets = [(f"{bound:g}", float(count)) for bound, count in steps]
                buckets.append(("+Inf", float(sample.value.count)))
                metric.add_metric(sample.labels, buckets, sample.value.total)
            return metric
        shape = CounterMetricFamily if self.kind == "counter" else GaugeMetricFamily
        plain = shape(PREFIX + self.name, self.told, labels=self.labels)
        for sample in samples:
            assert not isinstance(sample.value, Counts)
            plain.add_metric(sample.labels, float(sample.value))
        return plain


@dataclass(frozen=True)
class Sample:
    """One value of a family; `labels` in the family's order."""

    family: Family
    labels: tuple[str, ...]
    value: float | Counts

    def __post_init__(self) -> None:
        assert len(self.labels) == len(self.family.labels), self.family.name
