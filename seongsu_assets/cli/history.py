"""The observations of official files, for a backtest: no database, and no audit but agreement.
What a file looks like is known to the sources."""

from pathlib import Path

import pandas as pd

from seongsu_assets import clock
from seongsu_assets.cli import show
from seongsu_assets.domain import Domain
from seongsu_assets.errors import NotEnoughHistory, SourceError
from seongsu_assets.sources.files import read_payload
from seongsu_assets.warehouse.arrivals import WHOLE_DAY

KEYS = ["series", "business_date", "hour"]


def read(domain: Domain, files: list[Path]) -> pd.DataFrame:
    """The observations of all files; where hourly and daily files mix, the hourly ones.

    Rows that could not be read are told on stderr. Raises SourceError when two files disagree,
    NotEnoughHistory when they hold nothing."""
    source = domain.sources[0]
    parts: list[pd.DataFrame] = []
    for path in files:
        parsed = source.parse(read_payload(path, clock.now()))
        for reject in parsed.rejects:
            show.say(f"{reject.place}: {reject.reason}", head="[yellow]left out[/] ")
        parts.append(parsed.rows)
    rows = pd.concat(parts, ignore_index=True)
    hourly = rows[rows.hour != WHOLE_DAY]
    if 0 < len(hourly) < len(rows):
        show.say("daily totals are left out: there are hourly files beside them")
    rows = hourly if len(hourly) else rows
    if rows.empty:
        raise NotEnoughHistory(
            f"no row of {domain.title} in these files", remedy="name its official files"
        )
    _agree(rows)
    return rows.drop_duplicates(KEYS)[[*KEYS, "value"]].reset_index(drop=True)


def _agree(rows: pd.DataFrame) -> None:
    shared = rows[rows.duplicated(KEYS, keep=False)].sort_values([*KEYS, "value"])
    bounds = shared.groupby(KEYS).agg({"value": ["first", "last"], "place": ["first", "last"]})
    clash = bounds[bounds["value", "first"] != bounds["value", "last"]]
    if not clash.empty:
        series, day, hour = clash.index[0]
        told = clash.iloc[0]
        raise SourceError(
            f"{day:%Y-%m-%d} {series} hour {hour} is {told['value', 'first']:g}"
            f" in {told['place', 'first']} and {told['value', 'last']:g}"
            f" in {told['place', 'last']}",
            remedy="leave one of them out",
        )
