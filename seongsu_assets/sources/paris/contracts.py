"""What one day of all counters must be, whatever was counted: claims on `Parsed.facts`.
Whether the counts themselves are plausible is the domain's to say."""

from seongsu_assets.sources.claims import between, every_field_is_there

COUNTERS = (
    every_field_is_there(),
    between(
        "every_record_arrived",
        "missing_records",
        0,
        0,
        "A part of what was promised is not the day.",
    ),
    between(
        "records_are_of_the_day",
        "outside",
        0,
        0,
        "Records of another day mean that the portal reads our hours in another timezone.",
    ),
    between(
        "the_whole_city_is_there",
        "counters",
        40,  # seen: 85 to 101 a day in 2023
        None,
        "With half of the counters gone the day is still being written.",
    ),
    between(
        "every_hour_of_the_day_is_told",
        "hours_missing",
        0,
        0,
        "An hour that no counter tells is one that the city has not written yet.",
        blocking=False,
    ),
    between(
        "most_counts_are_known",
        "nulls",
        None,
        0.2,
        "A null is a count that is not known; many of them are an outage of the counters.",
        blocking=False,
    ),
    between(
        "records_are_told_once",
        "repeated",
        0,
        0,
        "A record that is told twice harms no count, but somebody should know.",
        blocking=False,
    ),
)
