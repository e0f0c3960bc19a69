"""The observations of official files, for a backtest: no database, and no audit but agreement.
What a file looks like is known to the sources."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from seongsu_assets import clock
from seongsu_assets.cli import show
from seongsu_assets.domain import Domain, Parsed, Reject
from seongsu_assets.errors import NotEnoughHistory, SeongsuError, SourceError
from seongsu_assets.sources.folder import read_payload
from seongsu_assets.sources.stations import read_stations
from seongsu_assets.warehouse.arrivals import WHOLE_DAY

KEYS = ["series", "business_date", "hour"]


@dataclass(frozen=True)
class History:
    """A station's observations, or the `reason` why they cannot be used. `left_out` counts the rows
    that could not be read."""

    rows: pd.DataFrame
    left_out: int = 0
    reason: str = ""


def read(domain: Domain, files: list[Path]) -> pd.DataFrame:
    """The observations of all files; where hourly and daily files mix, the hourly ones.

    Rows that could not be read are told on stderr. Raises SourceError when two files disagree,
    NotEnoughHistory when they hold nothing."""
    source = domain.sources[0]
    parts = [source.parse(read_payload(path, clock.now())) for path in files]
    _tell(reject for parsed in parts for reject in parsed.rejects)
    return _joined(parts, domain.title)


def read_each(files: list[Path], names: Collection[str]) -> dict[str, History]:
    """The history of each station of the files, or of those that are named, by its name and line.

    Rows that are nobody's are told on stderr. Raises SourceError for a name of nobody."""
    census = read_stations((read_payload(path, clock.now()) for path in files), names)
    _tell(census.rejects)
    found: dict[str, History] = {}
    for station in sorted(census.stations, key=lambda each: (each.line, each.code)):
        parts = census.stations.pop(station)  # its text is let go once it is numbers
        left_out = sum(len(parsed.rejects) for parsed in parts)
        try:
            found[str(station)] = History(_joined(parts, str(station)), left_out)
        except SeongsuError as error:
            found[str(station)] = History(pd.DataFrame(), left_out, str(error))
    return found


def _tell(rejects: Iterable[Reject]) -> None:
    for reject in rejects:
        show.say(f"{reject.place}: {reject.reason}", head="[yellow]left out[/] ")


def _joined(parts: list[Parsed], title: str) -> pd.DataFrame:
    rows = pd.concat([parsed.rows for parsed in parts], ignore_index=True)
    hourly = rows[rows.hour != WHOLE_DAY]
    if 0 < len(hourly) < len(rows):
        show.say("daily totals are left out: there are hourly files beside them")
    rows = hourly if len(hourly) else rows
    if rows.empty:
        raise NotEnoughHistory(
            f"no row of {title} in these files", remedy="name its official files"
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
