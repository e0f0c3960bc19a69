"""What a trial gathers from the warehouse about a candidate.
How it then judges is in `test_promotion`, and whom it refuses in `test_poisoned`."""

import pytest

from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.world import World


def test_an_honest_first_model_learned_again_errs_as_it_claims(world: World) -> None:
    """Also where no features are held of the oldest days that it has learned from."""
    with connect(world.url) as conn:
        [outcome, inputs], *_ = conn.execute(
            "select outcome, inputs from warehouse.decision order by id"
        ).fetchall()
    assert outcome == "first"
    assert inputs["replayed"] == pytest.approx(1.0, abs=1e-9)
