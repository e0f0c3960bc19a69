"""The stored features: their hash, and what is read back of them.
How they are computed is asked in `test_features`."""

from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from seongsu_assets import clock
from seongsu_assets.domain import Window
from seongsu_assets.warehouse import features
from seongsu_assets.warehouse.frames import by_day
from seongsu_assets.warehouse.postgres import Connection

NAMES = ("level", "weekday")
ORIGIN = pd.Timestamp("2025-03-04")


@cache
def origin() -> pd.DataFrame:
    """Two series, two days ahead, three hours."""
    keys = pd.MultiIndex.from_product(
        [[ORIGIN], ["alighting", "boarding"], [1, 2], [6, 7, 8]],
        names=["origin", "series", "horizon", "hour"],
    ).to_frame(index=False)
    keys["business_date"] = keys["origin"] + pd.to_timedelta(keys["horizon"], unit="D")
    level = np.linspace(0.1, 7.3, len(keys), dtype=np.float32)
    return keys.assign(level=level, weekday=keys["horizon"].astype(np.float32))[
        [*features.KEYS, *NAMES]
    ]


def test_the_order_of_the_rows_does_not_change_the_hash() -> None:
    shuffled = origin().sample(frac=1, random_state=1)
    assert features.content(shuffled, NAMES) == features.content(origin(), NAMES)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("level", np.nextafter(np.float32(0.1), np.float32(1))),
        ("series", "transfer"),
        ("hour", 9),
        ("horizon", 3),
        ("business_date", pd.Timestamp("2025-03-09")),
        ("origin", pd.Timestamp("2025-03-03")),
    ],
)
def test_the_smallest_change_of_a_number_or_a_key_changes_the_hash(column: str, value: Any) -> None:
    changed = origin().copy()
    changed.loc[0, column] = value
    assert features.content(changed, NAMES) != features.content(origin(), NAMES)


def test_another_name_of_a_column_changes_the_hash() -> None:
    renamed = origin().rename(columns={"weekday": "day_of_week"})
    other = features.content(renamed, ("level", "day_of_week"))
    assert other != features.content(origin(), NAMES)


def test_what_was_kept_is_read_back_to_the_bit(conn: Connection) -> None:
    day = date(2025, 3, 4)
    shuffled = origin().sample(frac=1, random_state=2)
    shas = features.replace(conn, "seongsu", shuffled, NAMES, 1, clock.now())
    read = features.read(conn, "seongsu", Window(day, day))
    pd.testing.assert_frame_equal(read, origin().sort_values(features.KEYS, ignore_index=True))
    assert shas == {day: features.content(read, NAMES)}


def test_days_are_cut_apart_in_order_whatever_order_their_rows_have() -> None:
    rows = pd.concat([origin(), origin().assign(origin=pd.Timestamp("2025-03-02"))])
    cut = list(by_day(rows, "origin"))
    assert [day for day, _ in cut] == [date(2025, 3, 2), date(2025, 3, 4)]
    pd.testing.assert_frame_equal(cut[1][1], origin())
    assert list(by_day(rows.iloc[:0], "origin")) == []
