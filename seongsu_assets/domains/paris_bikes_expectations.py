"""What must be true of the bikes counted in Paris before anybody forecasts from them.
Thresholds and their grounds; how they are examined is not known here."""

from seongsu_assets.domain import Expectation
from seongsu_assets.forecasting.silence import SILENT_HOURS

BETWEEN = "ExpectColumnValuesToBeBetween"

#: Counters come and go, and a street has fewer bikes than a station has people: only claims that
#: hold of a single counter's hour, or of the whole city's day. Each bound leaves room beyond what
#: was seen in all of 2023, 860,190 hours of 101 counters, judged as one import and day by day
#: against the 70 days before; the extremes that no failing device explains stand behind the bounds.
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
        "counts_are_in_reach",
        "rows",
        BETWEEN,
        {"column": "value", "max_value": 5_000},  # seen: 1,451, on a September evening
        "More bikes than pass on any street in an hour; it needs no habit to be known.",
    ),
    Expectation(
        "counts_are_plausible",
        "rows",
        BETWEEN,
        # seen: 6.2, in a morning without trains; devices that fail have 8 to 222
        {"column": "times_usual", "max_value": 8.0},
        "No hour has many times the bikes of the same hour on the busiest type of day.",
    ),
    Expectation(
        "counters_are_not_silent",
        "rows",
        BETWEEN,
        {"column": "silent_hours", "max_value": SILENT_HOURS - 1},
        "Zeros for a day or more are a counter that does not count: its hours are unknown.",
    ),
    Expectation(
        "day_total_is_plausible",
        "days",
        BETWEEN,
        {"column": "total_to_usual", "min_value": 0.2, "max_value": 2.5},  # seen: 0.39 to 1.6
        "Christmas has two fifths of a Sunday, a strike of the trains one and a half weekdays.",
    ),
    Expectation(
        "day_is_not_a_copy",
        "days",
        BETWEEN,
        {"column": "copied", "max_value": 0.5},  # seen: 0.10, by chance
        "Two days never have the same counts hour for hour at every counter.",
    ),
)
