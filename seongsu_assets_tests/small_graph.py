"""A graph of three stages, one of which fails, with a check that fails: for Dagster's webserver.
No assertions, and nothing of the platform's own graph."""

import dagster as dg

REASON = "38 hours were due, <b>37</b> came"


@dg.asset(key=["seongsu", "raw"], group_name="seongsu")
def raw() -> dg.MaterializeResult:
    """What arrived, of a small graph."""
    return dg.MaterializeResult(metadata={"dagster/row_count": 37, "source": "files"})


@dg.asset(key=["seongsu", "observations"], group_name="seongsu", deps=[raw])
def observations() -> None:
    """It always fails."""
    raise dg.Failure("no day is whole")


@dg.asset(key=["seongsu", "accuracy"], group_name="seongsu", deps=[observations])
def accuracy() -> None:
    """It is never reached."""


@dg.asset_check(asset=raw, description="every hour that was due is there")
def hours_are_complete() -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=False, description=REASON)


defs = dg.Definitions(assets=[raw, observations, accuracy], asset_checks=[hours_are_complete])
