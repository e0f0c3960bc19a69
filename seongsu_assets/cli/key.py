"""`seongsu key`: a new key for the writes of the API.
It is shown once and kept nowhere."""

import secrets

import typer

from seongsu_assets.cli import app, show

#: Random, so that its plain SHA-256 gives nothing away.
BYTES = 32


@app.command()
def key() -> None:
    """Make a key for the writes of the API and the operator's page, and its hash for the API."""
    from seongsu_assets.api.guard import hashed

    made = secrets.token_urlsafe(BYTES)
    typer.echo(f"SEONGSU_API_KEY_HASH={hashed(made)}")
    show.say(f"the line above belongs into .env; the key itself is shown once: {made}")
    show.say(
        "an operator signs in with it in the app; who writes sends `Authorization: Bearer KEY`"
    )
