"""Learning together with Dask's workers, as a step does it: where one is lost it is tried again.
Who they are is in `clusters`; without them this process learns alone."""

from collections.abc import Generator
from contextlib import contextmanager

import dagster as dg

from seongsu_assets import clusters
from seongsu_assets.errors import ClusterError
from seongsu_assets.forecasting import learners
from seongsu_assets.forecasting.growing import Grower
from seongsu_assets.plan import Plan
from seongsu_assets.resources import PAUSE_SECONDS, RETRIES


@contextmanager
def helped(plan: Plan) -> Generator[Grower | None]:
    """Who learns by this plan, where it is not this process alone."""
    try:
        with clusters.joined(spread=learners.of(plan).spread) as grower:
            yield grower
    except ClusterError as error:
        raise dg.RetryRequested(max_retries=RETRIES, seconds_to_wait=PAUSE_SECONDS) from error


def told(plan: Plan) -> list[str]:
    """What a model's identity says of it: all rows, or some, are other models."""
    return ["together"] if clusters.used(spread=learners.of(plan).spread) else []
