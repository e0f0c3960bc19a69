"""What the claims on a price let in and what they keep out, and that real years fit them.
How claims are examined is in test_expectations."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from seongsu_assets.domain import Window
from seongsu_assets.domains.bitcoin_expectations import EXPECTATIONS
from seongsu_assets.expectations import audit
from seongsu_assets.forecasting.plausibility import Candidates
from seongsu_assets_tests.coin import domain

DOMAIN = domain()
DAYS = Window(date(2025, 3, 1), date(2025, 3, 20))


def rows(window: Window = DAYS) -> pd.DataFrame:
    from datetime import UTC, datetime

    from seongsu_assets.sources.coinbase.sample import Sample

    source = Sample(lambda: datetime(2026, 1, 1, tzinfo=UTC))
    told = [source.parse(each).rows for each in source.fetch(window)]
    return pd.concat(told, ignore_index=True)


def at(frame: pd.DataFrame, day: date, hour: int) -> pd.Series:
    return (frame["business_date"] == pd.Timestamp(day)) & (frame["hour"] == hour)


def broken(frame: pd.DataFrame) -> dict[date, set[str]]:
    """The claims that the last day breaks, beside accepted days before it."""
    last = frame["business_date"].max()
    found = audit(
        frame[frame["business_date"] == last], frame[frame["business_date"] < last], DOMAIN
    )
    claims = found.failures.groupby("business_date")["claim"].agg(set)
    return {moment.date(): names for moment, names in claims.items()}


def refused(frame: pd.DataFrame) -> bool:
    last = frame["business_date"].max()
    own, before = frame[frame["business_date"] == last], frame[frame["business_date"] < last]
    return audit(own, before, DOMAIN).refused_days() == {last.date()}


def test_generated_days_break_no_claim() -> None:
    assert broken(rows()) == {}


def test_an_hour_that_is_missing_is_told_and_the_day_enters() -> None:
    frame = rows()
    frame = frame[~at(frame, DAYS.last, 7)]
    assert broken(frame) == {DAYS.last: {"hours_are_complete"}}
    assert not refused(frame)


SPOILED = {
    "a price of nothing": (12, lambda _: 0.0, {"prices_are_positive"}),
    "a negative price": (12, lambda value: -value, {"prices_are_positive"}),
    "a slip of the decimal point": (
        12,
        lambda value: value * 10,
        {"price_is_of_this_product", "price_moves_as_it_ever_did"},
    ),
    "the price of another product at midnight": (
        0,
        lambda value: value / 20,
        {"price_is_of_this_product", "price_moves_as_it_ever_did"},
    ),
}


@pytest.mark.parametrize(("hour", "spoil", "claims"), SPOILED.values(), ids=SPOILED)
def test_a_price_that_cannot_be_keeps_the_day_out(hour, spoil, claims) -> None:
    frame = rows()
    frame.loc[at(frame, DAYS.last, hour), "value"] = spoil(
        frame[at(frame, DAYS.last, hour)]["value"]
    )
    assert claims <= broken(frame)[DAYS.last]
    assert refused(frame)


def test_a_crash_is_told_and_enters() -> None:
    frame = rows()
    later = (frame["business_date"] == pd.Timestamp(DAYS.last)) & (frame["hour"] >= 12)
    frame.loc[later, "value"] *= 0.8
    assert broken(frame) == {DAYS.last: {"price_moves_as_it_ever_did"}}
    assert not refused(frame)


@pytest.mark.parametrize(("hours", "kept"), [(4, True), (5, False)])
def test_a_price_that_stands_still_for_hours_keeps_the_day_out(hours: int, *, kept: bool) -> None:
    """So many equal closes in a row."""
    frame = rows()
    still = (frame["business_date"] == pd.Timestamp(DAYS.last)) & frame["hour"].between(
        10, 9 + hours
    )
    frame.loc[still, "value"] = 60_000.0
    frame["value"] = frame["value"].where(
        ~still, frame[at(frame, DAYS.last, 9)]["value"].iloc[0] + 1
    )
    assert refused(frame) != kept


def test_a_day_that_is_a_copy_of_another_is_kept_out() -> None:
    frame = rows()
    before = frame[frame["business_date"] == pd.Timestamp(DAYS.last - timedelta(days=3))]
    frame.loc[frame["business_date"] == pd.Timestamp(DAYS.last), "value"] = before[
        "value"
    ].to_numpy()
    assert "day_is_not_a_copy" in broken(frame)[DAYS.last]
    assert refused(frame)


def test_a_row_that_is_told_twice_keeps_the_day_out() -> None:
    frame = rows()
    assert (
        "rows_are_unique" in broken(pd.concat([frame, frame.tail(1)], ignore_index=True))[DAYS.last]
    )


def test_a_jump_over_a_hole_does_not_keep_the_days_after_it_out() -> None:
    frame = rows()
    frame = frame[frame["business_date"] != pd.Timestamp(DAYS.last - timedelta(days=1))]
    frame.loc[frame["business_date"] == pd.Timestamp(DAYS.last), "value"] *= 3
    assert broken(frame) == {}


def test_five_real_years_fit_and_their_extremes_are_those_beside_the_bounds(shared_data) -> None:
    (path,) = (shared_data / "bitcoin").glob("*.parquet")
    told = pd.read_parquet(path)
    frame = pd.DataFrame(
        {
            "series": "close",
            "business_date": told["date"]
            .dt.tz_localize(None)
            .dt.normalize()
            .astype("datetime64[ns]"),
            "hour": told["date"].dt.hour.astype("int64"),
            "value": told["close"],
            "place": "",
        }
    )
    given = Candidates(frame, frame.iloc[:0], hours=range(24), series=("close",))
    by_row, by_day = given.told({"step", "standing"}), given.days()
    bounds = {each.claim: each.arguments.get("max_value") for each in EXPECTATIONS}
    seen = {
        "price_moves_as_it_ever_did": by_row["step"].max(),
        "price_moves_at_all": by_row["standing"].max(),
        "day_is_not_a_copy": by_day["copied"].max(),
        "hours_are_complete": by_day["hours_missing"].max(),
    }
    assert seen == pytest.approx(
        {
            "price_moves_as_it_ever_did": 1.075,
            "price_moves_at_all": 1.0,
            "day_is_not_a_copy": 0.042,
            "hours_are_complete": 4.0,
        },
        abs=0.001,
    )
    assert np.log(bounds["price_moves_as_it_ever_did"]) == pytest.approx(
        2 * np.log(seen["price_moves_as_it_ever_did"]), rel=0.05
    )
