"""Weather as it was known when a forecast was made: of all that was issued, the newest by then.
No observation, no fetching, and nothing of what weather does to ridership."""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from seongsu_assets.domain import Cadence
from seongsu_assets.forecasting.days import READINGS

MIDNIGHT = 24  # the hour at which a day ends


def look_back(issues: pd.DataFrame, cadence: Cadence) -> pd.DataFrame:
    """business_date and READINGS, one row a day: what was last said before the day ended, the same
    for every origin.

    `issues`: business_date, issued_at (UTC) and of READINGS what there is, one row per issue and
    day it speaks of, in any order. A reading that an issue leaves open is that of the issue before;
    one that nobody gave is NaN."""
    said = _said(issues)
    days = pd.DataFrame({"business_date": said["business_date"].unique()})
    ends = [cadence.at(day.date(), MIDNIGHT) for day in days["business_date"]]
    return _newest(said, days.assign(by=_utc(ends)), the_moment_too=False)


def ahead(
    issues: pd.DataFrame,
    cadence: Cadence,
    origins: Sequence[pd.Timestamp],
    *,
    horizon: int,
    issue_hour: int,
) -> pd.DataFrame:
    """origin, business_date and READINGS: what was last said of each target by `issue_hour` of the
    day after the origin, when its forecast is issued. `issues` as in `look_back`."""
    issued = [cadence.at(origin.date(), MIDNIGHT + issue_hour) for origin in origins]
    asked = pd.DataFrame({"origin": list(origins), "by": _utc(issued)})
    asked = asked.astype({"origin": "datetime64[ns]"})
    asked = asked.merge(pd.DataFrame({"horizon": range(1, horizon + 1)}), how="cross")
    asked["business_date"] = asked["origin"] + pd.to_timedelta(asked.pop("horizon"), unit="D")
    return _newest(_said(issues), asked, the_moment_too=True)


def _utc(moments: Sequence[datetime] | pd.Series) -> pd.Series:
    return pd.Series(pd.to_datetime(moments, utc=True)).astype("datetime64[ns, UTC]")


def _said(issues: pd.DataFrame) -> pd.DataFrame:
    """What was known of each day from each issue on, oldest first."""
    readings = list(READINGS)
    said = issues.reindex(columns=["business_date", "issued_at", *readings])
    said = said.astype({"business_date": "datetime64[ns]"} | dict.fromkeys(readings, float))
    said["by"] = _utc(said.pop("issued_at"))
    # The readings too: of issues of the same moment, their order in the frame decides nothing.
    said = said.sort_values(["by", "business_date", *readings], ignore_index=True)
    said[readings] = said.groupby("business_date")[readings].ffill()
    return said


def _newest(said: pd.DataFrame, asked: pd.DataFrame, *, the_moment_too: bool) -> pd.DataFrame:
    """The rows of `asked` with what was said of their day until `by`."""
    found = pd.merge_asof(
        asked.sort_values("by"), said, on="by", by="business_date",
        allow_exact_matches=the_moment_too,
    )  # fmt: skip
    keys = [name for name in asked.columns if name != "by"]
    return found.sort_values(keys, ignore_index=True)[[*keys, *READINGS]]
