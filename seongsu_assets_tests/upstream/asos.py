"""KMA's ASOS observations of station 108, by hour or by day, until yesterday and from late morning.
Every field is text, and nothing at all where nothing was observed."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from seongsu_assets_tests.upstream import go_kr, refusals
from seongsu_assets_tests.upstream.wire import KST, Columns, Reply, Row, Table, day_of
from seongsu_assets_tests.upstream.world import Ask

HOURLY, DAILY = "AsosHourlyInfoService", "AsosDalyInfoService"
_STATION = {"stnId": "108", "stnNm": "서울"}
_MOST, _SIZE = 999, 10
_NO_VALUE = "9"
#: Fields that the station tells and this server leaves empty.
_EMPTY = ("pv", "td", "pa", "ps", "ss", "icsr", "dsnw", "hr3Fhsc", "dc10Tca", "vs", "ts")


def hourly(ask: Ask) -> Reply | Table:
    """startDt, startHh, endDt, endHh, stnIds=108, dataCd=ASOS, dateCd=HR."""
    given = ask.request.parameters
    first, last = _hour(given, "start"), _hour(given, "end")
    if first is None or last is None or given.get("dateCd") != "HR":
        return refusals.go_kr("11")
    hours = int((last - first) / timedelta(hours=1)) + 1
    return _table(ask, last.date(), hours, lambda n: _hour_row(ask, first + timedelta(hours=n), n))


def daily(ask: Ask) -> Reply | Table:
    """startDt, endDt, stnIds=108, dataCd=ASOS, dateCd=DAY."""
    given = ask.request.parameters
    first, last = day_of(given.get("startDt", "")), day_of(given.get("endDt", ""))
    if first is None or last is None or given.get("dateCd") != "DAY":
        return refusals.go_kr("11")
    return _table(ask, last, (last - first).days + 1, lambda n: _day_row(ask, first + timedelta(n)))


def _table(ask: Ask, last: date, total: int, row: Callable[[int], Row]) -> Reply | Table:
    """Code 03 while the last day asked for is not there."""
    given = ask.request.parameters
    try:
        page, size = go_kr.number(given, "pageNo", 1), go_kr.number(given, "numOfRows", _SIZE)
    except ValueError:
        return refusals.go_kr("10")
    if size > _MOST or total < 1:
        return refusals.go_kr("10")
    service, now = ask.request.service, ask.request.at
    there = ask.world.has_published(service, last, now, 1, ask.world.options.asos_hour)
    if not there or given.get("stnIds") != _STATION["stnId"]:
        return refusals.go_kr("03")
    is_json = given.get("dataType", "XML").upper() == "JSON"
    extra = {"dataType": "JSON" if is_json else "XML"}
    envelope = go_kr.Envelope(page, size, not is_json, extra=extra)

    def rows(span: slice) -> list[Row]:
        return [row(n) for n in range(*span.indices(total))]

    return go_kr.table(envelope, total, rows, Columns("stnNm", counts=("ta", "rn")))


def _hour_row(ask: Ask, at: datetime, number: int) -> Row:
    """A dry hour has no rn, and the flag that stands for no value."""
    sky = ask.world.weather.at(at)
    return {
        "tm": f"{at:%Y-%m-%d %H:%M}", "rnum": str(number + 1), **_STATION,
        "ta": f"{sky.temperature:.1f}", "taQcflg": "",
        "rn": f"{sky.rain:.1f}" if sky.rain else "", "rnQcflg": "" if sky.rain else _NO_VALUE,
        "ws": f"{sky.wind:.1f}", "wsQcflg": "", "wd": str(sky.comes_from), "wdQcflg": "",
        "hm": str(sky.humidity), "hmQcflg": "", **dict.fromkeys(_EMPTY, ""),
    }  # fmt: skip


def _day_row(ask: Ask, day: date) -> Row:
    sky = ask.world.weather.on(day)
    hours = [sky.at(hour) for hour in range(24)]
    rain = sum(hour.rain for hour in hours)
    degrees = [hour.temperature for hour in hours]
    return {
        **_STATION, "tm": f"{day}", "avgTa": f"{sum(degrees) / 24:.1f}",
        "minTa": f"{min(degrees):.1f}", "maxTa": f"{max(degrees):.1f}",
        "sumRn": f"{rain:.1f}" if rain else "",
        "avgRhm": f"{sum(hour.humidity for hour in hours) / 24:.1f}",
        "avgWs": f"{sum(hour.wind for hour in hours) / 24:.1f}", "sumGsr": "",
    }  # fmt: skip


def _hour(given: Mapping[str, str], side: str) -> datetime | None:
    day, hour = day_of(given.get(f"{side}Dt", "")), given.get(f"{side}Hh", "")
    if day is None or not (hour.isascii() and hour.isdigit() and int(hour) < 24):
        return None
    return datetime(day.year, day.month, day.day, int(hour), tzinfo=KST)
