"""What an answer must be before it is read.
No provider's envelope here."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from seongsu_assets.errors import KeyRefused, Outage, RequestRefused, SourceError
from seongsu_assets.outside import Answer
from seongsu_assets.sources.answers import Doubtful, is_xml, json_of, refuse_status


def answer(status: int, body: bytes = b"") -> Answer:
    return Answer("town /{key}/", status, body, datetime(2026, 3, 2, tzinfo=UTC))


@pytest.mark.parametrize(
    ("statuses", "error"),
    [
        ((429, 500, 502, 503, 504, 599), Outage),
        ((401, 403), KeyRefused),
        ((400, 404, 410, 418, 300, 302, 304), RequestRefused),
    ],
)
def test_each_status_has_its_meaning(statuses, error) -> None:
    for status in statuses:
        with pytest.raises(SourceError) as refused:
            refuse_status(answer(status))
        assert type(refused.value) is error


def test_a_good_status_is_not_refused() -> None:
    for status in (200, 201, 204):
        refuse_status(answer(status))


def test_a_refusal_says_what_was_asked_and_how_it_was_answered() -> None:
    body = '{"error": true,\n"reason": "한도\x1b[31m exceeded"}'.encode() + b"x" * 999
    with pytest.raises(RequestRefused) as refused:
        refuse_status(answer(400, body))
    told = str(refused.value)
    assert told.startswith(
        'town /{key}/: HTTP 400 {"error": true, "reason": "한도[31m exceeded"}xxx'
    )
    assert len(told) < 250


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \r\n\t",
        b"\xef\xbb\xbf",
        b"<!DOCTYPE html><html><body>login",
        b"\xef\xbb\xbf \n<RESULT><CODE>ERROR-336</CODE></RESULT>",
        b'{"row": [{"a": 1}, {"b',
        b'{"a": 1}{"a": 2}',
        b"Unexpected errors",
        b'{"a": "\x81\xff"}',
        b"\xff\xfe\x00\x00",
        b"{'a': 1}",
    ],
)
def test_what_is_no_whole_document_is_an_outage(body) -> None:
    with pytest.raises(Outage):
        json_of(body)


def test_every_cut_of_a_document_is_an_outage() -> None:
    body = '{"row": [{"역명": "성수", "수": 12.5, "b": null}], "total": 1}'.encode()
    for length in range(len(body)):
        with pytest.raises(Outage):
            json_of(body[:length])
    assert json_of(body)["total"] == 1


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", "9" * 400, "9" * 5000]
)
def test_a_number_that_is_none_is_refused(number) -> None:
    with pytest.raises(RequestRefused, match="a number that is none"):
        json_of(f'{{"a": [1, {number}]}}'.encode())


def test_a_document_nested_beyond_reason_is_refused() -> None:
    with pytest.raises(RequestRefused, match="nested beyond reason"):
        json_of(b"[" * 200_000)


def test_a_mark_at_the_beginning_and_the_old_korean_encoding_are_read() -> None:
    text = '{"역명": "성수", "n": 1}'
    for body in (text.encode(), text.encode("utf-8-sig"), text.encode("cp949")):
        assert json_of(body) == {"역명": "성수", "n": 1}


def test_an_object_with_a_repeated_key_is_doubtful_and_its_neighbours_are_not() -> None:
    rows = json_of(b'[{"a": 1, "b": 2, "a": 3, "c": 4, "c": 4}, {"a": 1}]')
    assert isinstance(rows[0], Doubtful)
    assert rows[0] == {"a": 3, "b": 2, "c": 4}
    assert rows[0].repeated == ("a", "c")
    assert type(rows[1]) is dict


def test_xml_is_told_by_its_first_character() -> None:
    for body in (b"<a/>", b" \n\t<a/>", b"\xef\xbb\xbf<a/>"):
        assert is_xml(body)
    for body in (b"", b"{}", b'"<a/>"', b"a<"):
        assert not is_xml(body)


documents = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(),
    lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner),
)


@given(some.binary() | documents.map(json.dumps).map(str.encode))
def test_any_bytes_are_read_or_refused_with_a_typed_error(body) -> None:
    try:
        found = json_of(body)
    except (Outage, RequestRefused):
        return
    json.dumps(found, allow_nan=False)
