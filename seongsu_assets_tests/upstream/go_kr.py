"""The response.header/body envelope of data.go.kr and of those who borrowed it, and its paging.
No service and no key here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from seongsu_assets_tests.upstream.wire import (
    Columns,
    Reply,
    Row,
    Table,
    as_json,
    as_xml,
    element,
)


@dataclass(frozen=True)
class Envelope:
    """How a service dresses its rows. `extra` stands in the body before the items; `under` wraps
    the whole once more under a name."""

    page: int = 1
    size: int = 10
    xml: bool = False
    message: str = "NORMAL_SERVICE"
    extra: Mapping[str, Any] | None = None
    under: str = ""

    def wrap(self, rows: Sequence[Row], total: int) -> Reply:
        """`items` is "" without rows, `item` an object where there is a single one in all."""
        item: Any = rows[0] if total == 1 and rows else rows
        items: Any = {"item": item} if rows else ""
        numbers = {"pageNo": self.page, "numOfRows": self.size, "totalCount": total}
        body = {**(self.extra or {}), "items": items, **numbers}
        response = {"header": {"resultCode": "00", "resultMsg": self.message}, "body": body}
        if self.xml:
            return as_xml('<?xml version="1.0" encoding="UTF-8"?>' + element("response", response))
        whole = {"response": response}
        return as_json({self.under: whole} if self.under else whole)

    @property
    def span(self) -> slice:
        return slice((self.page - 1) * self.size, self.page * self.size)


def table(
    envelope: Envelope,
    total: int,
    rows: Callable[[slice], list[Row]],
    columns: Columns = Columns(),  # noqa: B008 - frozen
    key: tuple[Any, ...] | None = None,
) -> Table:
    """The page of `rows` that the envelope asks for."""
    whole = None if key is None else (*key, envelope.page, envelope.size, envelope.under)
    return Table(total, lambda: rows(envelope.span), envelope.wrap, columns, whole)


def number(parameters: Mapping[str, str], name: str, usual: int) -> int:
    """A parameter that must be a positive number; ValueError otherwise."""
    text = parameters.get(name, "").strip() or str(usual)
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise ValueError(f"{name} is no positive number: {text}")
    return int(text)
