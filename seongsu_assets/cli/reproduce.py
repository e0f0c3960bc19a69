"""`seongsu reproduce`: a forecast made again from what was recorded, and compared number by number.
How it is made is in `assets.reproducing`."""

from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from seongsu_assets.cli import app, show
from seongsu_assets.cli.arguments import AsJson
from seongsu_assets.errors import ModelError

Export = Annotated[
    Path | None, typer.Option("--export", help="also write record and snapshots to this folder")
]
From = Annotated[
    Path | None, typer.Option("--from", help="read an exported folder instead of the warehouse")
]


@app.command()
def reproduce(
    forecast_id: Annotated[str, typer.Argument(help="an issue, or the beginning of its id")],
    export: Export = None,
    source: From = None,
    json: AsJson = False,
) -> None:
    """Train the model of a forecast again from the recorded snapshot, forecast, and compare.

    Exit code 1 when a snapshot is missing or damaged, or a number differs by more than 1e-9."""
    from seongsu_assets.artefacts import Folder
    from seongsu_assets.assets import recorded, reproducing
    from seongsu_assets.snapshots import Store

    if source is None:
        record, store = _from_warehouse(forecast_id)
    else:
        record, store = recorded.load(source, forecast_id), Store(Folder(source / "snapshots"))
    for difference in reproducing.changed(record):
        show.say(difference, head="[yellow]note[/] ")
    findings = list(reproducing.reproduce(record, store))
    if json:
        show.as_json({"issue": record.issue_id, "tier": record.tier, "findings": findings})
    else:
        table = pd.DataFrame(
            [{"": "ok" if f.holds else "!!", "what": f.claim, "found": f.found} for f in findings]
        )
        title = f"forecast {record.issue_id} of {record.origin}, tier {record.tier}"
        show.frame_table(title, table, whole=("", "what"))
    wrong = [f"{finding.claim}: {finding.found}" for finding in findings if not finding.holds]
    if wrong:
        raise ModelError(f"{record.issue_id} was not reproduced: {'; '.join(wrong)}")
    if export is not None:
        show.say(f"wrote {recorded.write(record, store, export)}")


def _from_warehouse(start: str):  # noqa: ANN202 - the types are imported where they are used
    """The record, and the store of this home."""
    from seongsu_assets.artefacts import place
    from seongsu_assets.assets import recorded
    from seongsu_assets.cli.session import session
    from seongsu_assets.settings import settings
    from seongsu_assets.snapshots import Store
    from seongsu_assets.warehouse.location import open_url
    from seongsu_assets.warehouse.postgres import connect

    with session(), connect(open_url()) as conn:
        return recorded.read(conn, start), Store(place(settings().artefacts_of("snapshots")))
