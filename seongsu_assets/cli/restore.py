"""`seongsu restore`: a platform from a backup alone, where nothing is held.
How it is done and verified is in `backup`."""

import time
from pathlib import Path
from typing import Annotated

import typer

from seongsu_assets import clock
from seongsu_assets.cli import app, show


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(help="a backup, as `seongsu backup` made it")],
) -> None:
    """Restore a backup into an empty SEONGSU_HOME, and an empty DATABASE_URL where there is one.

    Every table is verified by its rows and their hash, every file by its sha256."""
    from seongsu_assets.backup import holdings, manifest, restoring
    from seongsu_assets.warehouse import databases

    began = time.monotonic()
    manifest.load(folder.absolute())  # what is none begins no home
    held = holdings.here()
    for address in held.databases.values():
        databases.ensure(address)
    told = restoring.restore(folder.absolute(), held, clock.now())
    tables = [table for each in told.databases.values() for table in each.tables.values()]
    show.say(
        f"{len(tables)} tables of {sum(table.rows for table in tables):,} rows and "
        f"{len(told.files):,} files are equal to the backup of {told.made_at}, after "
        f"{time.monotonic() - began:.1f} s; `seongsu up` goes on from there"
    )
