"""`seongsu status`: what each domain stands on, what is refused, and how right it was.
Only the published views and the warehouse's own counts are read."""

from datetime import timedelta

import pandas as pd

from seongsu_assets import clock
from seongsu_assets.cli import app, show
from seongsu_assets.cli.arguments import AsJson
from seongsu_assets.domains import DOMAINS
from seongsu_assets.sensors import wants
from seongsu_assets.warehouse import published
from seongsu_assets.warehouse.location import open_url
from seongsu_assets.warehouse.postgres import connect


@app.command()
def status(json: AsJson = False) -> None:
    """What is late, missing or refused, and the age of the data behind each forecast."""
    with connect(open_url()) as conn:
        rows = published.data_status(conn)
        waiting = {name: wants(conn, DOMAINS[name]) for name in rows.domain if name in DOMAINS}
        right = {name: published.accuracy(conn, name, DOMAINS[name].total) for name in waiting}
    now = pd.Timestamp(clock.now())
    rows["data_age_hours"] = (now - rows.data_at - timedelta(hours=1)).dt.total_seconds() / 3600
    rows["missing"] = [
        "; ".join(f"{stage} {w.first}..{w.last}" for stage, w in waiting.get(name, []))
        for name in rows.domain
    ]
    if json:
        show.as_json(rows)
        return
    if rows.empty:
        show.console.print("nothing was loaded yet: `seongsu run seongsu`")
        return
    show.sample_banner(bool(rows["sample"].any()))
    show.frame_table("domains", rows.T.reset_index().rename(columns={"index": ""}))
    for name, table in right.items():
        if not table.empty:
            show.frame_table(f"{name}: how right, by horizon", table.round(3))
