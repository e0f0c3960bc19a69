"""How far apart the rows are, and in which zone their days are cut.
Which column tells the time is in `times`."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo, available_timezones

import pandas as pd

from seongsu_assets.drafting.times import Written
from seongsu_assets.errors import Unclear

HOUR, DAY = pd.Timedelta(hours=1), pd.Timedelta(days=1)
WEEK_DAYS, MONTH_DAYS = 7, range(28, 32)
SUPPORTED = "hours and days are supported: give a file of one of them"
#: How the column of an hour beside a day may be called.
HOURS = ("hour", "hours", "hr", "hour_of_day", "heure", "stunde", "시간", "시간대", "시")


@dataclass(frozen=True)
class Rhythm:
    """`hourly`, or daily; days are those of `timezone`, for the reason `why`."""

    hourly: bool
    timezone: str
    why: str
    #: Whether the zone was not told by the file, nor by the user.
    assumed: bool = False


def hour_column(cells: pd.DataFrame, moments: pd.Series) -> str:
    """The column of hours beside a column of days; empty where there is none. Unclear where its
    hours are not 0 to 23."""
    if moments.dropna().dt.normalize().ne(moments.dropna()).any():
        return ""
    for name in cells.columns:
        if str(name).lower() in HOURS:
            hours = pd.to_numeric(cells[name], errors="coerce")
            if not hours.dropna().between(0, 23).all() or hours.isna().all():
                raise Unclear(
                    f"{name} has other hours than 0 to 23",
                    remedy="number the hours of a day from 0, the one that begins at midnight",
                )
            return str(name)
    return ""


def find(moments: pd.Series, how: Written, hour: str, wanted: str) -> Rhythm:
    """The rhythm of the `moments` (instants in UTC, or of the wall). Unclear for any other than
    hours and days, and for hours whose zone nobody has told."""
    hourly = _hourly(moments, split=bool(hour))
    if wanted:
        if wanted not in available_timezones():
            raise Unclear(
                f"there is no timezone {wanted!r}", remedy="name one such as Europe/Berlin or UTC"
            )
        return Rhythm(hourly, wanted, "as you said")
    if how.aware:
        return Rhythm(hourly, *_by_offsets(how))
    if not hourly:
        return Rhythm(hourly, "UTC", "a day is over at midnight UTC", assumed=True)
    raise Unclear(
        f"the hours of {how.column} have no zone",
        remedy="say where their clock hangs: --timezone Europe/Berlin, or --timezone UTC",
    )


def _by_offsets(how: Written) -> tuple[str, str]:
    """The zone of instants, and why."""
    told, first = " and ".join(how.offsets), next(iter(how.offsets))
    if len(how.offsets) > 1:
        raise Unclear(
            f"the times of {how.column} have the offsets {told}, as many zones have",
            remedy="say which it is: --timezone Europe/Berlin",
        )
    hours, minutes = int(first[:3]), int(first[-2:])
    if minutes:
        raise Unclear(
            f"the times of {how.column} have the offset {told}",
            remedy="name its zone: --timezone Asia/Kolkata",
        )
    zone = f"Etc/GMT{-hours:+d}" if hours else "UTC"
    ZoneInfo(zone)
    return zone, f"all offsets are {told}"


def _hourly(moments: pd.Series, *, split: bool) -> bool:
    """Whether rows are hours; days, if not."""
    times = pd.Series(moments.dropna().unique()).sort_values()
    step = times.diff().dropna().mode()
    if step.empty:
        raise Unclear("all rows are of one time", remedy=SUPPORTED)
    if step[0] == HOUR or (step[0] == DAY and split):
        return True
    if step[0] == DAY:
        return False
    raise Unclear(f"the rows are {_told(step[0])} apart", remedy=SUPPORTED)


def _told(step: pd.Timedelta) -> str:
    days, rest = divmod(step, DAY)
    if not rest:
        if days == WEEK_DAYS:
            return "a week"
        return "a month" if days in MONTH_DAYS else f"{days} days"
    return f"{step / pd.Timedelta(minutes=1):g} minutes"
