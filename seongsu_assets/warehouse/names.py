"""What sources call the series of a data set, as it was said last.
How a page shows a name is not decided here."""

from collections.abc import Mapping
from datetime import datetime

from seongsu_assets.warehouse.postgres import Connection

#: Longer is no name.
LONGEST = 120


def keep(conn: Connection, dataset: str, named: Mapping[str, str], now: datetime) -> None:
    """Keep the names of series that were not called so before; of each the newest counts. One that
    is no name, as it is empty, too long or cannot be printed, is left out."""
    told = {series: name.strip() for series, name in named.items()}
    rows = [
        (dataset, series, name, now)
        for series, name in sorted(told.items())
        if 0 < len(name) <= LONGEST and name.isprintable()
    ]
    if not rows:
        return
    with conn.transaction(), conn.cursor() as cursor:
        cursor.executemany(
            """insert into warehouse.series_name values (%s, %s, %s, %s)
               on conflict (dataset, series) do update set name = excluded.name,
                   told_at = excluded.told_at
               where series_name.name <> excluded.name
                     and series_name.told_at <= excluded.told_at""",
            rows,
        )
