"""Events that a what-if may put on a day: kinds of days that the model has learned to tell apart.
What a kind does to ridership is the model's."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

#: An ordinary day; a day off by law; a working day close to one.
Event = Literal[
    "ordinary",
    "holiday", "substitute", "election", "temporary", "christmas", "new_year",
    "labour_day", "bridge", "eve", "day_after", "christmas_eve", "year_end",
    "festival_eve", "festival_after", "festival_bridge",
]  # fmt: skip
_OFF = {"holiday", "substitute", "election", "temporary", "christmas", "new_year"}
#: The calendar's kind of a public holiday that has no name of its own.
PLAIN = "holiday"
SATURDAY = 5


@dataclass(frozen=True)
class Kind:
    """What the calendar says of a day."""

    day_type: str
    kind: str
    off: bool


def kind(event: Event, day: pd.Timestamp) -> Kind | None:
    """The day with the event; None where a day off cannot have it."""
    weekend = day.dayofweek >= SATURDAY
    if event in _OFF:
        return Kind("holiday", PLAIN if event == "holiday" else event, off=True)
    if event == "ordinary":
        names = ("saturday", "sunday")
        day_type = names[day.dayofweek - SATURDAY] if weekend else "weekday"
        return Kind(day_type, "ordinary", off=weekend)
    return None if weekend else Kind("adjacent", event, off=False)
