"""The envelope of openapi.seoul.go.kr: a page of rows, or what its codes mean.
No record and no request here."""

import re
from typing import Any

from seongsu_assets.errors import KeyRefused, NoData, Outage, QuotaSpent, RequestRefused
from seongsu_assets.sources.answers import Doubtful, is_xml, json_of
from seongsu_assets.sources.pages import Page

#: Records of one call; more is ERROR-336.
PAGE_SIZE = 1_000

_SPOKEN = 300
_CODE = re.compile(r"<(?:RESULT\.)?CODE>\s*([^<\s]+)\s*<")
_MESSAGE = re.compile(r"<(?:RESULT\.)?MESSAGE>\s*(?:<!\[CDATA\[)?([^<\]]*)")


def seoul_page(body: bytes, service: str) -> Page:
    """The page of `service` in `body`. An error comes without the service's name, under HTTP 200,
    and sometimes in XML though JSON was asked.

    NoData, KeyRefused, QuotaSpent, Outage or RequestRefused by the code; Outage for what cannot
    be read."""
    if is_xml(body):
        raise_xml(body)
    document = json_of(body)
    if not isinstance(document, dict) or isinstance(document, Doubtful):
        raise RequestRefused("the answer is no JSON object", remedy="look at the stored answer")
    found = document.get(service, document)
    if not isinstance(found, dict) or isinstance(found, Doubtful):
        raise RequestRefused(f"{service} is no JSON object", remedy="look at the stored answer")
    raise_code(*result_of(found))
    rows, total = found.get("row"), found.get("list_total_count")
    if type(total) is not int or not isinstance(rows, list) or not 0 <= len(rows) <= total:
        raise RequestRefused(
            f"{service} answers without its rows; it has {', '.join(found)}"[:_SPOKEN],
            remedy="compare with the source's page: the shape has changed",
        )
    if total == 0:
        raise NoData(f"{service} has 0 rows")
    return Page(rows, total)


def refuse_error(body: bytes) -> None:
    """Raise what an error of the host says; nothing where `body` is something else. For services
    that answer in another's envelope."""
    if is_xml(body):
        raise_xml(body)
    document = json_of(body)
    if isinstance(document, dict) and "RESULT" in document:
        raise_code(*result_of(document))


def result_of(document: dict[str, Any]) -> tuple[str, str]:
    """Code and message of a JSON answer, in each of the spellings seen."""
    result = document.get("RESULT", document)
    if not isinstance(result, dict):
        return "", str(result)
    spelled = [
        (str(result[code]), str(result.get(message, "")))
        for code, message in (
            ("CODE", "MESSAGE"),
            ("RESULT.CODE", "RESULT.MESSAGE"),
            ("code", "message"),
        )
        if code in result
    ]
    return spelled[0] if spelled else ("", "no RESULT.CODE")


def raise_code(code: str, message: str) -> None:
    """Nothing for INFO-000; otherwise the error that the code stands for."""
    said = f"{code or 'no code'}: {message.strip()}"[:_SPOKEN]
    match code:
        case "INFO-000":
            return
        case "INFO-200":
            raise NoData(said)
        case "INFO-100":
            raise KeyRefused(said, remedy="check the key and that it is of the kind asked for")
        case "ERROR-337":  # not in the host's own list; other hosts of the same kind have it
            raise QuotaSpent(said, remedy="it is asked again after midnight")
        case "ERROR-500" | "ERROR-600":
            raise Outage(said)
        case _:
            raise RequestRefused(said, remedy="look the code up on the source's page")


def raise_xml(body: bytes) -> None:
    """The error that an XML answer to a JSON request speaks of; Outage when it speaks of none."""
    text = body.decode("utf-8", errors="replace")
    code, message = _CODE.search(text), _MESSAGE.search(text)
    if not code:
        raise Outage(f"markup instead of JSON: {text.strip()}"[:_SPOKEN])
    raise_code(code[1], message[1] if message else "")
    raise RequestRefused("XML though JSON was asked", remedy="check TYPE in the address")
