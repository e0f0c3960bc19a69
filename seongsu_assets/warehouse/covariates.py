"""Covariates: one row a day of what is known ahead, such as the calendar.
Nothing is computed here."""

import json
from datetime import datetime

import pandas as pd

from seongsu_assets.warehouse.postgres import Connection, frame, lock, stage


def replace(conn: Connection, dataset: str, name: str, table: pd.DataFrame, now: datetime) -> int:
    """Bring the covariate's days to `table` (business_date and attributes); how many days changed."""
    attributes = [
        json.dumps(row, sort_keys=True, ensure_ascii=False, default=str)
        for row in table.drop(columns="business_date").to_dict("records")
    ]
    rows = pd.DataFrame(
        {"business_date": list(table.business_date.dt.date), "attributes": attributes}
    )
    with conn.transaction():
        lock(conn, dataset, name)
        stage(conn, "warehouse.covariate", rows)
        return conn.execute(
            """insert into warehouse.covariate as held
               select %s, %s, business_date, attributes, %s from staged
               on conflict (dataset, name, business_date) do update
               set attributes = excluded.attributes, recorded_at = excluded.recorded_at
               where held.attributes <> excluded.attributes""",
            (dataset, name, now),
        ).rowcount


def read(conn: Connection, dataset: str, name: str) -> pd.DataFrame:
    """`business_date` and the covariate's columns, ordered; empty when it was never built."""
    table = frame(
        conn,
        """select business_date, attributes from warehouse.covariate
           where dataset = %s and name = %s order by business_date""",
        (dataset, name),
    )
    columns = pd.DataFrame(list(table.attributes))
    return pd.concat([table[["business_date"]], columns], axis=1)


def version(conn: Connection, dataset: str, name: str) -> str:
    """A hash of the whole covariate."""
    row = conn.execute(
        """select md5(coalesce(string_agg(business_date || attributes::text, ',' order by business_date), ''))
           from warehouse.covariate where dataset = %s and name = %s""",
        (dataset, name),
    ).fetchone()
    return str(row[0]) if row else ""
