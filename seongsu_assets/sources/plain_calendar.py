"""The calendar of what never closes: weekdays and weekends, and no day off.
No holiday of any country is known here."""

import numpy as np
import pandas as pd

from seongsu_assets.domain import Window


def plain_calendar(window: Window) -> pd.DataFrame:
    """One row a day of `window`, in the columns of the other calendars: nothing is ever closed."""
    days = pd.Series(pd.date_range(window.first, window.last), dtype="datetime64[ns]")
    weekday = days.dt.dayofweek
    return pd.DataFrame(
        {
            "business_date": days,
            "day_type": np.select([weekday == 5, weekday == 6], ["saturday", "sunday"], "weekday"),  # noqa: PLR2004 - the weekend
            "kind": "ordinary",
            "off": False,
            "name": "",
            "provenance": "rule",
        }
    )
