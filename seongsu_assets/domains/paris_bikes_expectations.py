"""What must be true of the bikes counted in Paris before anybody forecasts from them.
Thresholds and their grounds; how they are examined is not known here."""

from seongsu_assets.domain import Expectation
from seongsu_assets.forecasting.silence import SILENT_HOURS

BETWEEN = "ExpectColumnValuesToBeBetween"

#: Counters come and go, and a street has fewer bikes than a station has people: only claims that
#: hold of a single counter's hour, and of all counters' day together.
EXPECTATIONS = (
    Expectation(
        "hours_are_of_the_day",
        "rows",
        "ExpectColumnValuesToBeInSet",
        {"column": "hour", "value_set": list(range(24))},
        "A day has the hours 0 to 23; one that comes twice when clocks go back is one slot.",
    ),
    Expectation(
        "rows_are_unique",
        "rows",
        BETWEEN,
        {"column": "duplicate", "max_value": 0},
        "One hour and counter has one count.",
    ),
    Expectation(
        "counts_are_not_negative",
        "rows",
        BETWEEN,
        {"column": "value", "min_value": 0},
        "Nobody un-rides a bike.",
    ),
    Expectation(
        "counts_are_whole",
        "rows",
        BETWEEN,
        {"column": "fraction", "min_value": 0, "max_value": 0},
        "Bikes are counted, not estimated.",
    ),
    Expectation(
        "counts_are_plausible",
        "rows",
        BETWEEN,
        {"column": "times_usual", "max_value": 10.0},
        "No hour has many times the bikes of the same hour on the busiest type of day.",
    ),
    Expectation(
        "counters_are_not_silent",
        "rows",
        BETWEEN,
        {"column": "silent_hours", "max_value": SILENT_HOURS - 1},
        "Zeros for a day or more are a counter that does not count: its hours are unknown.",
    ),
)
