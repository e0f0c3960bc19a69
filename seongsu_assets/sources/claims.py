"""Claims that the contracts of several sources make, in the words of Great Expectations.
The bounds are each source's own."""

from seongsu_assets.domain import Expectation


def between(
    claim: str,
    column: str,
    least: float | None,
    most: float | None,
    reason: str,
    *,
    blocking: bool = True,
) -> Expectation:
    """The claim that a fact of each payload lies within bounds; a fact that is None has none."""
    bounds = {"min_value": least, "max_value": most}
    arguments = {"column": column, **{k: v for k, v in bounds.items() if v is not None}}
    expectation = "ExpectColumnValuesToBeBetween"
    return Expectation(claim, "payloads", expectation, arguments, reason, blocking)


def every_field_is_there() -> Expectation:
    """The claim on the fact `missing_fields` of `api_records.Fields`."""
    return Expectation(
        "every_field_is_there",
        "payloads",
        "ExpectColumnValuesToBeInSet",
        {"column": "missing_fields", "value_set": [""]},
        "A field that is gone was renamed: its new name must be reviewed first.",
    )
