"""CardSubwayStatsNew: one row a station and day, some days later, in the names of then or of now.
No hours here."""

from datetime import date, timedelta

import numpy as np

from seongsu_assets_tests.upstream import refusals
from seongsu_assets_tests.upstream.seoul import Call, page
from seongsu_assets_tests.upstream.stations import SEONGSU, STATIONS
from seongsu_assets_tests.upstream.truth import Counts
from seongsu_assets_tests.upstream.wire import Columns, Reply, Row, Table, day_of

SERVICE = "CardSubwayStatsNew"
NEW = ("USE_YMD", "SBWY_ROUT_LN_NM", "SBWY_STNS_NM", "GTON_TNOPE", "GTOFF_TNOPE", "REG_YMD")
OLD = ("USE_DT", "LINE_NUM", "SUB_STA_NM", "RIDE_PASGR_NUM", "ALIGHT_PASGR_NUM", "WORK_DT")
_FIRST_DAY = date(2015, 1, 1)
_MOST_ABSENT = 15


def answer(call: Call) -> Reply | Table:
    """`.../{YYYYMMDD}`: 604 to 619 rows. INFO-200 for a day that is not there (yet)."""
    world, when = call.ask.world, call.option(0)
    if not when:
        return refusals.seoul("ERROR-300")
    day, options = day_of(when), world.options
    if day is None or len(when) != 8 or day < _FIRST_DAY:
        return refusals.seoul("INFO-200")
    if not world.has_published(
        SERVICE, day, call.ask.request.at, options.card_days, options.card_hour
    ):
        return refusals.seoul("INFO-200")
    names = OLD if options.old_names else NEW
    columns = Columns(names[2], names[1], names[3:5], names[5])
    shown = _shown(day, options.card_rows)
    key = (day, names, options.card_days, len(shown), *world.edition(SERVICE, day))
    return page(call, len(shown), lambda span: _rows(call, day, shown[span], names), columns, key)


def _shown(day: date, least: int) -> list[tuple[int, str]]:
    """The stations of the day's rows by index and name: now and then a few are missing. Where
    `least` rows are wished for, invented names come first, so that ours is among the last."""
    chance = np.random.default_rng([day.toordinal(), 11])
    absent = set(chance.choice(len(STATIONS), chance.integers(0, _MOST_ABSENT + 1), replace=False))
    real = [
        (index, station.name)
        for index, station in enumerate(STATIONS)
        if index == SEONGSU or index not in absent
    ]
    return [*((0, f"가상{n}") for n in range(least - len(real))), *real]


def _rows(call: Call, day: date, shown: list[tuple[int, str]], names: tuple[str, ...]) -> list[Row]:
    seen: Counts = call.ask.counts(day)
    totals = call.ask.world.truth.card(day, seen).tolist()
    used, registered = f"{day:%Y%m%d}", f"{_registered(call, day):%Y%m%d}"
    rows: list[Row] = []
    for index, name in shown:
        on, off = totals[index]
        cells = (used, STATIONS[index].line, name, on, off, registered)
        rows.append(dict(zip(names, cells, strict=True)))
    return rows


def _registered(call: Call, day: date) -> date:
    """The day of publication, or of the last revision after it."""
    truth = call.ask.world.truth
    late = truth.publication(day, SERVICE).days_late
    first = day + timedelta(call.ask.world.options.card_days + late)
    return max(first, truth.revised_on(day) or first)
