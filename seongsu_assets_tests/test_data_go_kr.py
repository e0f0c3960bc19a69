"""The envelope of data.go.kr and of KMA's hub, on the bodies that were recorded.
What an item says is tested with its source."""

import json

import pytest

from seongsu_assets.errors import (
    KeyRefused,
    NoData,
    Outage,
    QuotaSpent,
    RequestRefused,
)
from seongsu_assets.sources.data_go_kr import go_kr_page

OLD_GATEWAY = """<OpenAPI_ServiceResponse>
<cmmMsgHeader>
<errMsg>SERVICE ERROR</errMsg>
<returnAuthMsg>SERVICE_KEY_IS_NOT_REGISTERED_ERROR</returnAuthMsg>
<returnReasonCode>{code}</returnReasonCode>
</cmmMsgHeader>
</OpenAPI_ServiceResponse>"""
NEW_GATEWAY = """<?xml version="1.0" encoding="UTF-8"?>
<OpenAPI_ServiceResponse>
<cmmMsgHeader>
  <errMsg>SERVICE_KEY_IS_NOT_REGISTERED_ERROR</errMsg>
  <returnAuthMsg>등록되지 않은 서비스키</returnAuthMsg>
  <returnReasonCode>30</returnReasonCode>
</cmmMsgHeader>
</OpenAPI_ServiceResponse>
"""
MEANINGS = {
    **dict.fromkeys(("01", "02", "04", "05", "99"), Outage),
    **dict.fromkeys(("20", "21", "30", "31", "32", "33"), KeyRefused),
    **dict.fromkeys(("10", "11", "12", "77"), RequestRefused),
    "03": NoData,
    "22": QuotaSpent,
}


def header(code, message="NORMAL_SERVICE"):
    return {"resultCode": code, "resultMsg": message}


def page(items, total, **more):
    body = {"dataType": "JSON", "items": items, "pageNo": 1, "numOfRows": 1000, "totalCount": total}
    return json.dumps({"response": {"header": header("00"), "body": body | more}}).encode()


def refusal(code, message="SAID"):
    return json.dumps({"response": {"header": header(code, message)}}).encode()


def test_items_and_their_total_are_read():
    found = go_kr_page(page({"item": [{"a": "1"}, {"a": "2"}]}, 2))
    assert (found.rows, found.total) == ([{"a": "1"}, {"a": "2"}], 2)


def test_a_single_item_comes_without_a_list():
    assert go_kr_page(page({"item": {"a": "1"}}, 1)).rows == [{"a": "1"}]


@pytest.mark.parametrize("items", ["", None, {"item": ""}, {"item": []}])
def test_no_items_are_spelled_in_several_ways_and_are_an_empty_page(items):
    found = go_kr_page(page(items, 0))
    assert (found.rows, found.total) == ([], 0)


def test_the_envelope_may_be_wrapped_once_more_under_its_services_name():
    inner = json.loads(page({"item": [1]}, 1))
    assert go_kr_page(json.dumps({"getStnPsgr": inner}).encode()).rows == [1]


def test_a_total_may_be_sent_as_text():
    assert go_kr_page(page({"item": [1]}, "1")).total == 1


@pytest.mark.parametrize("code", MEANINGS)
def test_each_code_means_what_the_portal_says(code):
    with pytest.raises(MEANINGS[code]) as caught:
        go_kr_page(refusal(code))
    assert type(caught.value) is MEANINGS[code]
    assert f"{code}: SAID" in str(caught.value)


@pytest.mark.parametrize("code", MEANINGS)
def test_the_gateway_says_it_in_xml_under_http_200(code):
    body = OLD_GATEWAY.replace("SERVICE_KEY_IS_NOT_REGISTERED_ERROR", "SAID").format(code=code)
    with pytest.raises(MEANINGS[code]):
        go_kr_page(body.encode())


def test_a_bad_key_is_one_in_both_shapes_of_the_gateway():
    for body, status in ((OLD_GATEWAY.format(code=30), 200), (NEW_GATEWAY, 403)):
        with pytest.raises(KeyRefused, match=r"code 30: .* decoded form"):
            go_kr_page(body.encode(), status)


def test_the_newer_gateway_is_read_by_its_code_and_not_by_its_status():
    with pytest.raises(QuotaSpent):
        go_kr_page(OLD_GATEWAY.format(code=22).replace("KEY", "").encode(), 403)
    with pytest.raises(Outage):
        go_kr_page(OLD_GATEWAY.format(code="04").replace("KEY", "").encode(), 403)


def test_an_unknown_error_that_speaks_of_the_key_is_a_bad_key():
    body = b"<response><header><resultCode>99</resultCode>"
    body += b"<resultMsg>SERVICE KEY IS NOT REGISTERED ERROR.</resultMsg></header></response>"
    with pytest.raises(KeyRefused):
        go_kr_page(body)


@pytest.mark.parametrize(
    ("body", "status", "meaning"),
    [
        (b"Unexpected errors", 500, Outage),
        (b"API rate limit exceeded", 429, Outage),
        (b"Unauthorized", 401, KeyRefused),
        (b"Forbidden", 403, KeyRefused),
        (b"API not found", 404, RequestRefused),
        (b"", 200, Outage),
        (b"<html><body>login</body></html>", 200, Outage),
        (page({"item": [1]}, 1)[:-30], 200, Outage),
        (page({"item": [1]}, 1), 503, Outage),
    ],
)
def test_what_is_no_envelope_is_judged_by_its_status(body, status, meaning):
    with pytest.raises(meaning) as caught:
        go_kr_page(body, status)
    assert type(caught.value) is meaning


@pytest.mark.parametrize(
    ("status", "message", "meaning"),
    [
        (401, "유효한 인증키가 아닙니다.", KeyRefused),
        (403, "활용신청이 필요한 API 입니다. 활용신청 후 다시 시도해 주십시오.", KeyRefused),
        (403, "허용되지 않은 API 입니다.", KeyRefused),
        (403, "일일 호출 한도를 초과하였습니다.", QuotaSpent),
    ],
)
def test_the_hub_refuses_in_a_result_of_its_own(status, message, meaning):
    body = json.dumps({"result": {"status": status, "message": message}}).encode()
    for http in (status, 200):  # a stored answer has no status any more
        with pytest.raises(meaning, match=message):
            go_kr_page(body, http)


def test_data_in_xml_though_json_was_asked_for_is_refused():
    with pytest.raises(RequestRefused, match="XML"):
        go_kr_page(b"<response><header><resultCode>00</resultCode></header></response>")


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"1",
        b"{}",
        b'{"response": []}',
        b'{"response": {"header": {}}}',
        b'{"response": {"header": {"resultCode": "00"}}}',
        page([1], 1),
        page({"item": [1]}, -1),
        page({"item": [1]}, None),
        page({"item": [1]}, True),
        b'{"response": {"header": {"resultCode": "03", "resultCode": "00"}, "body": {}}}',
    ],
)
def test_a_shape_that_was_not_agreed_is_refused_and_never_an_empty_page(body):
    with pytest.raises(RequestRefused):
        go_kr_page(body)


def test_the_recorded_refusals_mean_what_they_meant(shared_data):
    folder = shared_data / "seoul" / "api_fixtures" / "transcribed"
    recorded = {
        "datagokr_gateway_error30_new_http403.xml": KeyRefused,
        "datagokr_gateway_error30_old_http200.xml": KeyRefused,
        "kma_apihub_bad_key_http401.json": KeyRefused,
        "kma_apihub_not_allowed_http403.json": KeyRefused,
        "kma_apihub_not_applied_http403.json": KeyRefused,
        "kma_no_data_http200.json": NoData,
        "kma_too_old_http200.json": RequestRefused,
    }
    for name, meaning in recorded.items():
        with pytest.raises(meaning):
            go_kr_page((folder / name).read_bytes(), int(name.partition("http")[2][:3]))
