"""How far a day's total is from those of the days around it, as columns that claims can be made on.
No thresholds here, and no hours: `plausibility` examines those."""

import pandas as pd

#: Days needed on either side of the comparison before anything is called usual.
FEWEST_DAYS = 14
#: Working days, Saturdays and Sundays each have a level of their own.
_TYPES = (0, 0, 0, 0, 0, 1, 2)


def examine_totals(rows: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Candidate whole-day totals with `fraction`, `duplicate`, `times_usual` (over the median of
    the busiest type of day) and `times_least` (over that of the calmest); NaN where too few days
    are known. `reference`: rows by the hour of the weeks around; without it, the batch itself."""
    examined = rows.reset_index(drop=True)
    keys = ["series", "business_date"]
    known: pd.DataFrame = reference.groupby(keys, as_index=False).agg({"value": "sum"})
    if known["business_date"].nunique() < FEWEST_DAYS:
        known = pd.concat([known, examined[[*keys, "value"]]], ignore_index=True)
    if known["business_date"].nunique() < FEWEST_DAYS:
        known = known.iloc[:0]
    types = known["business_date"].dt.dayofweek.map(dict(enumerate(_TYPES))).rename("type")
    usual = known.groupby(["series", types])["value"].median().groupby("series").agg(["min", "max"])
    of_row = usual.reindex(examined["series"]).reset_index(drop=True)
    return examined.assign(
        fraction=examined["value"] % 1,
        duplicate=examined.duplicated([*keys, "hour"], keep=False).astype(int),
        times_usual=examined["value"] / of_row["max"],
        times_least=examined["value"] / of_row["min"],
    )
