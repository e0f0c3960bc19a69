"""The words of the server: a request as it came in, a reply as it goes out, a table between them.
No sockets, no faults and no provider here."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

KST = ZoneInfo("Asia/Seoul")

Row = dict[str, Any]


class Seen(NamedTuple):
    """A request that reached the server: whose, the path and query as sent, the server's time."""

    provider: str
    path: str
    at: datetime


@dataclass(frozen=True)
class Request:
    """What is asked. `parts` are the decoded path segments below the provider; `service` is the
    operation asked for and `day` the first date named in it, as far as there are any."""

    provider: str
    path: str
    parts: tuple[str, ...]
    parameters: Mapping[str, str]
    at: datetime
    service: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Reply:
    """What goes out. `hang_up` closes the connection without a word; `wait` seconds pass before
    the first byte, `drip` seconds between the first and the last."""

    status: int
    body: bytes
    content_type: str = "application/json;charset=UTF-8"
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    hang_up: bool = False
    wait: float = 0.0
    drip: float = 0.0


@dataclass(frozen=True)
class Columns:
    """Which columns of a table hold the station, the line, the counts and the day they were
    registered; faults of spelling and of repetition look for them."""

    station: str = ""
    line: str = ""
    counts: tuple[str, ...] = ()
    registered: str = ""


@dataclass(frozen=True)
class Table:
    """Rows on their way out. `rows` makes those of the asked page, `total` counts all pages,
    `wrap` puts rows and total into the envelope. A `key` allows the finished reply to be kept."""

    total: int
    rows: Callable[[], list[Row]]
    wrap: Callable[[list[Row], int], Reply]
    columns: Columns = Columns()
    key: tuple[Any, ...] | None = None


def as_json(content: Any, status: int = 200) -> Reply:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Reply(status, text.encode())


def as_xml(text: str, status: int = 200) -> Reply:
    return Reply(status, text.encode(), "text/xml;charset=UTF-8")


def as_text(text: str, status: int) -> Reply:
    return Reply(status, text.encode(), "text/plain;charset=UTF-8")


def element(name: str, content: Any) -> str:
    """`content` as an XML element: dicts nest, a list repeats the element."""
    if isinstance(content, list):
        return "".join(element(name, item) for item in content)
    if isinstance(content, dict):
        content = "".join(element(key, item) for key, item in content.items())
        return f"<{name}>{content}</{name}>"
    text = "" if content is None else str(content)
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(sign, entity)
    return f"<{name}>{text}</{name}>"


def day_of(text: str) -> date | None:
    """YYYYMMDD, YYYY-MM-DD or YYYYMM (its first day); None for anything else."""
    digits = text.strip().replace("-", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) in (6, 8)):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8] or 1))
    except ValueError:
        return None
