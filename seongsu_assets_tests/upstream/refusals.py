"""How each provider says no: a bad key, a spent quota, too many calls, an error code of its own.
Nothing here decides when; and no successful answer."""

from seongsu_assets_tests.upstream import codes
from seongsu_assets_tests.upstream.wire import Reply, as_json, as_text, as_xml, element

#: What the newer gateway says in returnAuthMsg, as far as it was recorded.
_NEW_WORDS = {"30": "등록되지 않은 서비스키"}


def seoul(code: str) -> Reply:
    """The error envelope of openapi.seoul.go.kr: HTTP 200, and no service name at all."""
    return as_json({"RESULT": {"CODE": code, "MESSAGE": codes.SEOUL.get(code, code)}})


def seoul_xml(code: str) -> Reply:
    message = f"<![CDATA[{codes.SEOUL.get(code, code)}]]>"
    return as_xml(f"<RESULT><CODE>{code}</CODE><MESSAGE>{message}</MESSAGE></RESULT>")


def realtime(code: str) -> Reply:
    """The flat error of swopenapi.seoul.go.kr: HTTP 200, a status of 500 inside."""
    message = codes.SEOUL.get(code, code)
    shared = {"link": "", "developerMessage": "", "total": 0}
    return as_json({"status": 500, "code": code, "message": message, **shared})


def go_kr(code: str, message: str = "") -> Reply:
    """A refusal of the service behind data.go.kr: HTTP 200, a header and no body."""
    text = message or codes.GO_KR.get(code, code)
    return as_json({"response": {"header": {"resultCode": code, "resultMsg": text}}})


def gateway(code: str, form: str) -> Reply:
    """A refusal of the gateway before data.go.kr: XML whatever was asked for, in the `old` form
    (HTTP 200) or the `new` one (HTTP 403)."""
    words = codes.GO_KR.get(code, code)
    old = {"errMsg": "SERVICE ERROR", "returnAuthMsg": words}
    new = {"errMsg": words, "returnAuthMsg": _NEW_WORDS.get(code, words)}
    header = (new if form == "new" else old) | {"returnReasonCode": code}
    text = element("OpenAPI_ServiceResponse", {"cmmMsgHeader": header})
    return as_xml(text, 403 if form == "new" else 200)


def hub(status: int, message: str) -> Reply:
    """A refusal of apihub.kma.go.kr."""
    return as_json({"result": {"status": status, "message": message}}, status)


def open_meteo(reason: str, status: int = 400) -> Reply:
    return as_json({"error": True, "reason": reason}, status)


def code(provider: str, code: str) -> Reply:
    """The provider's own error envelope with this code or reason, in JSON."""
    says = {"seoul": seoul, "seoul_realtime": realtime, "data_go_kr": go_kr, "kma_hub": go_kr}
    return says.get(provider, open_meteo)(code)


def code_in_xml(provider: str, code: str) -> Reply:
    """The same as XML under HTTP 200."""
    return gateway(code, "old") if provider in ("data_go_kr", "kma_hub") else seoul_xml(code)


def bad_key(provider: str, form: str) -> Reply:
    if provider == "data_go_kr":
        return gateway("30", form)
    if provider == "kma_hub":
        return hub(401, "유효한 인증키가 아닙니다.")
    return code(provider, "INFO-100")


def quota(provider: str, form: str) -> Reply:
    if provider == "data_go_kr":
        return gateway("22", form)
    if provider == "kma_hub":
        return hub(403, "일일 호출 한도를 초과하였습니다.")
    if provider.startswith("open_meteo"):
        return too_many(provider, "Daily")
    return code(provider, "ERROR-337")


def too_many(provider: str, window: str) -> Reply:
    """HTTP 429; `window` is Minutely, Hourly or Daily."""
    again = {"Minutely": "in one minute", "Hourly": "in the next hour", "Daily": "tomorrow"}[window]
    if provider.startswith("open_meteo"):
        reason = f"{window} API request limit exceeded. Please try again {again}."
        return open_meteo(reason, 429)
    return as_text("API rate limit exceeded", 429)
