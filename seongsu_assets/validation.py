"""Great Expectations' verdicts on one frame: a context, a batch, a pass.
Which claims, and what their columns measure, is not known here."""

import os
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from seongsu_assets.domain import Expectation
from seongsu_assets.errors import AuditError


@dataclass(frozen=True)
class Result:
    """The verdict on one claim. `rows` are the positions of the offending rows."""

    expectation: Expectation
    success: bool
    examined: int
    unexpected: int
    rows: tuple[int, ...]


def check(frame: pd.DataFrame, expectations: Sequence[Expectation]) -> list[Result]:
    """The verdict on each claim about any table. An empty table fails every claim."""
    return results_of(frame, expectations, validate(frame, expectations, "table"))


def validate(frame: pd.DataFrame, expectations: Sequence[Expectation], name: str) -> Any:
    """Great Expectations' result for one frame: one context, one batch, one pass."""
    context = ephemeral()
    asset = context.data_sources.add_pandas("audit").add_dataframe_asset(name)
    batch = asset.add_batch_definition_whole_dataframe(name).get_batch({"dataframe": frame})
    return batch.validate(_suite(name, expectations), result_format="COMPLETE")


def _suite(name: str, expectations: Sequence[Expectation]) -> Any:
    gx = _gx()
    return gx.ExpectationSuite(
        name,
        expectations=[
            getattr(gx.expectations, each.expectation)(
                **each.arguments,
                description=f"{each.claim}: {each.reason}",
                meta={"place": place},
            )
            for place, each in enumerate(expectations)
        ],
    )


def results_of(
    frame: pd.DataFrame, expectations: Sequence[Expectation], validation: Any
) -> list[Result]:
    found = {each.expectation_config.meta["place"]: each for each in validation.results}
    return [_result(frame, each, found[place]) for place, each in enumerate(expectations)]


def _result(frame: pd.DataFrame, expectation: Expectation, verdict: Any) -> Result:
    """In plain Python: Great Expectations leaves numpy's own False and integers behind."""
    if not verdict.result:
        raise AuditError(
            f"{expectation.claim} could not be examined: {verdict.exception_info}",
            remedy="correct the claim or the columns it names",
        )
    rows = tuple(int(row) for row in verdict.result.get("unexpected_index_list") or ())
    success = bool(verdict.success) and not frame.empty
    unexpected = int(verdict.result.get("unexpected_count", not success))
    return Result(expectation, success, len(frame), unexpected, rows)


def ephemeral() -> Any:
    context = _gx().get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    return context


def _gx() -> Any:
    """Great Expectations: it takes seconds to import, so only where data is judged."""
    os.environ["GX_ANALYTICS_ENABLED"] = "False"
    with warnings.catch_warnings():  # of its dependencies, which nobody here can heed
        warnings.simplefilter("ignore", DeprecationWarning)
        import great_expectations as gx
    return gx
