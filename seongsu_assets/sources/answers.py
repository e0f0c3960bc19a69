"""What every answer must be before it is read: of a good status, and whole JSON.
No knowledge of whose answer it is, nor of what it says."""

import json
import math
from typing import Any, NoReturn

from seongsu_assets.errors import KeyRefused, Outage, RequestRefused
from seongsu_assets.outside import Answer

_BLANKS = b"\xef\xbb\xbf \t\r\n"
_EXCERPT = 200
_NO_ACCESS = (401, 403)
_TOO_MANY = 429


class Doubtful(dict[str, Any]):
    """An object in which the keys of `repeated` stood more than once; it holds the last values."""

    repeated: tuple[str, ...] = ()


def refuse_status(answer: Answer) -> None:
    """Raise what a status other than 2xx means: Outage (429, 5xx), KeyRefused (401, 403) or
    RequestRefused (any other), with the beginning of what was answered."""
    if 200 <= answer.status < 300:  # noqa: PLR2004 - the range of success
        return
    told = f"{answer.request}: HTTP {answer.status} {excerpt(answer.body)}".rstrip()
    if answer.status == _TOO_MANY or answer.status >= 500:  # noqa: PLR2004 - the server's own faults
        raise Outage(told)
    if answer.status in _NO_ACCESS:
        raise KeyRefused(told, remedy="check that the key is right and was granted this service")
    raise RequestRefused(told)


def json_of(body: bytes) -> Any:
    """Plain Python of one whole JSON document; an object with a repeated key is a `Doubtful`.

    Raises Outage for what is no JSON document or not all of one, which passes, and RequestRefused
    for numbers that JSON does not have or no computer holds."""
    if not body.strip(_BLANKS):
        raise Outage("the answer is empty")
    if is_xml(body):
        raise Outage(f"the answer is a page and not data: {excerpt(body)}")
    try:
        return json.loads(
            _text(body),
            object_pairs_hook=_object,
            parse_float=_finite,
            parse_int=_whole,
            parse_constant=_no_number,
        )
    except json.JSONDecodeError as error:
        raise Outage(f"the answer is no whole JSON: {error}") from None
    except RecursionError:
        raise RequestRefused("the answer is nested beyond reason") from None


def is_xml(body: bytes) -> bool:
    """Whether the answer is XML, or a page in HTML."""
    return body.lstrip(_BLANKS).startswith(b"<")


def excerpt(body: bytes) -> str:
    """The beginning of an answer, fit for a message: one line without control characters."""
    words = " ".join(body[: 2 * _EXCERPT].decode(errors="replace").split())
    return "".join(filter(str.isprintable, words))[:_EXCERPT]


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return body.decode("cp949")
    except UnicodeDecodeError:
        raise Outage("the answer is neither UTF-8 nor CP949") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    plain = dict(pairs)
    if len(plain) == len(pairs):
        return plain
    doubtful = Doubtful(plain)
    names = [name for name, _ in pairs]
    doubtful.repeated = tuple(name for name in plain if names.count(name) > 1)
    return doubtful


def _finite(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _no_number(digits)


def _whole(digits: str) -> int:
    _finite(digits)  # beyond what a float holds, arithmetic fails later
    return int(digits)


def _no_number(digits: str) -> NoReturn:
    raise RequestRefused(f"the answer holds a number that is none: {digits[:_EXCERPT]}")
