"""Seongsu's people as they were counted, for an upstream that tells the real past.
No files are read here, and nothing is made up: a day that is not known has no hours."""

from datetime import date

import numpy as np
import pandas as pd

from seongsu_assets_tests.upstream import people
from seongsu_assets_tests.upstream.truth import SERIES, Ours

_SLOTS = (4, *range(6, 24))
_AFTER_MIDNIGHT = 24


def recorded(observations: pd.DataFrame) -> Ours:
    """What `Truth` asks for each day, from rows of series, business_date, hour and value."""
    table = observations.pivot_table(
        index="business_date", columns=["series", "hour"], values="value", dropna=False
    )

    def ours(day: date, _seed: int) -> people.Hours:
        stamp = pd.Timestamp(day)
        if stamp not in table.index:
            return np.full((len(SERIES), len(people.HOURS)), np.nan)
        row = table.loc[stamp]
        slots = np.array([[row.get((one, slot), np.nan) for slot in _SLOTS] for one in SERIES])
        told = people.hours(slots)
        told[:, len(_SLOTS) + 1] = [row.get((one, _AFTER_MIDNIGHT), np.nan) for one in SERIES]
        return told

    return ours
