"""What one payload of the daily APIs must be, whatever day it is of: claims on `Parsed.facts`.
Whether the counts themselves are plausible is the domain's to say."""

from seongsu_assets.domain import Expectation

_BETWEEN, _IN_SET = "ExpectColumnValuesToBeBetween", "ExpectColumnValuesToBeInSet"

_WHOLE = (
    Expectation(
        "every_field_is_there",
        "payloads",
        _IN_SET,
        {"column": "missing_fields", "value_set": [""]},
        "A column that is gone was renamed: its new name must be reviewed first.",
    ),
    Expectation(
        "no_field_is_new",
        "payloads",
        _IN_SET,
        {"column": "unknown_fields", "value_set": [""]},
        "A new column harms no count, but somebody should know what it says.",
        blocking=False,
    ),
    Expectation(
        "every_record_arrived",
        "payloads",
        _BETWEEN,
        {"column": "missing_records", "min_value": 0, "max_value": 0},
        "A part of what was promised is not the day.",
    ),
)

CARD = (
    *_WHOLE,
    Expectation(
        "own_station_is_there_once",
        "payloads",
        _BETWEEN,
        {"column": "own_rows", "min_value": 1, "max_value": 1},
        "None means another spelling, or two that contradict each other.",
    ),
    Expectation(
        "the_whole_city_is_there",
        "payloads",
        _BETWEEN,
        {"column": "stations", "min_value": 400},  # seen: 604 to 619
        "With a third of the stations gone the day is still being written.",
    ),
    Expectation(
        "not_more_than_the_city_is_there",
        "payloads",
        _BETWEEN,
        {"column": "records", "max_value": 900},  # likewise
        "Half as many records again mean that stations are told in parts.",
        blocking=False,
    ),
    Expectation(
        "registered_when_usual",
        "payloads",
        _BETWEEN,
        {"column": "lag_days", "min_value": 2, "max_value": 5},  # seen: 3, and 4 on one day of 374
        "A day registered sooner may be unfinished, one registered later is a revision.",
        blocking=False,
    ),
)

HOURLY = (
    *_WHOLE,
    Expectation(
        "own_station_is_there",
        "payloads",
        _BETWEEN,
        {"column": "own_rows", "min_value": 100},  # the mean station has 240 records
        "Twenty hours, two kinds of card and a few kinds of passengers are more than that.",
    ),
    Expectation(
        "cards_are_of_every_usual_type",
        "payloads",
        _BETWEEN,
        {"column": "card_types", "min_value": 2},
        "Without prepaid or without postpaid cards each hour is a part of itself.",
    ),
    Expectation(
        "passengers_are_of_every_usual_type",
        "payloads",
        _BETWEEN,
        {"column": "user_types", "min_value": 3},
        "No day is without grown-ups, the old and the young: a type that is gone makes sums low.",
    ),
    Expectation(
        "hours_are_those_of_the_trains",
        "payloads",
        _BETWEEN,
        {"column": "hours", "min_value": 19, "max_value": 20},
        "Before six, 6 to 23, and after midnight where trains ran; fewer is a day half told.",
        blocking=False,  # which hours are missing the audit of the day tells, and keeps it out
    ),
    Expectation(
        "written_when_usual",
        "payloads",
        _BETWEEN,
        {"column": "lag_days", "min_value": 0, "max_value": 2},
        "The source has a day on the next; one written later is a revision.",
        blocking=False,
    ),
)
