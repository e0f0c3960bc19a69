"""Files of many stations as one panel: a series is a station, both its directions together.
What a row means is for `seoul_metro`; which stations there are, the files say."""

from dataclasses import dataclass

import pandas as pd

from seongsu_assets.domain import OBSERVATION_COLUMNS, Parsed, Payload, Reject
from seongsu_assets.errors import SourceError
from seongsu_assets.sources.folder import Folder
from seongsu_assets.sources.seoul_metro import SERIES, Station
from seongsu_assets.sources.stations import read_stations

SLOT = ["series", "business_date", "hour"]


@dataclass(frozen=True)
class StationFiles(Folder):
    """Every file of a folder, read for the stations of these `codes`, or for all that it names. A
    series is a station's code: names are spelled anew from year to year."""

    codes: tuple[int, ...] = ()

    def parse(self, payload: Payload) -> Parsed:
        """The hours of which both directions are told. SourceError for a file that does not tell
        stations apart, or has no row of those asked for."""
        census = read_stations([payload])
        wanted = {s: told for s, (told,) in census.stations.items() if self._asked(s)}
        if not wanted:
            raise SourceError(
                f"{payload.request} holds no row of the stations asked for",
                remedy="give Seoul Metro's file of all stations",
            )
        rows = pd.concat(
            [told.rows.assign(series=str(s.code)) for s, told in wanted.items()], ignore_index=True
        )
        rows, halves = _together(rows)
        refused = (reject for told in wanted.values() for reject in told.rejects)
        return Parsed(
            rows,
            (*census.rejects, *refused, *halves),
            names={str(s.code): f"{s.name} {s.line}" for s in wanted},
        )

    def _asked(self, station: Station) -> bool:
        return not self.codes or station.code in self.codes


def _together(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Reject]]:
    """The sums of both directions. Of an hour that one alone tells nothing is known."""
    slots = rows.groupby(SLOT, sort=False)
    summed = slots.agg(value=("value", "sum"), parts=("value", "size"), place=("place", "first"))
    summed = summed.reset_index()
    both = summed["parts"] == len(SERIES)
    halves = [
        Reject(
            slot["place"], f"station {slot['series']} has one direction alone at {slot['hour']}",
            f"{slot['value']:g}", slot["business_date"].date(),
        )
        for slot in summed[~both].to_dict("records")
    ]  # fmt: skip
    return summed.loc[both, [*OBSERVATION_COLUMNS, "place"]].reset_index(drop=True), halves
