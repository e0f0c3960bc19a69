"""realtimeStationArrival of swopenapi.seoul.go.kr: the next trains, or a flat error under HTTP 200.
No history: what is told depends on the minute in which it is asked."""

from datetime import datetime, timedelta

from seongsu_assets_tests.upstream import refusals
from seongsu_assets_tests.upstream.stations import STATIONS, Station
from seongsu_assets_tests.upstream.wire import Columns, Reply, Row, Table, as_json
from seongsu_assets_tests.upstream.world import Ask

SERVICE = "realtimeStationArrival"
_ALL, _MOST = "ALL", 1_000
_HEADWAY = 180
_FIRST_TRAIN, _LAST_TRAIN = 5.5, 1.0
#: Direction, its digit in ordkey, and the place that the train heads for.
_WAYS = (("내선", "1", "강남방면"), ("외선", "0", "왕십리방면"))
_NOT_TOLD = ("beginRow", "endRow", "curPage", "pageRow", "subwayNm", "trainCo")


def answer(ask: Ask) -> Reply | Table:
    """api/subway/{KEY}/json/{SERVICE}/{0}/{N}/{name}, or .../{SERVICE}/ALL for every station."""
    parts = (*ask.request.parts, "", "", "", "", "", "", "", "")
    key, kind, service, first, last, name = parts[2:8]
    numbers = first == _ALL or (first.isdecimal() and last.isdecimal())
    rules = {
        "INFO-100": key != ask.world.keys["seoul_realtime"],
        "ERROR-301": kind != "json",
        "ERROR-310": service != SERVICE,
        "ERROR-333": not numbers,
        "ERROR-336": numbers and first != _ALL and int(last) - int(first) > _MOST,
    }
    if broken := next((code for code, true in rules.items() if true), ""):
        return refusals.realtime(broken)
    if first == _ALL:
        return _table(ask, list(STATIONS), slice(None))
    named = [station for station in STATIONS if station.name == name]
    return _table(ask, named, slice(max(1, int(first)) - 1, int(last)))


def _table(ask: Ask, stations: list[Station], span: slice) -> Reply | Table:
    now = ask.request.at
    clock = now.hour + now.minute / 60
    trains = [row for station in stations for row in _trains(station, now)][span]
    if not trains or _LAST_TRAIN <= clock < _FIRST_TRAIN:
        return refusals.realtime("INFO-200")
    total = len(trains)

    def wrap(rows: list[Row], counted: int) -> Reply:
        message = {"status": 200, "code": "INFO-000", "message": "정상 처리되었습니다."}
        rest = {"link": "", "developerMessage": "", "total": counted}
        return as_json({"errorMessage": message | rest, "realtimeArrivalList": rows})

    rows = [row | {"totalCount": total, "selectedCount": total} for row in trains]
    return Table(total, lambda: rows, wrap, Columns("statnNm"))


def _trains(station: Station, now: datetime) -> list[Row]:
    """Two trains for each direction, and a fifth one for most stations."""
    seconds = now.minute * 60 + now.second
    shift = int(station.code) * 37 % _HEADWAY
    made: list[Row] = []
    for way in _WAYS:
        due = (shift - seconds) % _HEADWAY
        made += [_row(station, way, order, due + order * _HEADWAY, now) for order in (0, 1)]
    if int(station.code) % 4:
        made.append(_row(station, _WAYS[0], 2, shift + 2 * _HEADWAY, now))
    return [row | {"rowNum": number} for number, row in enumerate(made, start=1)]


def _row(station: Station, way: tuple[str, str, str], order: int, due: int, now: datetime) -> Row:
    heard = now - timedelta(seconds=20 + int(station.code) % 40)
    direction, digit, heading = way
    line = f"10{station.code[:-2].zfill(2)}"
    number = f"{int(station.code):04}"
    close = due < 60
    return {
        **dict.fromkeys(_NOT_TOLD),
        "subwayId": line,
        "updnLine": direction,
        "trainLineNm": f"성수행 - {heading}",
        "statnFid": f"{line}00{int(number) - 1:04}",
        "statnTid": f"{line}00{int(number) + 1:04}",
        "statnId": f"{line}00{number}",
        "statnNm": station.name,
        "trnsitCo": "1",
        "ordkey": f"{digit}{order + 1}{due // 120:03}성수0",
        "subwayList": line,
        "statnList": f"{line}00{number}",
        "btrainSttus": "일반",
        "barvlDt": "0" if close else str(due),
        "btrainNo": str(2_200 + (now.hour * 20 + order) % 700),
        "bstatnId": "1002000211",
        "bstatnNm": "성수",
        "recptnDt": f"{heard:%Y-%m-%d %H:%M:%S}",
        "arvlMsg2": "전역 출발" if close else f"{due // 60}분 {due % 60}초 후",
        "arvlMsg3": station.name,
        "arvlCd": "3" if close else "99",
        "lstcarAt": "0",
    }
