"""What is generated for a domain is as whole as the domain asks of what is measured.
What it looks like is judged with each sample."""

from datetime import UTC, datetime

import pytest

from seongsu_assets import clock
from seongsu_assets.domains import DOMAINS

GENERATING = [name for name, domain in DOMAINS.items() if domain.sample is not None]


@pytest.mark.parametrize("name", GENERATING)
def test_a_generated_period_has_all_that_a_whole_one_needs(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: now)
    domain = DOMAINS[name]
    assert domain.sample is not None
    [payload] = domain.sample.fetch(domain.cadence.up_to(domain.cadence.newest(now), 1))
    rows = domain.sample.parse(payload).rows
    required = rows[rows["hour"].isin(domain.cadence.required_hours)]
    assert len(required) >= domain.expected_rows
