"""Payloads as the outside world may send them: damaged records, torn envelopes, foreign bytes.
What must hold of every one is said once, in `Shape.judge`; no test here."""

import json
import math
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from seongsu_assets.domain import Parsed, Payload, Source
from seongsu_assets.errors import SourceError
from seongsu_assets.sources.pages import bundle

DAY = date(2026, 3, 5)
_LAST = re.compile(r'"[^"]*"(?=\})')
_NOW = datetime(2026, 3, 9, 1, tzinfo=UTC)
_MOST = 1_000_000

#: For every run of the fuzz: the same examples each time, and no file is left behind.
QUIET = {
    "deadline": None,
    "derandomize": True,
    "database": None,
    "suppress_health_check": list(HealthCheck),
}

_NESTED: Any = 1
for _ in range(60):
    _NESTED = [_NESTED]

#: What stands where a number, a name or a date should: each was seen, or is one slip away.
_NOTED: tuple[Any, ...] = (
    None, True, False, "", " ", math.nan, math.inf, "NaN", "null", "-", "-1", "0.5", "1e5", "0x10",
    "1,2345", "１２", "٣", "12명", "1" * 30, "2026030５", "20260306", "20260230", "2026-03-05",
    "성수역", "성수 ", "성수(2호선)", "02호선", "2", "211.0", "0211", "24", "-0", "a\0b", "\ud800",
    "<b>", "x" * 5000, -1, -0.0, 0.5, 1e12, 2**63, 1e-300, [], [1], {}, {"a": 1}, [[]], _NESTED,
)  # fmt: skip
_NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
_ODD = st.sampled_from(_NOTED) | _NUMBERS | st.text(max_size=8)


@dataclass(frozen=True)
class Shape:
    """A source under fuzz: what its payloads are called, a small good day of records, how records
    and their total are dressed, and what must hold of whatever it makes of a payload."""

    source: Source
    request: str
    records: Callable[[], list[dict[str, Any]]]
    wrap: Callable[[Sequence[Any], Any], Any]
    judge: Callable[[Parsed], None]

    def payload(self, body: bytes) -> Payload:
        return Payload(self.source.name, self.request, body, _NOW)

    def examine(self, body: bytes, records: int | None) -> Parsed | None:
        """Parse `body` and judge the outcome; None when the payload was refused as a whole.

        `records` is how many are in it, where that is known."""
        try:
            parsed = self.source.parse(self.payload(body))
        except SourceError:
            return None
        refused = sum(reject.records for reject in parsed.rejects)
        assert parsed.received is not None
        assert 0 <= refused <= parsed.received
        assert records is None or parsed.received == records
        for reject in parsed.rejects:
            assert reject.place
            assert reject.reason
            words = reject.place + reject.reason + reject.record
            assert "\0" not in words  # what PostgreSQL would not take
            assert words.encode()
        json.dumps(dict(parsed.facts), allow_nan=False).encode()
        self.judge(parsed)
        return parsed


@st.composite
def payloads(draw: st.DrawFn, shape: Shape) -> tuple[bytes, int | None]:
    """A body, and how many records are in it where the damage leaves that certain."""
    records: list[Any] = list(shape.records())
    for _ in range(draw(st.integers(0, 4))):
        draw(st.sampled_from(_DAMAGES))(draw, records)
    total = draw(_ODD) if _rarely(draw) else len(records)
    certain = type(total) is int and total == len(records) > 0
    document = shape.wrap(records, total)
    if _rarely(draw):
        certain = False
        _damage_envelope(draw, document)
    text = json.dumps(document, ensure_ascii=draw(st.booleans()))
    if _rarely(draw):
        text = _repeat_a_key(draw, text)
        certain = False
    body = text.encode("utf-8", "surrogatepass")
    if _rarely(draw):
        certain = False
        body = draw(st.sampled_from(_WIRES))(draw, text, body)
    return body, len(records) if certain and "NaN" not in text and "Infinity" not in text else None


def _rarely(draw: st.DrawFn) -> bool:
    return draw(st.integers(0, 9)) == 0


def _set_field(draw: st.DrawFn, records: list[Any]) -> None:
    place = draw(st.integers(0, len(records) - 1))
    if isinstance(records[place], dict) and records[place]:
        name = draw(st.sampled_from(sorted(records[place])))
        records[place] = {**records[place], name: draw(_ODD)}


def _drop_field(draw: st.DrawFn, records: list[Any]) -> None:
    name = draw(st.sampled_from(sorted(_names(records)) or [""]))
    everywhere = draw(st.booleans())
    first = draw(st.integers(0, len(records) - 1))
    for place, record in enumerate(records):
        if isinstance(record, dict) and (everywhere or place == first):
            records[place] = {key: value for key, value in record.items() if key != name}


def _rename_field(draw: st.DrawFn, records: list[Any]) -> None:
    old = draw(st.sampled_from(sorted(_names(records)) or [""]))
    new = draw(st.sampled_from([old.lower(), f"{old}_NEW", "LINE_NUM", "WORK_DT", "a\0", "\ud800"]))
    for place, record in enumerate(records):
        if isinstance(record, dict):
            records[place] = {new if key == old else key: cell for key, cell in record.items()}


def _add_field(draw: st.DrawFn, records: list[Any]) -> None:
    name = draw(st.text(max_size=6) | st.sampled_from(sorted(_names(records)) or [""]))
    value = draw(_ODD)
    for place, record in enumerate(records):
        if isinstance(record, dict):
            records[place] = {name: value, **record}


def _copy_record(draw: st.DrawFn, records: list[Any]) -> None:
    place = draw(st.integers(0, len(records) - 1))
    records.insert(draw(st.integers(0, len(records))), records[place])


def _replace_record(draw: st.DrawFn, records: list[Any]) -> None:
    records[draw(st.integers(0, len(records) - 1))] = draw(_ODD)


def _lose_record(draw: st.DrawFn, records: list[Any]) -> None:
    if len(records) > 1:
        del records[draw(st.integers(0, len(records) - 1))]


_DAMAGES = (
    _set_field, _set_field, _set_field, _drop_field, _rename_field, _add_field, _copy_record,
    _replace_record, _lose_record,
)  # fmt: skip


def _names(records: Sequence[Any]) -> set[str]:
    return {name for record in records if isinstance(record, dict) for name in record}


def _damage_envelope(draw: st.DrawFn, document: Any) -> None:
    """Somewhere above the records, a part is another thing, or gone."""
    part = document
    while isinstance(part, dict) and part:
        name = draw(st.sampled_from(sorted(part)))
        if draw(st.booleans()) or not isinstance(part[name], dict):
            if draw(st.booleans()):
                del part[name]
            else:
                part[name] = draw(_ODD)
            return
        part = part[name]


def _repeat_a_key(draw: st.DrawFn, text: str) -> str:
    """A key stands twice in one object, the second time with its old value."""
    places = [place for place in range(len(text)) if text.startswith('{"', place)]
    if not places:
        return text
    place = draw(st.sampled_from(places)) + 1
    name = text[place : text.find(":", place)]
    return f"{text[:place]}{name}: {json.dumps(draw(_ODD))}, {text[place:]}"


_WIRES: tuple[Callable[[st.DrawFn, str, bytes], bytes], ...] = (
    lambda _draw, _text, body: b"\xef\xbb\xbf" + body,
    lambda _draw, text, _body: text.encode("cp949", "replace"),
    lambda _draw, text, _body: text.encode("utf-16", "replace"),
    lambda draw, _text, body: body[: draw(st.integers(0, len(body)))],
    lambda draw, _text, body: body + draw(st.binary(min_size=1, max_size=9)),
    lambda draw, _text, body: _flipped(body, draw(st.integers(0, 2**32))),
    lambda draw, _text, _body: draw(st.binary(max_size=60)),
    lambda _draw, _text, _body: b"<html><body>\xec\xa0\x90\xea\xb2\x80</body></html>",
    lambda _draw, _text, _body: b"<RESULT><CODE>ERROR-500</CODE></RESULT>",
    lambda _draw, _text, _body: b"<RESULT><CODE>INFO-000</CODE></RESULT>",
    lambda _draw, _text, _body: b"<a><returnReasonCode>30</returnReasonCode></a>",
    lambda _draw, _text, _body: b'{"RESULT": {"CODE": "INFO-200", "MESSAGE": ""}}',
    lambda _draw, _text, _body: b'{"RESULT": {"CODE": "INFO-000", "MESSAGE": ""}}',
    lambda draw, text, _body: nested(text, draw(st.integers(1, 1500))),
    lambda draw, text, _body: nested(text, draw(st.integers(900, 1000))),
    lambda draw, _text, body: body.replace(b": ", b": 1" + b"0" * draw(st.integers(1, 6000)), 1),
    lambda _draw, _text, body: bundle([body, body]),
    lambda draw, _text, body: _flipped(bundle([body, body]), draw(st.integers(0, 2**32))),
    lambda draw, _text, body: bundle([body, body])[: draw(st.integers(0, 200))],
)


def nested(text: str, depth: int) -> bytes:
    """The last value of the last record is nested so deep."""
    *_, place = (0, *(found.start() for found in _LAST.finditer(text)))
    deep = _LAST.sub("[" * depth + "]" * depth, text[place:], count=1)
    return (text[:place] + deep).encode("utf-8", "surrogatepass")


def _flipped(body: bytes, seed: int) -> bytes:
    """A few bytes are others."""
    chance, changed = random.Random(seed), bytearray(body)
    for _ in range(chance.randint(1, 4)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def fuzz(examples: int) -> settings:
    return settings(max_examples=examples, **QUIET)
