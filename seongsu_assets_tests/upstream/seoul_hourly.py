"""getStnPsgr: one row a station, hour, card and passenger type, from the next day, kept for a week.
Two doors lead here; which one, and its key, is not decided here."""

from datetime import date
from functools import partial

from seongsu_assets_tests.upstream import go_kr, refusals
from seongsu_assets_tests.upstream.seoul import Call
from seongsu_assets_tests.upstream.seoul_hourly_rows import rows, split_up
from seongsu_assets_tests.upstream.stations import METRO, STATIONS
from seongsu_assets_tests.upstream.wire import Columns, Reply, Row, Table, day_of
from seongsu_assets_tests.upstream.world import Ask

SERVICE = "getStnPsgr"
_COLUMNS = Columns("stnNm", "lineNm", ("rideNope", "gffNope"))


def at_seoul(call: Call) -> Reply | Table:
    """`.../{YYYYMMDD}` for all stations, `.../{YYYYMMDD}/{stnCd}` for one."""
    day, code = day_of(call.option(0)), call.option(1)
    if not call.option(0):
        return refusals.seoul("ERROR-300")
    under = SERVICE if call.ask.world.options.wrapped else ""
    envelope = go_kr.Envelope(1, call.end - call.start + 1, under=under)
    found = [index for index in METRO if code in ("", STATIONS[index].code)]
    chosen = found if call.ask.world.options.station_code or not code else []
    span = slice(call.start - 1, call.end)
    return _table(call.ask, day, chosen, "", envelope, span)


def at_data_go_kr(ask: Ask) -> Reply | Table:
    """pasngYmd, numOfRows, pageNo, and as filters stnNm, lineNm (2 or 2호선), pasngHr."""
    given = ask.request.parameters
    try:
        page, size = go_kr.number(given, "pageNo", 1), go_kr.number(given, "numOfRows", 10)
    except ValueError:
        return refusals.go_kr("10")
    if not given.get("pasngYmd"):
        return refusals.go_kr("11")
    under = SERVICE if ask.world.options.wrapped else ""
    wants_xml = given.get("dataType", given.get("_type", "json")).lower() == "xml"
    envelope = go_kr.Envelope(page, size, wants_xml, under=under)
    name, line = given.get("stnNm", ""), given.get("lineNm", "").removesuffix("호선")
    chosen = [
        index
        for index in METRO
        if name in ("", STATIONS[index].name) and line in ("", STATIONS[index].line[:-2])
    ]
    day, hour = day_of(given["pasngYmd"]), given.get("pasngHr", "")
    return _table(ask, day, chosen, hour, envelope, envelope.span)


def _table(
    ask: Ask, day: date | None, chosen: list[int], hour: str, envelope: go_kr.Envelope, span: slice
) -> Table:
    """Nothing at all, as a success, for a day that is not there, not yet or not any more."""
    if day is None or not chosen or not _is_kept(ask, day):
        return Table(0, list[Row], envelope.wrap)
    key = (SERVICE, day, tuple(chosen), hour, *ask.world.edition(SERVICE, day))
    split = ask.once(key, lambda: split_up(ask.counts(day), chosen, hour))
    whole = (*key, envelope, span.start, span.stop)
    return Table(len(split.where), partial(rows, day, split, span), envelope.wrap, _COLUMNS, whole)


def _is_kept(ask: Ask, day: date) -> bool:
    options, now = ask.world.options, ask.request.at
    if (now.date() - day).days > options.hourly_keeps:
        return False
    return ask.world.has_published(SERVICE, day, now, 1, options.hourly_hour)
