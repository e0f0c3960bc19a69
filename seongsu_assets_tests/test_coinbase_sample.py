"""The sample is a repeatable stand-in for Coinbase's candles, and says that it is one.
No real data is compared with here."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from seongsu_assets.domain import Window
from seongsu_assets.errors import SourceError
from seongsu_assets.sources.coinbase.candles import Candles
from seongsu_assets.sources.coinbase.sample import Sample
from seongsu_assets.sources.coinbase.sample_walk import DEVIATION, closes
from seongsu_assets_tests.coin import candles, told_by_rest

LATER = datetime(2031, 1, 1, tzinfo=UTC)
DAY = date(2025, 7, 9)


def sample(now: datetime = LATER, seed: int = 21) -> Sample:
    return Sample(lambda: now, seed)


def rows(window: Window) -> pd.DataFrame:
    source = sample()
    return pd.concat([source.parse(each).rows for each in source.fetch(window)])


def test_a_days_bytes_depend_on_the_seed_and_the_date_alone() -> None:
    month = {
        each.request: each.sha256
        for each in sample().fetch(Window(date(2025, 7, 1), date(2025, 7, 31)))
    }
    (alone,) = sample().fetch(Window(DAY, DAY))
    (other,) = sample(seed=1).fetch(Window(DAY, DAY))
    assert len(set(month.values())) == 31
    assert month[alone.request] == alone.sha256 != other.sha256


def test_the_bytes_say_that_nothing_was_measured_and_no_other_bytes_are_read() -> None:
    (day,) = sample().fetch(Window(DAY, DAY))
    assert day.body.decode().startswith("# sample data, generated, not measured\n")
    with pytest.raises(SourceError, match="generated"):
        sample().parse(told_by_rest(candles()))
    with pytest.raises(SourceError):
        Candles().parse(day)


def test_a_day_has_the_shape_of_coinbases_and_breaks_none_of_its_claims() -> None:
    (day,) = sample().fetch(Window(DAY, DAY))
    found = sample().parse(day)
    assert found.rows["hour"].tolist() == list(range(24))
    assert set(found.rows["business_date"]) == {pd.Timestamp(DAY)}
    assert not found.rejects
    assert {name: found.facts[name] for name in ("hours", "misread", "of_other_days")} == {
        "hours": 24, "misread": 0, "of_other_days": 0,
    }  # fmt: skip


def test_a_day_is_given_only_when_it_is_over_in_utc() -> None:
    now = datetime(2025, 7, 9, 23, 59, tzinfo=UTC)
    given = list(sample(now).fetch(Window(date(2025, 7, 1), date(2025, 7, 31))))
    assert given[-1].request == "sample/20250708"
    assert all(each.received_at == now for each in given)


def test_the_walk_goes_on_over_midnight_and_new_year() -> None:
    found = rows(Window(date(2024, 12, 30), date(2025, 1, 2)))["value"].tolist()
    steps = [abs(np.log(after / before)) for before, after in pairwise(found)]
    assert max(steps) < 0.1
    assert closes(21, 2025)[0] == pytest.approx(closes(21, 2024)[-1])


def test_returns_have_the_size_the_tails_and_the_memory_of_a_price() -> None:
    prices = np.concatenate([closes(21, year) for year in range(2018, 2025)])
    returns = pd.Series(np.diff(np.log(prices)))
    assert returns.std() == pytest.approx(DEVIATION, rel=0.25)
    assert returns.kurt() > 4
    assert returns.abs().autocorr(24) > 0.08
    assert abs(returns.autocorr(1)) < 0.03


def test_every_hour_of_a_leap_year_has_a_candle() -> None:
    last = date(2024, 12, 31)
    assert len(rows(Window(last - timedelta(days=1), last))) == 48
