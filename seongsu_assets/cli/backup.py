"""`seongsu backup`: everything that the platform holds, as one folder.
What goes into it is in `backup`."""

import time
from pathlib import Path
from typing import Annotated

import typer

from seongsu_assets import clock
from seongsu_assets.cli import app, show
from seongsu_assets.errors import BackupError


@app.command()
def backup(
    folder: Annotated[Path, typer.Argument(help="where it shall be; must not be there yet")],
) -> None:
    """Back up databases, snapshots, MLflow's files and what waits to be read. Nothing need stop.

    It holds the bytes that arrived and is for nobody else's eyes; keys and `.env` are not in it.
    Exit code 1 when snapshots that the warehouse names were lost before; the rest is kept."""
    from seongsu_assets.backup import holdings, writing
    from seongsu_assets.warehouse.location import open_url

    began = time.monotonic()
    open_url()
    told = writing.write(folder.absolute(), holdings.here(), clock.now())
    rows = sum(table.rows for each in told.databases.values() for table in each.tables.values())
    size = sum(file.bytes for file in told.files.values())
    show.say(
        f"{rows:,} rows and {len(told.files):,} files, {size / 1e6:,.1f} MB, are in {folder} "
        f"after {time.monotonic() - began:.1f} s; keep it where nobody else reads"
    )
    if told.missing:
        raise BackupError(
            f"{len(told.missing)} snapshots that the warehouse names were lost before, such as "
            f"{told.missing[0]}; all else is in {folder}",
            remedy="look for them in an earlier backup",
        )
