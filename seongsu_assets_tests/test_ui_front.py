"""What stands before the pages: language, name, font and headers of the first answer; the settings.
No browser: that one obeys the policy is in browser/."""

import asyncio
import base64
import hashlib
import re
import tomllib
from pathlib import Path

import httpx
import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from seongsu_assets import programs
from ui.front import FONT, Front, page
from ui.strings import TABLES, Words

STREAMLITS = (Path(streamlit.__file__).parent / "static" / "index.html").read_text()
LANGUAGES = ("ko", "en")


def answers(request) -> Response:
    """A page as Streamlit answers it: with the age of its file, and empty to who knows that."""
    if "if-none-match" in request.headers:
        return Response(status_code=304)
    return HTMLResponse(STREAMLITS, headers={"etag": "x", "last-modified": "then"})


APP = Starlette(
    middleware=[Middleware(GZipMiddleware)],
    routes=[
        Route("/_stcore/health", lambda _: JSONResponse("ok")),
        Route(FONT, lambda _: Response(b"", media_type="font/woff2")),
        Route("/media/page", lambda _: HTMLResponse(STREAMLITS)),
        Route("/{path:path}", answers),
    ],
)


def get(address: str, **headers: str) -> httpx.Response:
    """What a browser is answered."""

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(Front(APP))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get(address, headers=headers)

    return asyncio.run(asked())


@pytest.mark.parametrize("language", LANGUAGES)
def test_streamlits_own_page_is_told_its_language_its_name_and_its_font(language):
    html = page(STREAMLITS, Words(language))
    assert re.findall("<html lang=.*>", html) == [f'<html lang="{language}">']
    assert re.findall("<title>.*</title>", html) == [
        f"<title>{TABLES[language]['app.name']}</title>"
    ]
    assert re.findall(r'rel="preload"\s+href="(.*?)"', html) == [f".{FONT}"]
    assert (programs.ROOT / "ui" / "static" / Path(FONT).name).is_file()


@pytest.mark.parametrize(
    ("address", "language"),
    [("/", "ko"), ("/?lang=en", "en"), ("/when?lang=xx", "ko"), ("/_stcore/x", "ko")],
)
def test_the_language_is_that_of_the_address_and_korean_otherwise(address, language):
    answer = get(address, **{"if-none-match": "x"})
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert not {"etag", "last-modified"} & set(answer.headers)


def test_the_policy_names_every_script_of_the_page_and_lets_nothing_else_run():
    answer = get("/")
    policy = dict(
        part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";")
    )
    digests = [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in re.findall("<script>(.*?)</script>", answer.text, re.DOTALL)
    ]
    assert len(digests) == 2
    assert policy["script-src"] == " ".join(["'self'", *(f"'sha256-{each}'" for each in digests)])
    assert policy["default-src"] == "'self'"
    assert not re.search(r"https?:|\*|unsafe-eval", answer.headers["content-security-policy"])


@pytest.mark.parametrize("address", ["/", "/_stcore/health", FONT])
def test_every_answer_wears_the_headers_of_a_public_page(address):
    headers = get(address).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert ("max-age=604800" in headers.get("cache-control", "")) is (address == FONT)


def test_what_is_no_page_is_left_as_it_is():
    assert get("/_stcore/health").json() == "ok"
    assert get("/media/page").text == STREAMLITS


def test_the_settings_are_those_of_a_public_page():
    settings = tomllib.loads((programs.ROOT / ".streamlit" / "config.toml").read_text())
    server, client = settings["server"], settings["client"]
    assert server["address"] == "127.0.0.1"
    assert server["allowedHosts"] == ["localhost", "127.0.0.1", "::1"]
    assert (server["enableCORS"], server["enableXsrfProtection"]) == (True, True)
    assert server["enableAgentApi"] is False
    assert max(server["maxUploadSize"], server["maxMessageSize"]) <= 5
    assert (client["showErrorDetails"], client["showErrorLinks"]) == ("none", False)
    assert settings["browser"]["gatherUsageStats"] is False
