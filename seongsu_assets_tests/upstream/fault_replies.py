"""Faults of the wire: what comes instead of an answer, and what happens to one on its way.
No fault here looks at the rows."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from seongsu_assets_tests.upstream import refusals
from seongsu_assets_tests.upstream.bomb import bomb
from seongsu_assets_tests.upstream.wire import Reply, as_text, as_xml

_PAGE = (
    "<html><head><title>로그인</title></head><body><form>서비스 점검 중입니다.</form></body></html>"
)


def down(_provider: str, _form: str) -> Reply:
    """The connection is closed without an answer."""
    return Reply(0, b"", hang_up=True)


def http_500(_provider: str, _form: str) -> Reply:
    return as_text("Unexpected errors", 500)


def http_503(_provider: str, _form: str) -> Reply:
    return as_text("Service Temporarily Unavailable", 503)


def xml_error(provider: str, _form: str, code: str = "") -> Reply:
    """The provider's error `code` in XML under HTTP 200, though JSON was asked for."""
    usual = "99" if provider in ("data_go_kr", "kma_hub") else "ERROR-500"
    return refusals.code_in_xml(provider, code or usual)


def code(provider: str, _form: str, code: str) -> Reply:
    """The provider's error `code` (Open-Meteo: a reason) in its JSON envelope."""
    return refusals.code(provider, code)


def html_page(_provider: str, _form: str) -> Reply:
    """A page for people, under HTTP 200."""
    return replace(as_xml(_PAGE), content_type="text/html;charset=UTF-8")


def empty_body(_provider: str, _form: str) -> Reply:
    return Reply(200, b"")


def body(_provider: str, _form: str, content: bytes, status: int = 200) -> Reply:
    """Any bytes."""
    return Reply(status, content)


def bad_key(provider: str, form: str) -> Reply:
    """The key is refused as this provider refuses keys."""
    return refusals.bad_key(provider, form)


def quota(provider: str, form: str) -> Reply:
    """The day's calls are used up, as this provider says it."""
    return refusals.quota(provider, form)


def rate_limited(provider: str, _form: str, window: str = "Minutely") -> Reply:
    """HTTP 429. `window`: Minutely, Hourly or Daily."""
    return refusals.too_many(provider, window)


def redirect(_provider: str, _form: str, to: str) -> Reply:
    """HTTP 302 to the address `to`."""
    return Reply(302, b"", headers={"Location": to})


def gzip_bomb(_provider: str, _form: str, size: int = 500 << 20) -> Reply:
    """A small gzip body that unpacks to `size` zero bytes (whole mebibytes)."""
    return Reply(200, bomb(size >> 20), headers={"Content-Encoding": "gzip"})


def cut_json(reply: Reply) -> Reply:
    """The body stops in its middle; its length claims that this is all."""
    return replace(reply, body=reply.body[: len(reply.body) // 2])


def slow(reply: Reply, seconds: float) -> Reply:
    """Nothing comes for `seconds` seconds, then everything."""
    return replace(reply, wait=seconds)


def drip(reply: Reply, seconds: float) -> Reply:
    """The head comes at once, the body in small pieces over `seconds` seconds."""
    return replace(reply, drip=seconds)


#: Called with (provider, form of the gateway); no service is asked.
INSTEAD: Mapping[str, Callable[..., Reply]] = {
    each.__name__: each
    for each in (
        down, http_500, http_503, xml_error, code, html_page, empty_body, body, bad_key, quota,
        rate_limited, redirect, gzip_bomb,
    )
}  # fmt: skip
#: Called with the service's reply.
AFTER: Mapping[str, Callable[..., Reply]] = {each.__name__: each for each in (cut_json, slow, drip)}
