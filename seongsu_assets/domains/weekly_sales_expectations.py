"""What must be true of a week's sales before anybody forecasts from them.
Thresholds and their grounds; how they are examined is not known here."""

from seongsu_assets.domain import Expectation

BETWEEN = "ExpectColumnValuesToBeBetween"

#: Departments come and go, and some sell next to nothing: only claims that hold of a single
#: department's week, or of the whole chain's. Each bound leaves room beyond 371,242 weeks of 3,317
#: departments, February 2010 to June 2012; the extremes seen stand behind the bounds.
EXPECTATIONS = (
    Expectation(
        "series_are_departments_of_stores",
        "rows",
        "ExpectColumnValuesToMatchRegex",
        {"column": "series", "regex": r"^\d+-\d+$"},
        "A series is a store's number and a department's.",
    ),
    Expectation(
        "rows_are_unique",
        "rows",
        BETWEEN,
        {"column": "duplicate", "max_value": 0},
        "One department has one sum a week.",
    ),
    Expectation(
        "sales_are_in_reach",
        "rows",
        BETWEEN,
        {
            "column": "value",
            "min_value": -50_000,
            "max_value": 5_000_000,
        },  # seen: -4,989 to 693,099
        "More is returned than sold now and then; beyond this somebody has slipped a digit.",
    ),
    Expectation(
        "week_total_is_plausible",
        "days",
        BETWEEN,
        {"column": "total_to_usual", "min_value": 0.6, "max_value": 2.5},
        "The week before Christmas sells nearly twice as much as others; no week sells half.",
    ),
    Expectation(
        "week_is_not_a_copy",
        "days",
        BETWEEN,
        {"column": "copied", "max_value": 0.5},
        "Two weeks never sell the same to the cent in every department.",
    ),
)
