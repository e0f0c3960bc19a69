"""Files of many stations as one panel: a series is a station, both its directions together.
What a row means is for `seoul_metro`; which stations there are, the files say."""

from dataclasses import dataclass

import pandas as pd

from seongsu_assets.domain import OBSERVATION_COLUMNS, Parsed, Payload, Reject
from seongsu_assets.errors import SourceError
from seongsu_assets.sources.folder import Folder
from seongsu_assets.sources.seoul_metro import SERIES, Station
from seongsu_assets.sources.stations import read_stations

SLOT = ["business_date", "hour"]


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
        both = [_together(station, told) for station, told in wanted.items()]
        rejects = [*census.rejects, *(each for told in both for each in told.rejects)]
        return Parsed(
            pd.concat([told.rows for told in both], ignore_index=True),
            tuple(rejects),
            names={str(s.code): f"{s.name} {s.line}" for s in wanted},
        )

    def _asked(self, station: Station) -> bool:
        return not self.codes or station.code in self.codes


def _together(station: Station, told: Parsed) -> Parsed:
    """The sum of both directions. Of an hour that one alone tells nothing is known."""
    slots = told.rows.groupby(SLOT, sort=False)
    summed = slots.agg(value=("value", "sum"), parts=("value", "size"), place=("place", "first"))
    both = summed["parts"] == len(SERIES)
    rows = summed[both].reset_index().assign(series=str(station.code))
    halves = [
        Reject(
            slot["place"], f"{station} has one direction alone at {slot['hour']}",
            f"{slot['value']:g}", slot["business_date"].date(),
        )
        for slot in summed[~both].reset_index().to_dict("records")
    ]  # fmt: skip
    return Parsed(rows[[*OBSERVATION_COLUMNS, "place"]], (*told.rejects, *halves))
