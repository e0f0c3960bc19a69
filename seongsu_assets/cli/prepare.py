"""`seongsu prepare`: make servers of yours ready, before any part of the platform starts on them.
What the tables are is in the migrations."""

from seongsu_assets.cli import app, show
from seongsu_assets.cli.session import session
from seongsu_assets.settings import settings
from seongsu_assets.warehouse import databases
from seongsu_assets.warehouse.location import open_url


@app.command()
def prepare() -> None:
    """Make databases, tables, drop folders and Dagster's settings; what is there already stays.

    For containers, where each part starts by itself. `seongsu up` needs none of it."""
    known = settings()
    for given in (known.database_url, known.dagster_url, known.mlflow_url):
        if given:
            databases.ensure(given.get_secret_value())
    with session():
        if word := known.key("rest_password"):
            databases.open_to_rest(open_url(), word.get_secret_value())
    show.say("ready")
