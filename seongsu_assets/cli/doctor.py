"""`seongsu doctor`: is this machine and configuration fit, and what to do if not.
The findings are made in `seongsu_assets.doctor`."""

import pandas as pd
import typer

from seongsu_assets.cli import app, show
from seongsu_assets.cli.arguments import AsJson


@app.command()
def doctor(json: AsJson = False) -> None:
    """Check configuration, ports, versions, disk and database.

    Exit code 1 when something must be mended."""
    from seongsu_assets.doctor import diagnose
    from seongsu_assets.settings import settings

    findings = diagnose(settings())
    if json:
        show.as_json([vars(finding) for finding in findings])
    else:
        rows = [
            {
                "": "ok" if f.ok else "!!" if f.required else "!",
                "what": f.name,
                "found": f.found,
                "do": f.remedy,
            }
            for f in findings
        ]
        table = pd.DataFrame(rows)
        shown = table if table["do"].any() else table.drop(columns="do")
        show.frame_table("doctor", shown, whole=("", "what"))
    if not all(finding.ok or not finding.required for finding in findings):
        raise typer.Exit(1)
