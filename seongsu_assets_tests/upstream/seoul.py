"""openapi.seoul.go.kr: the path that every service shares, its rules, and its codes.
No rows of any service here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from seongsu_assets_tests.upstream import refusals
from seongsu_assets_tests.upstream.wire import Columns, Reply, Row, Table, as_json, as_xml, element
from seongsu_assets_tests.upstream.world import Ask

_TYPES = ("json", "xml", "xmlf", "xls")
_SAMPLE, _SAMPLE_ROWS, _MOST_ROWS = "sample", 5, 1_000
_FINE = {"CODE": "INFO-000", "MESSAGE": "정상 처리되었습니다"}


@dataclass(frozen=True)
class Call:
    """{KEY}/{TYPE}/{SERVICE}/{START}/{END}/{options...}; a blank option is an empty string."""

    ask: Ask
    type: str
    service: str
    start: int
    end: int
    options: tuple[str, ...]

    def option(self, place: int) -> str:
        return self.options[place] if place < len(self.options) else ""


Service = Callable[[Call], Reply | Table]


def answer(ask: Ask, services: Mapping[str, Service]) -> Reply | Table:
    """The refusal of what breaks a rule of the host, or what the service says."""
    call = read(ask, services)
    return call if isinstance(call, Reply) else services[call.service](call)


def read(ask: Ask, services: Mapping[str, Service]) -> Call | Reply:
    parts = (*ask.request.parts, "", "", "", "", "")
    key, kind, service, first, last = (part.strip() for part in parts[:5])
    if key not in (ask.world.keys["seoul"], _SAMPLE):
        return refusals.seoul("INFO-100")
    rules = {
        "ERROR-301": kind not in _TYPES,
        "ERROR-300": not service,
        "ERROR-310": service not in services,
        "ERROR-331": not first,
        "ERROR-332": not last,
        "ERROR-333": not (_is_whole(first) and _is_whole(last)),
    }
    if broken := next((code for code, true in rules.items() if true), ""):
        return refusals.seoul_xml(broken) if kind != "json" else refusals.seoul(broken)
    start, end = int(first), int(last)
    rules = {
        "ERROR-331": start < 1,
        "ERROR-332": end < 1,
        "ERROR-334": start > end,
        "ERROR-335": key == _SAMPLE and end > _SAMPLE_ROWS,
    }
    if broken := next((code for code, true in rules.items() if true), ""):
        return refusals.seoul(broken)
    if end - start >= _MOST_ROWS:
        return refusals.seoul_xml("ERROR-336")  # XML, though JSON was asked for
    options = tuple(part.strip() for part in ask.request.parts[5:])
    return Call(ask, kind, service, start, end, options)


def page(
    call: Call,
    total: int,
    rows: Callable[[slice], list[Row]],
    columns: Columns = Columns(),  # noqa: B008 - frozen
    key: tuple[Any, ...] | None = None,
) -> Reply | Table:
    """The rows asked for in the envelope of the host; INFO-200 where there are none."""
    if call.start > total:
        return refusals.seoul("INFO-200")
    span = slice(call.start - 1, min(call.end, total))
    whole = None if key is None else (call.service, call.type, call.start, call.end, *key)

    def wrap(shown: list[Row], counted: int) -> Reply:
        inner = {"list_total_count": counted, "RESULT": _FINE, "row": shown}
        return as_json({call.service: inner}) if call.type == "json" else _xml(call, inner)

    return Table(total, lambda: rows(span), wrap, columns, whole)


def _xml(call: Call, inner: dict[str, Any]) -> Reply:
    return as_xml('<?xml version="1.0" encoding="UTF-8"?>' + element(call.service, inner))


def _is_whole(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit()
