"""What stands before the pages: their language and name in the first answer, and headers by which a
browser loads nothing from elsewhere. No page here: what is shown begins in app.py."""

import base64
import hashlib
import re
from importlib import import_module
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders, QueryParams
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager

from ui.strings import Words

FONTS = "/app/static/"
FONT = f"{FONTS}daily-seongsu-regular.woff2"
#: Seconds for which a browser keeps the fonts without asking again.
KEPT = 7 * 24 * 3600
SAFE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}
#: Streamlit writes its styles as it renders, and carries small fonts and pictures in its files.
POLICY = (
    "default-src 'self'; script-src 'self' {scripts}; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
#: The language may change without another answer: the blocks of the page know it.
FOLLOW = """<script>
new MutationObserver(() => {
  const block = document.querySelector("section[lang]"), page = document.documentElement
  if (block && block.lang !== page.lang) page.lang = block.lang
}).observe(document, {subtree: true, childList: true, attributeFilter: ["lang"]})
</script>"""
#: Below these is never a page.
FILES = ("/static/", "/media/", FONTS)
#: Not asked of a page: Streamlit would answer from its own file, in part or packed.
UNWANTED = {b"if-none-match", b"if-modified-since", b"range", b"accept-encoding"}


class Front:
    """Streamlit's own answers name themselves and are English, whatever the page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            send = _Answer(scope, send)
            if not scope["path"].startswith(FILES):
                kept = [pair for pair in scope["headers"] if pair[0] not in UNWANTED]
                scope = {**scope, "headers": kept}
        await self._app(scope, receive, send)


class _Answer:
    """Sends on what it is given with our headers; a page is held until it is whole."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope, self._send = scope, send
        self._page: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(SAFE)
            if self._scope["path"].startswith(FONTS):
                headers["cache-control"] = f"public, max-age={KEPT}"
            html = headers.get("content-type", "").startswith("text/html")
            if html and not self._scope["path"].startswith(FILES):
                self._page = message
                return
        elif self._page is not None:
            self._body += message.get("body", b"")
            if message.get("more_body", False):
                return
            message = {**message, "body": self._rewritten(self._page)}
            await self._send(self._page)
        await self._send(message)

    def _rewritten(self, start: Message) -> bytes:
        """The page in its language, and `start` with the headers that go with it."""
        asked = QueryParams(self._scope["query_string"]).get("lang")
        html = page(self._body.decode(), Words("en" if asked == "en" else "ko"))
        headers = MutableHeaders(scope=start)
        headers["content-security-policy"] = POLICY.format(scripts=" ".join(_hashes(html)))
        for stale in ("etag", "last-modified"):
            del headers[stale]
        body = html.encode()
        headers["content-length"] = str(len(body))
        return body


def page(html: str, t: Words) -> str:
    """Streamlit's page with its language, its name and the font that it will need."""
    html = html.replace('<html lang="en">', f'<html lang="{t.language}">')
    html = re.sub("<title>.*?</title>", f"<title>{t('app.name')}</title>{FOLLOW}", html)
    return re.sub(r'href="[^"]*/SourceSans[^"]*"', f'href=".{FONT}"', html)


def _hashes(html: str) -> list[str]:
    """What the policy calls the scripts that stand in the page itself."""
    scripts = re.findall("<script>(.*?)</script>", html, re.DOTALL)
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


# Else the first visit after a start waits until the modules of all pages are loaded.
for _page in sorted((Path(__file__).parent / "pages").glob("*/page.py")):
    import_module(f"ui.pages.{_page.parent.name}.page")
# Else the first visit after a start would run a file of the folder pages alone, without app.py.
PagesManager.uses_pages_directory = False
app = st.App("app.py", middleware=[Middleware(Front)])
