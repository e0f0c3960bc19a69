"""`seongsu doctor`: is this machine and configuration fit, and what to do if not.
The findings are made in `seongsu_assets.doctor`."""

import pandas as pd
import typer

from seongsu_assets.cli import app, show
from seongsu_assets.cli.arguments import AsJson


@app.command()
def doctor(json: AsJson = False) -> None:
    """Check configuration, ports, versions, disk and database; exit 1 when something must be mended."""
    from seongsu_assets.doctor import diagnose
    from seongsu_assets.settings import settings

    findings = diagnose(settings())
    if json:
        show.as_json([vars(finding) for finding in findings])
    else:
        rows = [
            {
                "": "ok" if f.ok else "!!",
                "what": f.name,
                "found": f.found,
                "do": "" if f.ok else f.remedy,
            }
            for f in findings
        ]
        show.frame_table("doctor", pd.DataFrame(rows))
    if not all(finding.ok or not finding.required for finding in findings):
        raise typer.Exit(1)
