"""Promotion of real candidates: no poisoned one, nearly every honest improvement.
A sample of `proof_poisoned`, which tries a hundred of each."""

from collections import Counter

import pytest

from seongsu_assets_tests.candidates import Station, improvements
from seongsu_assets_tests.poisons import POISONS, poisoned

SERVES = ("first", "promote")


@pytest.fixture(scope="module")
def stations() -> list[Station]:
    return [Station(1), Station(2)]


def test_no_poisoned_candidate_is_promoted_over_a_weak_champion_or_none(
    stations: list[Station],
) -> None:
    weak = {station.seed: station.before(70, wet=False) for station in stations}
    tried = Counter[str]()
    for kind, poison, station, candidate in poisoned(stations, each=2):
        tried[kind] += 1
        for champion in (weak[station.seed], None):
            decision = station.judge(candidate, champion)
            assert decision.outcome not in SERVES, f"{poison}: {decision.reason}"
    assert tried == dict.fromkeys(POISONS, 2)


def test_honest_improvements_are_promoted() -> None:
    for name, station, champion in improvements(seed=1):
        decision = station.judge(station.honest, champion)
        assert decision.outcome == "promote", f"{name}: {decision.reason}"


def test_a_model_is_never_exchanged_for_itself(stations: list[Station]) -> None:
    for station in stations:
        decision = station.judge(station.honest, station.honest.model)
        assert decision.outcome == "keep"
        assert "the same" in decision.reason
