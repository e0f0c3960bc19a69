"""A hundred poisoned candidates and a hundred honest improvements before the promotion rule.
Minutes: run by `make proof`; `test_poisoned` takes a sample."""

from collections import Counter

import pytest

from seongsu_assets_tests.candidates import Station, improvements
from seongsu_assets_tests.poisons import poisoned
from seongsu_assets_tests.test_poisoned import SERVES

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]


def test_of_a_hundred_poisoned_candidates_none_is_promoted() -> None:
    stations = [Station(seed) for seed in range(10)]
    weak = {station.seed: station.before(70, wet=False) for station in stations}
    outcomes, grounds = Counter[str](), Counter[str]()
    for kind, poison, station, candidate in poisoned(stations, each=20):
        for name, champion in (("weak", weak[station.seed]), ("none", None)):
            decision = station.judge(candidate, champion)
            outcomes[f"{kind}, champion {name}: {decision.outcome}"] += 1
            grounds[f"{poison}: {_ground(decision.reason)}"] += 1
    _tell(outcomes, grounds)
    assert sum(outcomes.values()) == 200
    assert not [name for name in outcomes if name.endswith(SERVES)]


def test_of_a_hundred_honest_improvements_95_are_promoted() -> None:
    outcomes, grounds = Counter[str](), Counter[str]()
    for seed in range(25):
        for name, station, champion in improvements(seed):
            decision = station.judge(station.honest, champion)
            outcomes[decision.outcome] += 1
            grounds[f"{name}: {decision.outcome}, {_ground(decision.reason)}"] += 1
    _tell(outcomes, grounds)
    assert outcomes.total() == 100
    assert outcomes["promote"] >= 95


def test_twenty_models_are_never_exchanged_for_themselves() -> None:
    for seed in range(20):
        station = Station(seed)
        assert station.judge(station.honest, station.honest.model).outcome == "keep"


def _ground(reason: str) -> str:
    """The reason without its numbers."""
    return "".join(letter for letter in reason if not letter.isdigit() and letter not in "+-.%")


def _tell(*counters: Counter[str]) -> None:
    for counter in counters:
        for name, times in sorted(counter.items()):
            print(f"{times:4d}  {name}")  # noqa: T201 - the figures are the proof
