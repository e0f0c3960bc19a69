"""What people add to a forecast is scored hour by hour beside the forecast alone.
How it is entered is in test_adjustments; what the page shows, in test_ui_operator_event_list."""

from datetime import timedelta

import pytest

from seongsu_assets_tests.adjusted import ISSUE, MONDAY, NOW, forecast, rows, url
from seongsu_assets_tests.adjusting import come, enter, entry, withdraw
from seongsu_assets_tests.ui_world import at

__all__ = ["url"]  # fixtures


def scored(url: str) -> dict[int, tuple[float, float, float, float, float]]:
    """Hour -> forecast, adjusted, observed, both errors."""
    found = rows(
        url,
        """select hour, forecast, adjusted, observed, forecast_error, adjusted_error
           from published.adjustment_score order by hour""",
    )
    return {hour: tuple(round(value, 6) for value in told) for hour, *told in found}


def test_each_hour_is_scored_beside_the_forecast_alone(url: str) -> None:
    enter(url, entry(MONDAY), NOW)
    assert scored(url) == {}
    come(url, ISSUE, MONDAY, {16: 1.0, 17: forecast(17) + 400, 18: forecast(18) - 100, 20: 1.0})
    ours = {17: (400.0, 100.0), 18: (100.0, 600.0)}
    for hour, (plain, adjusted) in ours.items():
        told = scored(url)[hour]
        assert told[:3] == pytest.approx(
            (forecast(hour), forecast(hour) + 500, forecast(hour) + {17: 400, 18: -100}[hour])
        )
        assert told[3:] == pytest.approx((plain, adjusted))
    assert set(scored(url)) == {17, 18}
    [told] = rows(
        url, "select scored_hours, forecast_error, adjusted_error from published.adjustment"
    )
    assert told == (2, pytest.approx(500), pytest.approx(700))


def test_a_revised_truth_scores_anew(url: str) -> None:
    enter(url, entry(MONDAY), NOW)
    come(url, ISSUE, MONDAY, {17: 1.0})
    come(url, ISSUE, MONDAY, {17: forecast(17) + 500}, revision=2)
    assert scored(url)[17][4] == pytest.approx(0)


def test_an_hour_counts_only_while_the_adjustment_was_in_force_when_it_began(url: str) -> None:
    early, late = entry(MONDAY), entry(MONDAY, people=100)
    enter(url, early, NOW)
    enter(url, late, NOW)
    withdraw(url, early.id, NOW + timedelta(minutes=1))
    withdraw(url, late.id, at(MONDAY, 18) + timedelta(minutes=30))
    come(url, ISSUE, MONDAY, dict.fromkeys((17, 18, 19), 0.0))
    found = rows(url, "select id, hour, others from published.adjustment_score order by hour")
    assert found == [(str(late.id), 17, 0), (str(late.id), 18, 0)]


def test_two_at_once_are_scored_as_they_were_shown_together(url: str) -> None:
    enter(url, entry(MONDAY, 17, 19, people=500), NOW)
    enter(url, entry(MONDAY, 18, 20, people=-200), NOW)
    come(url, ISSUE, MONDAY, {18: forecast(18) + 300, 19: 0.0})
    found = rows(
        url,
        """select people, hour, others, adjusted_error from published.adjustment_score
           order by people desc, hour""",
    )
    assert found == [
        (500, 18, -200, pytest.approx(0)),
        (-200, 18, 500, pytest.approx(0)),
        (-200, 19, 0, pytest.approx(forecast(19) - 200)),
    ]


def test_fewer_people_than_none_never_come(url: str) -> None:
    enter(url, entry(MONDAY, 17, 18, people=-100_000), NOW)
    come(url, ISSUE, MONDAY, {17: 10.0})
    assert scored(url)[17][1] == 0
