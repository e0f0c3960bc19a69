"""The envelope of openapi.seoul.go.kr over real HTTP: a page, or what went wrong.
What a record says is not asked here."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest

from seongsu_assets.errors import (
    KeyRefused,
    NoData,
    Outage,
    QuotaSpent,
    RequestRefused,
    SourceError,
)
from seongsu_assets.outside import Answer
from seongsu_assets.sources.answers import refuse_status
from seongsu_assets.sources.pages import Page
from seongsu_assets.sources.providers import SEOUL
from seongsu_assets.sources.seoul.envelope import refuse_error, seoul_page
from seongsu_assets_tests.counts_web import Journal, asking
from seongsu_assets_tests.upstream import KEYS, KST, Upstream

SERVICE = "CardSubwayStatsNew"
NOW = datetime(2026, 3, 10, 12, tzinfo=KST)
DAY = "20260305"


@pytest.fixture(scope="module")
def upstream() -> Iterator[Upstream]:
    with Upstream(now=NOW) as running:
        yield running


@pytest.fixture(autouse=True)
def _as_new(upstream):
    upstream.clear()
    upstream.requests.clear()


def read(answer: Answer) -> Page:
    refuse_status(answer)
    return seoul_page(answer.body, SERVICE)


@contextmanager
def rows_of(upstream, key=KEYS["seoul"], kind="json", service=SERVICE, journal=None):
    """Ask the upstream for rows of a day: (first, last, day) -> Page."""
    with asking(upstream, journal, lambda _setting: key) as web:
        yield lambda first, last, day=DAY: web.get(
            SEOUL, f"/{{key}}/{kind}/{service}/{first}/{last}/{day}", {}, read
        )


def test_a_page_has_its_rows_and_the_number_of_all_rows(upstream):
    with rows_of(upstream) as ask:
        page = ask(1, 5)
    assert len(page.rows) == 5
    assert 604 <= page.total <= 619
    assert page.rows[0]["USE_YMD"] == DAY


def test_a_call_brings_a_thousand_rows_and_their_numbers_begin_at_one(upstream):
    with rows_of(upstream) as ask:
        everything, second = ask(1, 1000), ask(2, 2)
        assert len(everything.rows) == everything.total
        assert second.rows == everything.rows[1:2]
        with pytest.raises(RequestRefused, match="ERROR-331"):
            ask(0, 5)


def test_the_key_is_a_part_of_the_path_and_of_no_note(upstream):
    journal = Journal()
    with rows_of(upstream, journal=journal) as ask:
        ask(1, 5)
    assert upstream.requests[0].path.startswith(f"/{KEYS['seoul']}/json/")
    [answer] = journal.answers
    assert answer.request == f"seoul /{{key}}/json/{SERVICE}/1/5/{DAY}"


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [(1, 1001, "ERROR-336"), (5, 1, "ERROR-334"), ("x", 5, "ERROR-333"), (" ", 5, "ERROR-331")],
)
def test_a_request_that_breaks_a_rule_is_refused_once_and_not_asked_again(
    upstream, first, last, code
):
    with rows_of(upstream) as ask, pytest.raises(RequestRefused, match=code):
        ask(first, last)
    assert len(upstream.requests) == 1


def test_the_type_and_the_service_must_be_spelled_exactly(upstream):
    with rows_of(upstream, kind="yaml") as ask, pytest.raises(RequestRefused, match="ERROR-301"):
        ask(1, 5)
    with (
        rows_of(upstream, service=SERVICE.lower()) as ask,
        pytest.raises(RequestRefused, match="ERROR-310"),
    ):
        ask(1, 5)


def test_the_sample_key_brings_five_rows_and_not_six(upstream):
    with rows_of(upstream, key="sample") as ask:
        assert len(ask(1, 5).rows) == 5
        with pytest.raises(RequestRefused, match="ERROR-335"):
            ask(1, 6)


def test_a_bad_key_is_a_bad_key_and_is_asked_once(upstream):
    with rows_of(upstream, key="not-a-key") as ask, pytest.raises(KeyRefused, match="INFO-100"):
        ask(1, 5)
    assert len(upstream.requests) == 1


def test_no_data_is_no_error_of_the_source_and_no_empty_page(upstream):
    with rows_of(upstream) as ask, pytest.raises(NoData, match="INFO-200"):
        ask(1, 5, "20260309")
    assert len(upstream.requests) == 1


CODES = {
    **dict.fromkeys(("ERROR-500", "ERROR-600"), Outage),
    **dict.fromkeys(("INFO-100",), KeyRefused),
    **dict.fromkeys(("INFO-200",), NoData),
    **dict.fromkeys(("ERROR-337",), QuotaSpent),
    **dict.fromkeys(
        ("ERROR-300", "ERROR-301", "ERROR-310", "ERROR-331", "ERROR-332", "ERROR-333", "ERROR-334",
         "ERROR-335", "ERROR-336", "ERROR-601", "ERROR-999", "INFO-999"),
        RequestRefused,
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", ["code", "xml_error"])
@pytest.mark.parametrize(("code", "error"), CODES.items())
def test_every_code_means_the_same_in_json_and_in_xml_and_only_outages_are_asked_again(
    upstream, code, error, fault
):
    upstream.fault(fault, code=code)
    with rows_of(upstream) as ask, pytest.raises(SourceError, match=code) as raised:
        ask(1, 5)
    assert type(raised.value) is error
    assert (len(upstream.requests) > 1) == (error is Outage)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("http_500", Outage),
        ("http_503", Outage),
        ("rate_limited", Outage),
        ("html_page", Outage),
        ("empty_body", Outage),
        ("cut_json", Outage),
        ("down", Outage),
    ],
)
def test_what_is_no_answer_is_an_outage_and_never_no_data(upstream, fault, error):
    upstream.fault(fault)
    with rows_of(upstream) as ask, pytest.raises(SourceError) as raised:
        ask(1, 5)
    assert type(raised.value) is error


def test_an_outage_that_passes_is_not_noticed(upstream):
    upstream.fault("xml_error", code="ERROR-500", times=2)
    with rows_of(upstream) as ask:
        assert len(ask(1, 5).rows) == 5
    assert len(upstream.requests) == 3


FINE = {"CODE": "INFO-000", "MESSAGE": "정상 처리되었습니다"}


def body(content):
    return json.dumps(content, ensure_ascii=False).encode()


def test_the_code_is_read_in_both_of_its_spellings():
    dotted = {"RESULT.CODE": "INFO-200", "RESULT.MESSAGE": "해당하는 데이터가 없습니다."}
    with pytest.raises(NoData, match="해당하는 데이터가 없습니다"):
        seoul_page(body({"RESULT": dotted}), SERVICE)
    flat = {"status": 500, "code": "ERROR-500", "message": "서버 오류"}
    with pytest.raises(Outage, match="서버 오류"):
        seoul_page(body(flat), SERVICE)


@pytest.mark.parametrize(
    "content",
    [
        [],
        "text",
        {"RESULT": FINE},
        {SERVICE: []},
        {SERVICE: {"RESULT": FINE}},
        {SERVICE: {"list_total_count": "5", "RESULT": FINE, "row": []}},
        {SERVICE: {"list_total_count": True, "RESULT": FINE, "row": [{}]}},
        {SERVICE: {"list_total_count": 1, "RESULT": FINE, "row": {}}},
        {SERVICE: {"list_total_count": 1, "RESULT": FINE, "row": [{}, {}]}},
        {SERVICE: {"list_total_count": 1, "row": [{}]}},
        {"CardSubwayTime": {"list_total_count": 1, "RESULT": FINE, "row": [{}]}},
    ],
)
def test_a_shape_that_was_not_agreed_is_refused(content):
    with pytest.raises(RequestRefused):
        seoul_page(body(content), SERVICE)


def test_zero_rows_are_no_data_and_no_page():
    with pytest.raises(NoData):
        seoul_page(body({SERVICE: {"list_total_count": 0, "RESULT": FINE, "row": []}}), SERVICE)


def test_an_error_of_the_host_is_seen_before_an_envelope_that_is_not_its_own():
    refuse_error(b'{"response": {"header": {"resultCode": "00"}}}')
    with pytest.raises(KeyRefused):
        refuse_error(b'{"RESULT": {"CODE": "INFO-100", "MESSAGE": ""}}')
    with pytest.raises(RequestRefused, match="ERROR-336"):
        refuse_error(b"\n<RESULT><CODE>ERROR-336</CODE><MESSAGE>1000</MESSAGE></RESULT>")
