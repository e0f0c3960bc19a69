"""What must be true of a price before anybody forecasts from it.
Thresholds and their grounds; how they are examined is not known here."""

from seongsu_assets.domain import Expectation

BETWEEN = "ExpectColumnValuesToBeBetween"

#: Each bound leaves room beyond 40,193 hours of bitcoin against a dollar, June 2021 to December
#: 2025, of which seven are missing. The extremes seen stand behind the bounds.
EXPECTATIONS = (
    Expectation(
        "prices_are_positive",
        "rows",
        BETWEEN,
        {"column": "value", "min_value": 0.01},  # the smallest amount of dollars
        "Nobody is paid to take bitcoin.",
    ),
    Expectation(
        "hours_are_of_the_day",
        "rows",
        "ExpectColumnValuesToBeInSet",
        {"column": "hour", "value_set": list(range(24))},
        "A UTC day has the hours 0 to 23, without exception.",
    ),
    Expectation(
        "the_series_is_the_close",
        "rows",
        "ExpectColumnValuesToBeInSet",
        {"column": "series", "value_set": ["close"]},
        "Low, high and open are other numbers.",
    ),
    Expectation(
        "rows_are_unique",
        "rows",
        BETWEEN,
        {"column": "duplicate", "max_value": 0},
        "One hour has one close.",
    ),
    Expectation(
        "price_is_of_this_product",
        "rows",
        BETWEEN,
        {"column": "step", "max_value": 1.5},  # seen: 1.075
        "No hour has moved bitcoin by a half: another product or currency does.",
    ),
    Expectation(
        "price_moves_as_it_ever_did",
        "rows",
        BETWEEN,
        {"column": "step", "max_value": 1.15},  # seen: 1.075; twice as far
        "Twice the largest move of an hour in five years: true or not, somebody should look.",
        blocking=False,  # a crash is when a forecast is needed most
    ),
    Expectation(
        "price_moves_at_all",
        "rows",
        BETWEEN,
        {"column": "standing", "max_value": 3},  # seen: 1, three times in five years
        "A price that does not move by a cent for hours is no price but a feed that stands still.",
    ),
    Expectation(
        "day_is_not_a_copy",
        "days",
        BETWEEN,
        {"column": "copied", "max_value": 0.25},  # seen: 0.04, one hour of a day, by chance
        "Two days never have the same prices hour for hour.",
    ),
    Expectation(
        "hours_are_complete",
        "days",
        BETWEEN,
        {"column": "hours_missing", "max_value": 0},  # seen: 4, when nothing could be traded
        "An hour that is missing stays unknown; the others of its day are used.",
        blocking=False,
    ),
)
