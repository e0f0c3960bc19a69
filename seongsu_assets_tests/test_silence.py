"""Zeros that are a device's silence, and zeros that are a quiet night.
How a claim is made on them is not asked here."""

import numpy as np
import pandas as pd

from seongsu_assets.forecasting.silence import silent_hours, silent_runs


def told(series: str, first: str, values: list[float]) -> pd.DataFrame:
    """Values by the hour from the midnight of a day; NaN is not known."""
    at = pd.date_range(first, periods=len(values), freq="h")
    rows = pd.DataFrame(
        {"series": series, "business_date": at.normalize(), "hour": at.hour, "value": values}
    )
    return rows[rows["value"].notna()].reset_index(drop=True)


def test_a_day_of_zeros_is_silence_and_a_night_is_not():
    night = [0.0] * 6 + [5.0] * 18
    rows = told("a", "2026-03-02", [*night, *[0.0] * 24, *[5.0] * 24])
    assert silent_hours(rows).tolist() == [6] * 6 + [0] * 18 + [24] * 24 + [0] * 24
    assert set(silent_runs(rows)["business_date"]) == {pd.Timestamp("2026-03-03")}


def test_the_hours_around_a_silent_day_are_of_the_same_run():
    rows = told("a", "2026-03-02", [*[5.0] * 20, *[0.0] * 4, *[0.0] * 24, *[0.0] * 7, *[5.0] * 17])
    assert silent_hours(rows).tolist() == [0] * 20 + [35] * 35 + [0] * 17
    assert len(silent_runs(rows)) == 35


def test_counters_are_silent_each_for_itself():
    rows = pd.concat(
        [told("a", "2026-03-02", [0.0] * 23), told("b", "2026-03-02", [0.0] * 24)],
        ignore_index=True,
    )
    assert set(silent_runs(rows)["series"]) == {"b"}


def test_hours_that_are_not_known_break_no_run():
    """The second of three silent days was refused: the morning of the third is silent with it."""
    nan = float("nan")
    rows = told("a", "2026-03-02", [*[5.0] * 15, *[0.0] * 9, *[nan] * 24, *[0.0] * 10, *[5.0] * 14])
    assert len(silent_runs(rows)) == 19


def test_a_run_may_begin_in_what_was_accepted_before():
    before = told("a", "2026-03-02", [*[5.0] * 12, *[0.0] * 12])
    after = told("a", "2026-03-03", [*[0.0] * 12, *[5.0] * 12])
    assert silent_hours(after).max() == 12
    assert silent_hours(after, before).tolist() == [24] * 12 + [0] * 12
    assert len(silent_runs(after, before)) == 12


def test_what_is_told_again_counts_and_not_what_it_was_before():
    before = told("a", "2026-03-02", [0.0] * 48)
    again = told("a", "2026-03-03", [3.0] * 24)
    assert silent_hours(again, before).tolist() == [0] * 24


def test_rows_keep_their_order_and_need_none():
    rows = told("a", "2026-03-02", [*[0.0] * 24, *[5.0] * 24])
    mixed = rows.sample(frac=1.0, random_state=np.random.default_rng(3))
    assert (silent_hours(mixed) == np.where(mixed["value"] == 0, 24, 0)).all()
    assert set(silent_runs(mixed).index) == set(mixed.index[mixed["value"] == 0])


def test_nothing_is_silent_where_there_is_nothing():
    rows = told("a", "2026-03-02", [])
    assert silent_hours(rows).tolist() == []
    assert silent_runs(rows).empty


def test_a_first_single_zero_is_one_hour():
    assert silent_hours(told("a", "2026-03-02", [0.0, 4.0, 0.0, 0.0])).tolist() == [1, 0, 2, 2]
