"""A key is sent, and seen nowhere else: in no log, error, frame or row, however it comes back.
What else the door does is not tested here."""

import html
import json
import logging
import re
import traceback
from urllib.parse import quote, quote_plus

import pytest
from pydantic import SecretStr

from seongsu_assets.errors import SourceError
from seongsu_assets.outside import Provider
from seongsu_assets.sources.answers import json_of
from seongsu_assets.sources.http import Door
from seongsu_assets.sources.masking import Secret
from seongsu_assets.warehouse.answers import Journal
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.doors import NOW, Notes, asked, door, whole
from seongsu_assets_tests.misbehaving import (
    bomb,
    drips,
    echoes,
    hangs_up,
    head,
    misbehaving,
    raw,
    says,
)

KEY = "p7/Rq+서 울&9Zk=="
ENCODED = quote(KEY, safe="")
LOWER = re.sub("%..", lambda found: found[0].lower(), ENCODED)
#: How the key may be spelled: as in an address, a page, a document, a log.
SPELLINGS = {
    KEY,
    quote(KEY),
    ENCODED,
    LOWER,
    quote_plus(KEY),
    quote(ENCODED, safe=""),
    html.escape(KEY),
    "".join(f"&#{ord(character)};" for character in KEY),
    "".join(f"&#x{ord(character):x};" for character in KEY),
    json.dumps(KEY)[1:-1],
    json.dumps(KEY)[1:-1].replace("/", "\\/"),
    json.dumps(KEY, ensure_ascii=False)[1:-1].replace("/", "\\/"),
    repr(KEY.encode())[2:-1],
    "p7%2FRq+서%20울&amp;9Zk%3D=",
}


def assert_hidden(text: str) -> None:
    # its ends are plain in each spelling but those by number: half a key is a leak as well
    for fragment in ("p7", "9Zk", *SPELLINGS):
        assert fragment not in text, f"{fragment} in {text[:500]}"


def all_of(error: BaseException | None) -> str:
    """Every word of an error, of what it is linked to, and of the values that its frames hold."""
    if error is None:
        return ""
    words = [*traceback.format_exception(error), repr(error), repr(error.__dict__)]
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if frame.f_globals["__name__"].partition(".")[0] != "seongsu_assets_tests":
            words += map(repr, frame.f_locals.values())
    return "\n".join([*words, all_of(error.__cause__), all_of(error.__context__)])


@pytest.mark.parametrize("spelling", sorted(SPELLINGS))
@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_every_spelling_is_masked(spelling, encoding) -> None:
    body = f"<before>{spelling}<after>".encode(encoding)
    assert Secret(SecretStr(KEY)).mask(body) == b"<before>{key}<after>"


def test_what_is_no_key_is_left_as_it_is() -> None:
    secret = Secret(SecretStr(KEY))
    for body in (b"", b"p7/Rq", b'{"a": "%2F%2B"}', bytes(range(256))):
        assert secret.mask(body) == body
    assert Secret(SecretStr("5")).mask(b"15 trains at 5") == b"15 trains at 5"
    assert Secret().mask(b"anything") == b"anything"


def test_a_key_pasted_in_either_form_is_sent_in_the_same() -> None:
    for pasted in (KEY, ENCODED, LOWER, f" {KEY}\n"):
        assert Secret(SecretStr(pasted)).fill("/{key}/") == f"/{ENCODED}/"


def test_a_key_reaches_the_server_as_it_was_given() -> None:
    with misbehaving(says()) as server, door(Notes(), KEY) as web:
        asked(web, server, path="/{key}/json", parameters={"serviceKey": "{key}", "page": "1"})
    assert server.targets == [f"/{ENCODED}/json?serviceKey={ENCODED}&page=1"]


FAILURES = {
    "status": echoes(500),
    "refused": echoes(403),
    "redirect": echoes(302),
    "not as agreed": echoes(200),
    "hangs up": hangs_up,
    "drips": drips(head(Content_Length="9999")),
    "bomb": bomb(50),
    "no gzip": says(KEY.encode(), Content_Encoding="gzip"),
    "packed": says(KEY.encode(), Content_Encoding=quote(KEY)),
    "echo for a status": raw(f"HTTP/1.1 {KEY}\r\n\r\n".encode()),
    "echo for HTTP": raw(f"{quote(KEY)} {KEY}\r\n\r\n".encode()),
    "echo for a length": raw(f"HTTP/1.1 200 So\r\nContent-Length: {KEY}\r\n\r\n".encode()),
    "echo for a pause": raw(head(429, Retry_After=quote(KEY), Content_Length="0")),
    "host": raw(head(302, Location=f"http://{ENCODED}.invalid/", Content_Length="0")),
}


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_no_failure_tells_the_key(failure, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    notes = Notes()

    def read(answer):
        return json_of(whole(answer))["asked"]["no such thing"]

    with (
        misbehaving(failure) as server,
        door(notes, KEY, seconds=3.0) as web,
        pytest.raises((SourceError, TypeError)) as caught,
    ):
        asked(web, server, read, "/{key}/json", {"serviceKey": "{key}"})
    assert ENCODED in server.targets[0]
    assert_hidden(all_of(caught.value))
    assert_hidden(repr(notes.answers))
    assert_hidden(repr([record.__dict__ for record in caplog.records]))
    assert_hidden(caplog.text)


@pytest.mark.parametrize("base", ["http://nowhere.invalid", "http://127.0.0.1:1", "ftp://{key}"])
def test_who_cannot_be_reached_is_not_told_the_key_either(base, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    with door(Notes(), KEY) as web, pytest.raises(SourceError) as caught:
        web.get(Provider("town", base, "town_key"), "/{key}/json", {"a": "{key}"}, whole)
    assert "town /{key}/json?a={key}" in str(caught.value)
    assert_hidden(all_of(caught.value) + caplog.text)


def test_the_library_says_nothing_even_when_told_to(caplog) -> None:
    caplog.set_level(logging.DEBUG)
    names = ("httpx", "httpcore", "httpcore.http11", "httpcore.connection", "httpcore.proxy")
    with misbehaving(says()) as server, door(Notes(), KEY) as web:
        for name in names:
            caplog.set_level(logging.DEBUG, logger=name)
        asked(web, server, path="/{key}/")
        for name in names:
            logging.getLogger(name).warning(KEY)
    assert not [record for record in caplog.records if record.name.startswith("http")]


def test_no_row_of_the_warehouse_holds_the_key(warehouse_url) -> None:
    def read(answer):
        return json_of(answer.body)["asked"]

    with misbehaving(echoes()) as server, connect(warehouse_url) as conn:
        secret = SecretStr(KEY)
        with Door(Journal(conn), lambda _: secret, lambda: NOW) as web:
            asked(web, server, read, "/{key}/json", {"serviceKey": "{key}"})
        rows = conn.execute("select * from warehouse.answer natural join warehouse.answer_body")
        told = rows.fetchall()
    assert len(told) == 1
    assert "town /{key}/json?serviceKey={key}" in told[0]
    assert_hidden(repr(told))
