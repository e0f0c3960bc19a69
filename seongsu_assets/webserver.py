"""`python -m seongsu_assets.webserver ...`: Dagster's pages, which only they themselves may ask.
What they show is Dagster's own.

Dagster's webserver knows no user and starts runs for whoever reaches it, by a plain link too: any
site that is read on this machine would reach it through its reader's browser."""

from http import HTTPStatus
from urllib.parse import urlsplit

from dagster_webserver.cli import main
from dagster_webserver.webserver import DagsterWebserver
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from seongsu_assets.settings import settings

_OWN_SITE = frozenset({"same-origin", "none"})
_REFUSED = "asked by a page of another site"


class OwnPages:
    """Refuses what a browser asks for another site; a link to a page may be followed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or not _foreign(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose(reason=_REFUSED)(scope, receive, send)
        else:
            refused = PlainTextResponse(_REFUSED, status_code=HTTPStatus.FORBIDDEN)
            await refused(scope, receive, send)


def _foreign(scope: Scope) -> bool:
    """Whether another site asks. A program that is no browser says nothing of sites."""
    told = Headers(scope=scope)
    link = scope.get("method") == "GET" and told.get("sec-fetch-mode") == "navigate"
    origin = told.get("origin")
    if origin and urlsplit(origin).netloc != told.get("host"):
        return True
    return told.get("sec-fetch-site", "none") not in _OWN_SITE and not link


def guard() -> None:
    """Let every webserver of this process stand behind `OwnPages`, under its known names only."""
    plain = DagsterWebserver.build_middleware
    told = (settings().pages, settings().dagster_address)
    named = [name for each in told if (name := urlsplit(each).hostname)]
    hosts = ["localhost", "127.0.0.1", *named]

    def guarded(self: DagsterWebserver) -> list[Middleware]:
        own = [Middleware(TrustedHostMiddleware, allowed_hosts=hosts), Middleware(OwnPages)]
        return [*own, *plain(self)]

    DagsterWebserver.build_middleware = guarded


if __name__ == "__main__":
    guard()
    main()
