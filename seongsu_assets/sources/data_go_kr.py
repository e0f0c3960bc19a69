"""The envelope that data.go.kr, KMA's API hub and getStnPsgr answer in, and each way they refuse.
What an item means is for its source to say."""

import re
from collections.abc import Mapping
from typing import Any

from seongsu_assets.domain import Payload
from seongsu_assets.errors import (
    KeyRefused,
    NoData,
    Outage,
    QuotaSpent,
    RequestRefused,
    SourceError,
)
from seongsu_assets.outside import Answer, Provider, Web
from seongsu_assets.sources.answers import is_xml, json_of
from seongsu_assets.sources.pages import Page, all_pages, bundle, unbundle

#: The official codes, by what may be done about them. A code that is not listed is refused.
_NO_DATA, _QUOTA = 3, 22
_TRANSIENT = frozenset((1, 2, 4, 5, 99))
_KEY = frozenset((20, 21, 30, 31, 32, 33))
#: How KMA's hub says that its calls are used up is not on record; such a message has this word.
_EXCEEDED = "초과"
_KEY_REMEDY = "set the key in its decoded form, and apply for the use of this API with it"
_SHAPE_REMEDY = "compare the answer with the service's guide: its shape has changed"
#: The gateway's errors are XML whatever was asked for; the message stands under either name.
_XML_CODE = re.compile(r"<(?:returnReasonCode|resultCode)>\s*([0-9]{1,4})\s*<", re.ASCII)
_XML_WORDS = re.compile(r"<(?:errMsg|returnAuthMsg|resultMsg)>\s*([^<]{1,200}?)\s*<")
_QUOTED = 200


def go_kr_payload(
    name: str, web: Web, provider: Provider, path: str, parameters: Mapping[str, str], size: int
) -> Payload:
    """All pages of `size` items each as one payload of the source `name`.

    NoData also where there is no item; other errors as `go_kr_page`."""

    def ask(number: int) -> tuple[Page, Answer]:
        paged = {**parameters, "numOfRows": str(size), "pageNo": str(number)}
        return web.get(provider, path, paged, read)

    def read(answer: Answer) -> tuple[Page, Answer]:
        page = go_kr_page(answer.body, answer.status)
        if not page.total:
            raise NoData("the service has 0 items")
        return page, answer

    answers = all_pages(ask, size)
    body = bundle([answer.body for answer in answers])
    return Payload(name, answers[0].request, body, answers[0].received_at)


def go_kr_items(payload: Payload) -> list[Any]:
    """The items of all pages of a payload. SourceError as `go_kr_page`."""
    return [item for body in unbundle(payload.body) for item in go_kr_page(body).rows]


def go_kr_page(body: bytes, status: int = 200) -> Page:
    """The items of one page as plain JSON, and `totalCount`. Code 00 without items is an empty
    page: what that means the caller knows.

    NoData (03), QuotaSpent (22), KeyRefused, Outage (worth asking again) and RequestRefused, also
    for a shape that was not agreed."""
    if is_xml(body):
        _refuse_xml(body.decode("utf-8", errors="replace"))
    try:
        tree = json_of(body)
    except Outage:
        _refuse_status(status, body.decode("utf-8", errors="replace"))
        raise
    if isinstance(tree, dict) and isinstance(hub := _get(tree, "result"), dict):
        words = _words(hub, "message")
        if _EXCEEDED in words:
            raise _refusal(_QUOTA, words)
        _refuse_status(_whole(_get(hub, "status")) or status, words)
        raise _strange("a result without a response", words)
    response = _response(tree)
    header = _mapping(_get(response, "header"), "header")
    words = _words(header, "resultMsg")
    code = _whole(_get(header, "resultCode"))
    if code is None:
        raise _strange("no readable resultCode", words)
    if code:
        raise _refusal(code, words)
    _refuse_status(status, words)
    return _page(_mapping(_get(response, "body"), "body"))


def _response(tree: Any) -> dict[str, Any]:
    """`response`, which may be wrapped once more under the name of the service."""
    outer = _mapping(tree, "answer")
    if "response" not in outer and len(outer) == 1:
        outer = _mapping(next(iter(outer.values())), "answer")
    return _mapping(_get(outer, "response"), "response")


def _page(body: dict[str, Any]) -> Page:
    total = _whole(_get(body, "totalCount"))
    if total is None:
        raise _strange("no readable totalCount", "")
    items = _get(body, "items")
    if items in (None, ""):  # so it is spelled when there are none
        return Page([], total)
    found = _get(_mapping(items, "items"), "item")
    if found in (None, ""):
        return Page([], total)
    return Page(found if isinstance(found, list) else [found], total)


def _mapping(value: Any, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _strange(f"no {name}", type(value).__name__)
    return value


def _words(part: dict[str, Any], name: str) -> str:
    found = _get(part, name)
    return found if isinstance(found, str) else ""


def _get(part: dict[str, Any], name: str) -> Any:
    """A field of the envelope. Told twice it is not known, so the whole answer is refused."""
    if name in getattr(part, "repeated", ()):
        raise _strange(f"{name} twice", "")
    return part.get(name)


def _whole(value: Any) -> int | None:
    """A number of the envelope: some services send it as text."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value.strip(), re.ASCII):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _refuse_xml(text: str) -> None:
    """Raise what an XML error means; a page of HTML is left to the reader of JSON."""
    if not (code := _XML_CODE.search(text)):
        return
    words = " ".join(_XML_WORDS.findall(text[: 10 * _QUOTED]))
    if not int(code[1]):
        raise RequestRefused(
            "the answer is XML though JSON was asked for", remedy="ask with JSON as its type"
        )
    raise _refusal(int(code[1]), words)


def _refusal(code: int, words: str) -> SourceError:
    said = f"code {code:02d}: {words[:_QUOTED]}"
    # An old gateway says 99 of a key that it does not know.
    if code in _KEY or "SERVICE KEY" in words.upper().replace("_", " "):
        return KeyRefused(f"the key is refused, {said}", remedy=_KEY_REMEDY)
    if code == _NO_DATA:
        return NoData(f"the service has nothing, {said}")
    if code == _QUOTA:
        return QuotaSpent(f"the day's calls are used up, {said}", remedy="ask again tomorrow")
    if code in _TRANSIENT:
        return Outage(f"the service is broken, {said}", remedy="ask again later")
    return RequestRefused(f"the request is refused, {said}", remedy="correct its parameters")


def _refuse_status(status: int, words: str) -> None:
    """Raise what an HTTP status means where the body has no code of its own."""
    if status == 200:  # noqa: PLR2004 - HTTP OK
        return
    said = f"HTTP {status}: {words[:_QUOTED]}"
    if status in {401, 403}:
        raise KeyRefused(f"the key is refused, {said}", remedy=_KEY_REMEDY)
    if status == 429 or status >= 500:  # noqa: PLR2004 - too many at once, and broken servers
        raise Outage(f"the service does not answer, {said}", remedy="ask again later")
    raise RequestRefused(f"the request is refused, {said}", remedy="correct its parameters")


def _strange(what: str, found: str) -> RequestRefused:
    return RequestRefused(f"the answer has {what}: {found[:_QUOTED]!r}", remedy=_SHAPE_REMEDY)
