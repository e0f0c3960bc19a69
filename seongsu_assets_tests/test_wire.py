"""What a server or a network can do to one request, over real sockets.
Budget and retries have a file of their own."""

import socket
import ssl
import subprocess
import time
import tracemalloc

import pytest

from seongsu_assets.errors import Outage, RequestRefused
from seongsu_assets.outside import Provider
from seongsu_assets.sources.answers import json_of
from seongsu_assets_tests.doors import Notes, asked, door, whole
from seongsu_assets_tests.misbehaving import (
    bomb,
    drips,
    hangs_up,
    head,
    misbehaving,
    packed,
    raw,
    says,
)


@pytest.fixture
def notes():
    return Notes()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_refused_and_its_host_never_called(notes, status) -> None:
    with misbehaving(says()) as other, door(notes) as web:
        where = f"{other.url.replace('127.0.0.1', 'localhost')}/private?a=b"
        with (
            misbehaving(says(status=status, Location=where)) as server,
            pytest.raises(RequestRefused, match=r"town /: sent on to localhost, and not"),
        ):
            asked(web, server)
    assert other.heads == []
    assert (notes.spent, notes.answers[0].status) == (1, status)


@pytest.mark.parametrize("where", ["/login", "http://[oh", "", "http://" + "a" * 9000])
def test_a_redirect_to_whatever_is_refused(notes, where) -> None:
    with (
        misbehaving(says(status=302, Location=where)) as server,
        door(notes) as web,
        pytest.raises(RequestRefused, match="sent on to") as refused,
    ):
        asked(web, server)
    assert len(str(refused.value)) < 400


TORN = {
    "cut body": raw(head(Content_Length="100"), b"{"),
    "cut chunks": raw(head(Transfer_Encoding="chunked"), b"5\r\nabc"),
    "cut gzip": says(b"\x1f\x8b\x08\0\0\0\0\0\0\xff", Content_Encoding="gzip"),
    "no gzip": says(b"plain", Content_Encoding="gzip"),
    "more after the gzip": says(
        b"\x1f\x8b\x08" + bytes(6) + b"\xff\x03" + bytes(9) + b"and more", Content_Encoding="gzip"
    ),
    "no HTTP": raw(b"SSH-2.0-OpenSSH_9.6\r\n"),
    "nothing": hangs_up,
}


@pytest.mark.parametrize("torn", TORN.values(), ids=TORN)
def test_half_an_answer_is_an_outage_and_never_read(notes, torn) -> None:
    with misbehaving(torn) as server, door(notes) as web, pytest.raises(Outage):
        asked(web, server)
    assert notes.spent == 4
    assert notes.answers == []


def test_a_packed_answer_is_unpacked(notes) -> None:
    with misbehaving(packed(b"long" * 99_999)) as server, door(notes) as web:
        assert asked(web, server) == b"long" * 99_999


def test_an_answer_packed_otherwise_is_refused(notes) -> None:
    with (
        misbehaving(says(b"...", Content_Encoding="br")) as server,
        door(notes) as web,
        pytest.raises(RequestRefused, match="packed in a way that was not asked for"),
    ):
        asked(web, server)


@pytest.mark.parametrize("largest", [2**20, 32 * 2**20])
def test_a_bomb_of_500_megabytes_is_refused_with_little_memory(notes, largest) -> None:
    with misbehaving(bomb(500)) as server, door(notes, largest=largest) as web:
        tracemalloc.start()
        started = time.monotonic()
        with pytest.raises(RequestRefused, match=f"larger than {largest:,} bytes"):
            asked(web, server)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 4 * largest + 4 * 2**20
    assert time.monotonic() - started < 20
    assert (notes.spent, notes.answers) == (1, [])


def test_a_name_that_is_not_looked_up_in_time_does_not_hold_us(notes, monkeypatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(3.0))
    with door(notes, seconds=0.2) as web:
        started = time.monotonic()
        with pytest.raises(Outage, match="no answer in time"):
            web.get(Provider("town", "http://nowhere.invalid"), "/", {}, whole)
        assert time.monotonic() - started < 2.0


HUGE = {
    "announced": raw(head(Content_Length="99999999999")),
    "endless": raw(head(), *[bytes(2**16)] * 999),
    "endless and packed into nothing": raw(
        head(Content_Encoding="gzip"), b"\x1f\x8b\x08\0\0\0\0\0\0\xff",
        *[b"\0\0\0\xff\xff" * 2**14] * 999,
    ),
}  # fmt: skip


@pytest.mark.parametrize("huge", HUGE.values(), ids=HUGE)
def test_an_answer_beyond_all_bounds_is_refused(notes, huge) -> None:
    with (
        misbehaving(huge) as server,
        door(notes, largest=2**20) as web,
        pytest.raises(RequestRefused, match="larger than 1,048,576 bytes"),
    ):
        asked(web, server)


def test_an_answer_of_just_the_size_is_read(notes) -> None:
    for behaviour in (says(bytes(1000)), packed(bytes(1000))):
        with misbehaving(behaviour) as server, door(notes, largest=1000) as web:
            assert asked(web, server) == bytes(1000)
        with (
            misbehaving(behaviour) as server,
            door(notes, largest=999) as web,
            pytest.raises(RequestRefused),
        ):
            asked(web, server)


SLOW = {
    "body": drips(head(Content_Length="9999")),
    "headers": drips(b"HTTP/1.1 200 So\r\nX: "),
    "nothing at all": drips(every=9.0, bytes_in_all=1),
}


@pytest.mark.parametrize("slow", SLOW.values(), ids=SLOW)
def test_a_server_that_drips_does_not_hold_us(notes, slow) -> None:
    with misbehaving(slow) as server, door(notes, seconds=1.0) as web:
        started = time.monotonic()
        with pytest.raises(Outage, match="no answer in time"):
            asked(web, server)
        assert time.monotonic() - started < 5.0
    assert notes.spent == 1


@pytest.mark.parametrize(
    ("base", "why"),
    [
        ("http://nowhere.invalid", "no connection"),
        ("http://127.0.0.1:1", "no connection"),
        ("https://{plain}", "SSL"),
    ],
)
def test_who_cannot_be_reached_is_an_outage(notes, base, why) -> None:
    with misbehaving(says()) as server, door(notes) as web:
        town = Provider("town", base.format(plain=server.url.removeprefix("http://")))
        with pytest.raises(Outage, match=why):
            web.get(town, "/", {}, whole)
    assert notes.spent == 4


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(notes, tmp_path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    words = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    try:
        subprocess.run([*words.split(), *names, *files], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not installed: no certificate can be made")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    with misbehaving(says(), tls=tls) as server, door(notes) as web:
        town = Provider("town", f"https://127.0.0.1:{server.port}")
        with pytest.raises(Outage, match="CERTIFICATE_VERIFY_FAILED"):
            web.get(town, "/", {}, whole)
    assert server.heads == []


@pytest.mark.parametrize("base", ["ftp://127.0.0.1", "", "http://[oh", "http://" + "a" * 300])
def test_an_address_that_is_none_is_refused(notes, base) -> None:
    with door(notes) as web, pytest.raises((RequestRefused, Outage)):
        web.get(Provider("town", base), "/", {}, whole)


FALSE = {
    "empty": (says(b""), Outage),
    "page": (says(b"<!DOCTYPE html><p>log in"), Outage),
    "xml": (says(b"\n<RESULT><CODE>ERROR-336</CODE></RESULT>"), Outage),
    "cut": (says(b'{"row": [{"a": 1}, {"a"'), Outage),
    "bomb": (bomb(500), RequestRefused),
}


@pytest.mark.parametrize(("false", "error"), FALSE.values(), ids=FALSE)
def test_what_is_no_data_under_status_200_is_never_no_data(notes, false, error) -> None:
    with misbehaving(false) as server, door(notes) as web, pytest.raises(error):
        asked(web, server, lambda answer: json_of(answer.body))
