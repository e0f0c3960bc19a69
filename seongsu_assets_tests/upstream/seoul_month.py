"""CardSubwayTime: sums of a month by station and hour, loaded on the 5th of the next month.
No single day and no day type can be read from it."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from seongsu_assets_tests.upstream import refusals
from seongsu_assets_tests.upstream.people import HOURS
from seongsu_assets_tests.upstream.seoul import Call, page
from seongsu_assets_tests.upstream.stations import METRO, STATIONS
from seongsu_assets_tests.upstream.wire import Columns, Reply, Row, Table, day_of

SERVICE = "CardSubwayTime"
_UNITS = ("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN", "ELEVEN")
_TEENS = ("TWELVE", *(f"{each}TEEN" for each in ("THIR", "FOUR", "FIF", "SIX", "SEVEN", "EIGH")))
_REST = ("NINETEEN", "TWENTY", "TWENTY_ONE", "TWENTY_TWO", "TWENTY_THREE")
_SPELT = ("MIDNIGHT", *_UNITS, *_TEENS, *_REST)


@dataclass(frozen=True)
class Names:
    """The columns of then or of now; those of an hour have its number or its word in the middle."""

    month: str
    line: str
    station: str
    loaded: str
    hours: tuple[tuple[str, str], ...]


NEW = Names(
    "USE_MM",
    "SBWY_ROUT_LN_NM",
    "STTN",
    "JOB_YMD",
    tuple((f"HR_{hour}_GET_ON_NOPE", f"HR_{hour}_GET_OFF_NOPE") for hour in HOURS),
)
OLD = Names(
    "USE_MON",
    "LINE_NUM",
    "SUB_STA_NM",
    "WORK_DT",
    tuple((f"{_SPELT[hour]}_RIDE_NUM", f"{_SPELT[hour]}_ALIGHT_NUM") for hour in HOURS),
)


def answer(call: Call) -> Reply | Table:
    """`.../{YYYYMM}[/{line}[/{station}]]`: lines 1 to 8, all stations without the last two."""
    asked, line, name = call.option(0), call.option(1), call.option(2)
    if not asked:
        return refusals.seoul("ERROR-300")
    month = day_of(asked)
    if month is None or len(asked) != 6 or not _is_loaded(call, month):
        return refusals.seoul("INFO-200")
    chosen = [
        index
        for index in METRO
        if line in ("", STATIONS[index].line) and name in ("", STATIONS[index].name)
    ]
    names = OLD if call.ask.world.options.old_names else NEW
    counts = tuple(column for pair in names.hours for column in pair)
    columns = Columns(names.station, names.line, counts, names.loaded)
    return page(call, len(chosen), lambda span: _rows(call, month, chosen[span], names), columns)


def _loaded_on(call: Call, month: date) -> date:
    options = call.ask.world.options
    return (month.replace(day=1) + timedelta(32)).replace(day=options.month_day)


def _is_loaded(call: Call, month: date) -> bool:
    days = (_loaded_on(call, month) - month).days
    return call.ask.world.has_published(SERVICE, month, call.ask.request.at, days, 0)


def _rows(call: Call, month: date, chosen: list[int], names: Names) -> list[Row]:
    days = (month + timedelta(n) for n in range(monthrange(month.year, month.month)[1]))
    sums = np.sum([np.nan_to_num(call.ask.counts(day)[chosen]) for day in days], axis=0)
    loaded = f"{_loaded_on(call, month):%Y%m%d}"
    rows: list[Row] = []
    for index, (boarding, alighting) in zip(chosen, sums.tolist(), strict=True):
        station = STATIONS[index]
        row: Row = {names.month: f"{month:%Y%m}", names.line: station.line}
        row[names.station] = station.name
        for (on, off), people in zip(
            names.hours, zip(boarding, alighting, strict=True), strict=True
        ):
            row[on], row[off] = people
        rows.append(row | {names.loaded: loaded})
    return rows
