"""subwSttn: whole years of hourly counts behind a plain row number, the newest year first.
There is no filter by date; rows are made for the page that is asked for, and for no other."""

from datetime import date, timedelta

from seongsu_assets_tests.upstream.people import slots
from seongsu_assets_tests.upstream.seoul import Call, page
from seongsu_assets_tests.upstream.stations import METRO, STATIONS
from seongsu_assets_tests.upstream.truth import SERIES
from seongsu_assets_tests.upstream.wire import Columns, Reply, Row, Table

SERVICE = "subwSttn"
_DIRECTIONS = ("승차", "하차")
_A_DAY = len(METRO) * len(SERIES)
_COLUMNS = {4: "HR06_BFR", **{hour: f"HR{hour:02}" for hour in range(6, 25)}}


def answer(call: Call) -> Reply | Table:
    """`.../{START}/{END}/`: rows of a year by day, station and direction, then the year before."""
    total = sum(_days(year) for year in _years(call)) * _A_DAY
    columns = Columns("STTN", "LINE", tuple(_COLUMNS.values()))
    return page(
        call, total, lambda span: [_row(call, n) for n in range(*span.indices(total))], columns
    )


def _years(call: Call) -> tuple[int, ...]:
    return call.ask.world.options.annual_years


def _days(year: int) -> int:
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days


def _row(call: Call, number: int) -> Row:
    day_number, within = divmod(number, _A_DAY)
    station, direction = divmod(within, len(SERIES))
    index = METRO[station]
    day = _day(call, day_number)
    people = slots(call.ask.counts(day)[index, direction])
    place = {"MVMN_YMD": f"{day}", "LINE": STATIONS[index].line, "STTN": STATIONS[index].name}
    hours = {column: people.get(slot, 0) for slot, column in _COLUMNS.items()}
    return {**place, "GTNF_SE": _DIRECTIONS[direction], **hours}


def _day(call: Call, number: int) -> date:
    for year in _years(call):
        if number < _days(year):
            return date(year, 1, 1) + timedelta(number)
        number -= _days(year)
    raise IndexError("beyond the last row")
