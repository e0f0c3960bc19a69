"""What the kind of a day says to a model: a fixed set of numeric columns per date.
No particular calendar: kinds it does not know count by their day type alone."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

DAY_TYPES = ("weekday", "saturday", "sunday", "holiday", "festival", "adjacent")
FESTIVALS = ("seollal", "chuseok")
#: A festival's pull fades by this much with each day of distance.
FADE = 0.5
#: Kinds with a column of their own.
SINGLE = (
    "substitute", "election", "temporary", "christmas", "christmas_eve", "new_year", "year_end",
    "labour_day", "bridge", "eve", "day_after", "long_weekend", "festival_eve", "festival_after",
    "festival_bridge",
)  # fmt: skip
#: Days this close before or after a festival's run still feel it.
NEAR_FESTIVAL = 10

PARTS = ("before", "day", "after")
NAMES = (
    "dow", "day_type", "off", "commuting",
    *(f"is_{kind}" for kind in DAY_TYPES[3:]),
    *(f"{festival}_{part}" for festival in ("festival", *FESTIVALS) for part in PARTS),
    *(f"is_{kind}" for kind in SINGLE),
    "is_working_christmas_eve", "holiday_saturday", "holiday_sunday", "holiday_friday",
    "holiday_monday", "to_festival", "since_festival", "run_length", "run_position",
)  # fmt: skip


def weekend_like(calendar: pd.DataFrame) -> NDArray[np.bool_]:
    """Days without a commuting crowd although they may be working days by law."""
    return (calendar["off"] | (calendar["kind"] == "labour_day")).to_numpy(dtype=bool)


def columns(calendar: pd.DataFrame) -> NDArray[np.float64]:
    """Values of `NAMES` for each row of a gapless calendar in date order."""
    kind = calendar["kind"].astype(str)
    day_type = calendar["day_type"].astype(str)
    dow = calendar["business_date"].dt.dayofweek
    off = weekend_like(calendar)
    festival, offset = _festival(kind)
    pull = FADE ** (offset.abs() - 1).clip(lower=0)
    sides = [pull.where(side, 0.0) for side in (offset.lt(0), offset.eq(0), offset.gt(0))]
    single = day_type.eq("holiday")
    length, position = _runs(calendar["off"].to_numpy(dtype=bool))
    feast = offset.notna().to_numpy()
    values: list[object] = [
        dow, day_type.map({name: n for n, name in enumerate(DAY_TYPES)}), off, ~off,
        *(day_type.eq(name) for name in DAY_TYPES[3:]),
        *sides, *(side.where(festival.eq(name), 0.0) for name in FESTIVALS for side in sides),
        *(kind.eq(name) for name in SINGLE),
        kind.eq("christmas_eve") & ~off,
        *(single & dow.eq(day) for day in (5, 6, 4, 0)),
        _distance(feast[::-1])[::-1], _distance(feast), length, position,
    ]  # fmt: skip
    return np.column_stack([np.asarray(value, dtype=np.float64) for value in values])


def _festival(kind: pd.Series) -> tuple[pd.Series, pd.Series]:
    """The festival a day belongs to and its signed distance; missing where there is none."""
    parts = kind.str.extract(rf"^({'|'.join(FESTIVALS)})([+-]\d+)?$")
    offset = parts[1].fillna("0").astype(float).where(parts[0].notna())
    return parts[0], offset


def _runs(off: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Length of the unbroken run of off days around each day, and the place in it from 1."""
    number = np.cumsum(np.diff(off.astype(int), prepend=0) != 0)
    groups = pd.Series(number).groupby(number)
    length, position = groups.transform("size").to_numpy(), groups.cumcount().to_numpy() + 1
    return np.where(off, length, 0).astype(float), np.where(off, position, 0).astype(float)


def _distance(feast: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Days since the last feast day, at most NEAR_FESTIVAL."""
    places = np.arange(len(feast))
    last = np.maximum.accumulate(np.where(feast, places, -NEAR_FESTIVAL))
    return np.minimum(places - last, NEAR_FESTIVAL).astype(float)
