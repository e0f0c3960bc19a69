"""The coming hours with what people have added to them, and the spans that need extra staff.
No texts, no layout and no database here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from ui.pages.operator.chance import chance_with
from ui.pages.operator.read import Event, Operator
from ui.show.levels import level_of
from ui.show.wording import known
from ui.state.moment import Moment
from ui.state.slots import Row, Span, by_slot, plain

#: The evening, by the clock; a domain without a slot in it has its own fullest hours instead.
EVENING = (17, 20)


@dataclass(frozen=True)
class Hour:
    """One coming slot. The forecast stays as it was published; `people`, the range, the level and
    the chance of the highest level count what the `events` in force add."""

    day: date
    span: Span
    begins: datetime
    ends: datetime
    forecast: float
    extra: int
    people: float
    low: float
    high: float
    level: float | None
    chance: float | None
    events: tuple[Event, ...]


def coming(data: Operator, moment: Moment[Operator]) -> list[Hour]:
    """The slots with sharp edges and a forecast that are not over, in order of time."""
    slots = {span.hour: span for span in plain(moment.spans)}
    found = [
        _hour(data, row, day, slots[hour])
        for (day, hour), row in by_slot(moment.total).items()
        if hour in slots and row["end"] > moment.now
    ]
    return sorted(found, key=lambda hour: hour.begins)


def _hour(data: Operator, row: Row, day: date, span: Span) -> Hour:
    events = tuple(each for each in data.events if _holds(each, day, span))
    extra = sum(each.people for each in events)
    forecast, begins, ends = row["q50"], row["at"].to_pydatetime(), row["end"].to_pydatetime()
    people, low, high = (max(row[name] + extra, 0.0) for name in ("q50", "q10", "q90"))
    level = row["level"]
    chance = row["p_levels"][-1] if known(level) else None
    if extra and data.levels and known(level):
        level = level_of(people, data.levels.lower)
        chance = chance_with(row, extra, data.levels.lower[-1])
    return Hour(
        day, span, begins, ends, forecast, extra, people, low, high, level, chance, events
    )  # fmt: skip


def _holds(event: Event, day: date, span: Span) -> bool:
    return event.in_force and event.day == day and event.first <= span.hour < event.last


def evening(hours: Sequence[Hour]) -> tuple[int, int]:
    """From when until when the evening is: the slots within EVENING, else as many hours as that
    has, where the forecast is fullest."""
    spans = {hour.span.hour: hour.span for hour in hours}
    first, last = EVENING
    inside = [each for each in spans.values() if first <= each.hour and _end(each) <= last]
    if not inside:
        inside = _fullest(hours, sorted(spans.values(), key=lambda span: span.hour))
    return min(each.hour for each in inside), max(_end(each) for each in inside)


def _fullest(hours: Sequence[Hour], slots: Sequence[Span]) -> list[Span]:
    """The neighbouring slots of together at most the evening's length, or one, with most people."""
    length = EVENING[1] - EVENING[0]

    def mean(slot: Span) -> float:
        values = [hour.forecast for hour in hours if hour.span == slot]
        return sum(values) / len(values)

    def run(first: Span) -> list[Span]:
        within = [each for each in slots if first.hour <= each.hour
                  and _end(each) <= first.hour + length]  # fmt: skip
        return within or [first]

    return max((run(first) for first in slots), key=lambda part: sum(map(mean, part)))


def _end(span: Span) -> int:
    return span.hour + span.hours


@dataclass(frozen=True)
class Need:
    """Neighbouring hours of one day whose chance of the highest level is high enough."""

    hours: tuple[Hour, ...]

    @property
    def day(self) -> date:
        return self.hours[0].day

    @property
    def span(self) -> Span:
        first, last = self.hours[0].span, self.hours[-1].span
        return Span(first.hour, _end(last) - first.hour)

    @property
    def fullest(self) -> Hour:
        return max(self.hours, key=lambda hour: hour.people)

    @property
    def chance(self) -> float:
        """The highest of its hours."""
        return max(hour.chance for hour in self.hours if hour.chance is not None)

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(dict.fromkeys(event for hour in self.hours for event in hour.events))


def needs(hours: Iterable[Hour], threshold: float) -> list[Need]:
    """The hours whose chance is at least `threshold`, neighbours together, in order of time."""
    called = [hour for hour in hours if hour.chance is not None and hour.chance >= threshold]
    if not called:
        return []
    groups = [[called[0]]]
    for before, hour in pairwise(called):
        if hour.day == before.day and hour.begins == before.ends:
            groups[-1].append(hour)
        else:
            groups.append([hour])
    return [Need(tuple(group)) for group in groups]
