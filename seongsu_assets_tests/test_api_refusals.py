"""What the API refuses: five hundred wrong requests, each a problem that names the field.
Who may write is in `test_api_writes`."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

import httpx

from seongsu_assets.api.front import LARGEST_BODY, LONGEST_QUERY
from seongsu_assets.api.problems import MEDIA_TYPE, ProblemDetails
from seongsu_assets_tests import api_world
from seongsu_assets_tests.api_world import KEY, Api
from seongsu_assets_tests.built import LAST

api = api_world.api
GOOD = {"domain": "seongsu"}
DAY = str(LAST + timedelta(days=2))
NAMES = ("", " ", "x", "SEONGSU", "seongsu ", "성수", "null", "seongsu'--", "x" * 65, "\0", "../x",
         "%00", "seongsu,seongsu", "[]", "😀")  # fmt: skip
DAYS = ("", "today", "2025-13-01", "2025-02-30", "20250616", "1750000000", "2025-6-16",
        "2025-06-16T00:00:00", "2025-06-16 ", "NaN", "-1", "٢٠٢٥-٠٦-١٦", "0000-00-00",
        "99999-01-01", "1000-01-01", "9999-12-31", "2025/06/16", "null")  # fmt: skip
NUMBERS = ("", "x", "-1", "1.5", "1e3", "NaN", "inf", "-inf", "9" * 40, "0x1", "١", "null", "true",
           "1,2", "[1]")  # fmt: skip
#: Route -> its parameters besides the domain, and what each cannot be.
READS: dict[str, dict[str, tuple[str, ...]]] = {
    "/forecast": {"series": NAMES, "from": DAYS, "to": DAYS},
    "/forecast/when": {
        "series": NAMES, "from": DAYS, "to": DAYS, "hours": (*NUMBERS, "0", "19"),
        "earliest": (*NUMBERS, "29"), "latest": (*NUMBERS, "29"),
    },
    "/accuracy": {"series": NAMES, "days": (*NUMBERS, "0", "367")},
    "/evaluate": {},
    "/drift": {"limit": (*NUMBERS, "0", "367")},
    "/models": {"limit": (*NUMBERS, "0", "501"), "before": (*NUMBERS, "0")},
}  # fmt: skip
BARE = ("/status", "/health", "/ready", "/metrics", "/docs", "/openapi.json")
UNKNOWN = ("limits", "Domain", "series[]", "select", "승차")
WRONG_TEXTS: tuple[Any, ...] = (None, 1, True, [], {}, "", "x" * 600, ["seongsu"])
WRONG_NUMBERS: tuple[Any, ...] = ("", "x", [], {}, "NaN", -1e9, 1e9, "Infinity")


@dataclass(frozen=True)
class Wrong:
    """A request, and a field of which one must be named."""

    method: str
    path: str
    fields: frozenset[str]
    body: bytes | None = None
    kind: str = "application/json"


def reads() -> Iterator[Wrong]:
    for path, parameters in READS.items():
        for value in NAMES:
            yield _read(path, "domain", {"domain": value})
        yield _read(path, "domain", {})
        for name, values in parameters.items():
            for value in values:
                yield _read(path, name, {**GOOD, name: value})
            yield Wrong("GET", f"{path}?domain=seongsu&{name}=1&{name}=1", frozenset({name}))
        for name in UNKNOWN:
            yield _read(path, name, {**GOOD, name: "1"})
        yield Wrong("GET", f"{path}?domain=seongsu&domain=seongsu", frozenset({"domain"}))
        yield Wrong("GET", f"{path}?domain={'x' * LONGEST_QUERY}", frozenset({"query"}))
    for path in BARE:
        for name in UNKNOWN:
            yield _read(path, name, {name: "1"})


def _read(path: str, field: str, query: dict[str, str]) -> Wrong:
    return Wrong("GET", f"{path}?{urlencode(query, quote_via=quote)}", frozenset({field}))


def bodies() -> Iterator[Wrong]:
    day: dict[str, Any] = {"date": DAY}
    for value in WRONG_TEXTS:
        yield _sent("/predict", "domain", {"domain": value, "days": [day]})
        yield _sent("/predict", "days.0.date", {**GOOD, "days": [{"date": value}]})
        if value is not None:
            yield _sent("/predict", "series", {**GOOD, "days": [day], "series": value})
            yield _sent("/predict", "days.0.event", {**GOOD, "days": [{**day, "event": value}]})
        for path in ("/train", "/promote"):
            good = {**GOOD, "reason": "a test"} | ({"model_id": "x"} if path == "/promote" else {})
            for name in good:
                if name == "reason" and value == ["seongsu"]:
                    continue
                yield _sent(path, name, {**good, name: value})
    for name in UNKNOWN:
        yield _sent("/predict", name, {**GOOD, "days": [day], name: 1})
        yield _sent("/predict", f"days.0.{name}", {**GOOD, "days": [{**day, name: 1}]})
        yield _sent("/train", name, {**GOOD, "reason": "a test", name: 1})
    for value in ("a\nb", "\0", "   ", "\t"):
        yield _sent("/train", "reason", {**GOOD, "reason": value})
    yield from _days()


def _days() -> Iterator[Wrong]:
    day: dict[str, Any] = {"date": DAY}
    for value in WRONG_NUMBERS:
        for name in ("temperature", "precipitation", "snowfall"):
            days = [{**day, "weather": {name: value}}]
            yield _sent("/predict", f"days.0.weather.{name}", {**GOOD, "days": days})
    for days in ([], [day] * 8, "x", {}, None, [[]], ["x"], [None]):
        yield Wrong(
            "POST", "/predict", frozenset({"days", "days.0"}), _json({**GOOD, "days": days})
        )
    for value in DAYS:
        yield _sent("/predict", "days.0.date", {**GOOD, "days": [{"date": value}]})


def _sent(path: str, field: str, body: Any) -> Wrong:
    return Wrong("POST", path, frozenset({field}), _json(body))


def _json(body: Any) -> bytes:
    return json.dumps(body).encode()


def torn() -> Iterator[Wrong]:
    """Bodies that are no JSON, or none that a writer of ours makes."""
    good = '{"domain": "seongsu", "days": [{"date": "%s", "weather": {"temperature": %s}}]}'
    field = frozenset({"days.0.weather.temperature"})
    for number in ("NaN", "Infinity", "-Infinity", "1e999"):
        yield Wrong("POST", "/predict", field, (good % (DAY, number)).encode())
    for body in (b"", b"{", b"null", b"[]", b'"x"', b"\xff\xfe", b"[" * 9000, b"{}x", b"1" * 5000):
        for path in ("/predict", "/train", "/promote"):
            yield Wrong("POST", path, frozenset({"body"}), body)
    for path in ("/predict", "/train", "/promote"):
        large = b'{"domain":"' + b"x" * LARGEST_BODY + b'"}'
        yield Wrong("POST", path, frozenset({"body"}), large)
        for kind in ("text/plain", "application/x-www-form-urlencoded", "application/xml"):
            yield Wrong("POST", path, frozenset({"body"}), b"domain=seongsu", kind)
        yield Wrong("POST", f"{path}?domain=seongsu", frozenset({"domain"}), b"{}")


def elsewhere() -> Iterator[Wrong]:
    """Paths that there are not, and methods that a path has not."""
    for path in ("/", "/forecasts", "/forecast/", "/../etc/passwd", "/%2e%2e", "/성수", "/graphql"):
        yield Wrong("GET", path, frozenset({"path"}))
    for path in (*READS, *BARE):
        for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
            yield Wrong(method, path, frozenset({"method"}))
    for path in ("/predict", "/train", "/promote"):
        for method in ("GET", "PUT", "DELETE"):
            yield Wrong(method, path, frozenset({"method"}))


def ask(http: httpx.Client, wrong: Wrong) -> httpx.Response:
    headers = {"Authorization": f"Bearer {KEY}"}
    if wrong.body is not None:
        headers["Content-Type"] = wrong.kind
    return http.request(wrong.method, wrong.path, content=wrong.body, headers=headers)


def test_each_of_five_hundred_wrong_requests_is_a_problem_that_names_the_field(api: Api) -> None:
    asked = [*reads(), *bodies(), *torn(), *elsewhere()]
    assert len(asked) >= 500
    failed: list[str] = []
    for wrong in asked:
        answer = ask(api.http, wrong)
        told = f"{wrong.method} {wrong.path[:90]} {(wrong.body or b'')[:90]!r}: {answer.text[:300]}"
        if not 400 <= answer.status_code < 500 or answer.headers["content-type"] != MEDIA_TYPE:
            failed.append(f"{answer.status_code} {told}")
            continue
        problem = ProblemDetails.model_validate(answer.json())
        named = {each.field for each in problem.errors}
        if not wrong.fields & named or not problem.remedy or problem.status != answer.status_code:
            failed.append(f"{sorted(wrong.fields)} {told}")
    assert not failed, f"{len(failed)} of {len(asked)}:\n" + "\n".join(failed[:15])


def test_a_problem_tells_nothing_of_the_inside(api: Api) -> None:
    told = "".join(ask(api.http, wrong).text for wrong in [*bodies(), *torn()])
    for secret in ("Traceback", "postgresql", "warehouse.", "select ", "/seongsu_assets", "psycopg",
                   KEY):  # fmt: skip
        assert secret not in told


def test_a_body_without_end_is_refused_before_it_is_read(api: Api) -> None:
    """Chunks, whose length nobody tells beforehand."""
    sent = 0

    def chunks() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(LARGEST_BODY):
            sent += 1024
            yield b" " * 1024

    try:
        answer = api.http.post(
            "/predict", content=chunks(), headers={"Content-Type": "application/json"}
        )
    except (httpx.WriteError, httpx.RemoteProtocolError):
        return  # the server hung up
    assert answer.status_code == 413
    assert answer.json()["errors"][0]["field"] == "body"
