"""KASI's getRestDeInfo: the public holidays of a year or a month, in the institute's own words.
What kind of day a holiday makes is not told; Labour Day was none before 2026."""

from datetime import date

from seongsu_assets_tests.upstream import go_kr, refusals
from seongsu_assets_tests.upstream.wire import Columns, Reply, Row, Table
from seongsu_assets_tests.upstream.world import Ask

_SIZE = 10
#: The list's word and KASI's. A festival has one name for all of its days.
_WORDS = {
    "신정연휴": "1월1일",
    "설날 전날": "설날",
    "설날 다음날": "설날",
    "추석 전날": "추석",
    "추석 다음날": "추석",
    "대통령 선거일": "대통령선거",
    "지방선거일": "전국동시지방선거",
}
_SUBSTITUTE = " 대체 휴일"


def answer(ask: Ask) -> Reply | Table:
    """solYear, solMonth (MM, optional), numOfRows, pageNo, _type=json. XML unless asked for."""
    given = ask.request.parameters
    try:
        page, size = go_kr.number(given, "pageNo", 1), go_kr.number(given, "numOfRows", _SIZE)
        year = int(given["solYear"])
        month = int(given.get("solMonth") or 0)
    except (KeyError, ValueError):
        return refusals.go_kr("10")
    rows = [row for row in _year(ask, year) if month in (0, row["locdate"] // 100 % 100)]
    is_xml = given.get("_type", "xml").lower() != "json"
    envelope = go_kr.Envelope(page, size, is_xml, message="NORMAL SERVICE.")
    return go_kr.table(envelope, len(rows), lambda span: rows[span], Columns())


def _year(ask: Ask, year: int) -> list[Row]:
    """The days in order; two holidays of one day are two rows."""
    rows: list[Row] = []
    for day, names in sorted(_announced(ask, year).items()):
        for number, name in enumerate(names.split("; "), start=1):
            rows.append(
                {
                    "dateKind": "01",
                    "dateName": _word(name),
                    "isHoliday": "Y",
                    "locdate": int(f"{day:%Y%m%d}"),
                    "seq": number,
                }
            )
    return rows


def _announced(ask: Ask, year: int) -> dict[date, str]:
    import holidays

    listed = dict(holidays.country_holidays("KR", years=year, language="ko").items())
    told = {day: name for day, name in ask.world.holidays.items() if day.year == year}
    return {day: name for day, name in (listed | told).items() if name}


def _word(name: str) -> str:
    if name.endswith(_SUBSTITUTE):
        return f"대체공휴일({name.removesuffix(_SUBSTITUTE)})"
    return _WORDS.get(name, name)
