"""What must be true of Seongsu's counts before anybody forecasts from them.
Thresholds and their grounds; how they are examined is not known here."""

from seongsu_assets.domain import Expectation

BETWEEN = "ExpectColumnValuesToBeBetween"

#: Each bound leaves room beyond all 609 days of 2023 and January-August 2024, judged against the
#: weeks before, against each other and against a reference of another year: Seollal, Chuseok,
#: Christmas, Labour Day and a typhoon are among them. The extremes seen stand behind the bounds.
EXPECTATIONS = (
    Expectation(
        "hours_are_complete",
        "days",
        BETWEEN,
        {"column": "hours_missing", "max_value": 0},
        "A day enters whole: every hour from before 06:00 to 23:00 in both directions.",
    ),
    Expectation(
        "hours_are_of_the_operating_day",
        "rows",
        "ExpectColumnValuesToBeInSet",
        {"column": "hour", "value_set": [4, *range(6, 25)]},
        "The operating day has an open slot before 06:00 (4), hours 6 to 23, and one after 24:00.",
    ),
    Expectation(
        "directions_are_known",
        "rows",
        "ExpectColumnValuesToBeInSet",
        {"column": "series", "value_set": ["boarding", "alighting"]},
        "Passengers board or alight.",
    ),
    Expectation(
        "rows_are_unique",
        "rows",
        BETWEEN,
        {"column": "duplicate", "max_value": 0},
        "One hour and direction has one count.",
    ),
    Expectation(
        "counts_are_not_negative",
        "rows",
        BETWEEN,
        {"column": "value", "min_value": 0},
        "Nobody un-boards a train.",
    ),
    Expectation(
        "counts_are_whole",
        "rows",
        BETWEEN,
        {"column": "fraction", "min_value": 0, "max_value": 0},
        "Passengers are counted, not estimated.",
    ),
    Expectation(
        "counts_are_plausible",
        "rows",
        BETWEEN,
        {"column": "times_usual", "max_value": 5.0},  # seen: 2.6, in an event's afternoon
        "No hour has many times the people of the busiest type of day.",
    ),
    Expectation(
        "hours_are_not_nearly_empty",
        "rows",
        BETWEEN,
        {"column": "times_least", "min_value": 0.1},  # seen: 0.21, on the day of Seollal
        "No hour has a small fraction of the people of the calmest type of day.",
    ),
    Expectation(
        "ordinary_hours_are_near_their_usual",
        "rows",
        BETWEEN,
        {"column": "times_own", "min_value": 0.25, "max_value": 4.5},  # seen: 0.43 to 3.2
        "On a day that is no holiday no hour is a fraction or a multiple of its usual.",
    ),
    Expectation(
        "no_hour_is_zero_while_trains_run",
        "days",
        BETWEEN,
        {"column": "zero_hours", "max_value": 0},
        "Zero people in an hour that is never empty means that the count is unknown.",
    ),
    Expectation(
        "day_total_is_plausible",
        "days",
        BETWEEN,
        {"column": "total_to_usual", "min_value": 0.2, "max_value": 2.5},  # seen: 0.30 to 1.5
        "The quietest day of the year still has a third of a Sunday.",
    ),
    Expectation(
        "ordinary_day_has_its_usual_total",
        "days",
        BETWEEN,
        {"column": "own_total", "min_value": 0.5, "max_value": 2.0},  # seen: 0.68 to 1.8
        "A day that is no holiday has about the people of its type of day.",
    ),
    Expectation(
        "day_has_its_own_profile",
        "days",
        BETWEEN,
        {"column": "profile_distance", "max_value": 0.45},  # seen: 0.37, on the day of Seollal
        "The hours of the day have Seongsu's shape; another station's have their own.",
    ),
    Expectation(
        "ordinary_day_has_its_usual_profile",
        "days",
        BETWEEN,
        {"column": "own_distance", "max_value": 0.30},  # seen: 0.27; in a typhoon 0.25
        "A day that is no holiday has the shape of its type of day.",
    ),
    Expectation(
        "directions_are_not_swapped",
        "days",
        BETWEEN,
        {"column": "swap_gain", "max_value": 0.0},  # seen: -0.5, on the day of Seollal
        "Workers alight in the morning and board in the evening, not the other way round.",
    ),
    Expectation(
        "day_is_not_a_copy",
        "days",
        BETWEEN,
        {"column": "copied", "max_value": 0.5},  # seen: 0.08, by chance
        "Two days never have the same counts hour for hour.",
    ),
    Expectation(
        "totals_are_whole",
        "totals",
        BETWEEN,
        {"column": "fraction", "min_value": 0, "max_value": 0},
        "Passengers are counted, not estimated.",
    ),
    Expectation(
        "totals_are_unique",
        "totals",
        BETWEEN,
        {"column": "duplicate", "max_value": 0},
        "One day and direction has one total.",
    ),
    Expectation(
        "totals_are_plausible",
        "totals",
        BETWEEN,
        {"column": "times_usual", "max_value": 2.5},  # seen: 1.4, before Christmas
        "No day has many times the people of the busiest type of day.",
    ),
    Expectation(
        "totals_are_not_nearly_empty",
        "totals",
        BETWEEN,
        {"column": "times_least", "min_value": 0.15},  # seen: 0.25, on the day of Seollal
        "The quietest day of the year still has a third of a Sunday.",
    ),
)
