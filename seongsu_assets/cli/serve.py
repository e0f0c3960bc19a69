"""`seongsu serve`: the HTTP API on this machine.
What it answers is in `api`."""

from typing import Annotated

import typer

from seongsu_assets.cli import app, show
from seongsu_assets.domains import DOMAINS
from seongsu_assets.errors import ServiceError
from seongsu_assets.ports import LOOPBACK, is_free
from seongsu_assets.settings import settings
from seongsu_assets.warehouse.location import open_url


@app.command()
def serve(
    port: Annotated[
        int | None, typer.Option(help="[default: SEONGSU_API_PORT]", min=1, max=65535)
    ] = None,
    host: Annotated[
        str | None,
        typer.Option(
            help="0.0.0.0 behind a proxy of yours that speaks TLS [default: SEONGSU_HOST]"
        ),
    ] = None,
) -> None:
    """Serve forecasts, what-ifs and models over HTTP. /docs tells how to ask.

    Reads are public; without SEONGSU_API_KEY_HASH nothing can be written."""
    import uvicorn

    from seongsu_assets.api.app import application, desk
    from seongsu_assets.api.guard import Guard

    known = settings()
    chosen, where = port or known.api_port, host or known.host
    if where == LOOPBACK and not is_free(chosen):
        raise ServiceError(
            f"port {chosen} is taken", remedy="choose another with --port or SEONGSU_API_PORT"
        )
    held = known.api_key_hash
    guard = Guard(held.get_secret_value().strip() if held else None)
    dagster = known.dagster_address.rstrip("/") or f"http://127.0.0.1:{known.dagster_port}"
    serving = application(desk(DOMAINS, open_url(), dagster, guard))
    writes = "with the key" if guard.key_hash else "off: `seongsu key` makes a key"
    show.say(f"http://{where}:{chosen}/docs; writes are {writes}; Ctrl-C stops")
    uvicorn.run(
        serving, host=where, port=chosen, log_level="warning", access_log=False,
        server_header=False, timeout_graceful_shutdown=5, limit_concurrency=1000,
    )  # fmt: skip
