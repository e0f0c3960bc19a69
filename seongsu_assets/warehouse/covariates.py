"""Covariates: one row a day of what is known ahead, such as the calendar.
Nothing is computed here."""

import json
from datetime import datetime

import pandas as pd

from seongsu_assets.errors import NotEnoughHistory
from seongsu_assets.warehouse.postgres import Connection, frame, lock, stage


def replace(conn: Connection, domain: str, name: str, table: pd.DataFrame, now: datetime) -> int:
    """Bring the covariate's days to `table` (business_date and attributes). How many changed."""
    attributes = [
        json.dumps(row, sort_keys=True, ensure_ascii=False, default=str)
        for row in table.drop(columns="business_date").to_dict("records")
    ]
    rows = pd.DataFrame(
        {"business_date": list(table.business_date.dt.date), "attributes": attributes}
    )
    with conn.transaction():
        lock(conn, domain, name)
        stage(conn, "warehouse.covariate", rows)
        return conn.execute(
            """insert into warehouse.covariate as held
               select %s, %s, business_date, attributes, %s from staged
               on conflict (domain, name, business_date) do update
               set (attributes, recorded_at, step)
                 = (excluded.attributes, excluded.recorded_at, excluded.step)
               where held.attributes <> excluded.attributes""",
            (domain, name, now),
        ).rowcount


def read(conn: Connection, domain: str, name: str) -> pd.DataFrame:
    """`business_date` and the covariate's columns, ordered.

    Raises NotEnoughHistory when it was never built."""
    table = held(conn, domain, name)
    if table is None:
        raise NotEnoughHistory(
            f"{domain} has no {name} yet",
            remedy=f"materialise {domain}/{name}, or `seongsu run {domain}`",
        )
    return table


def held(conn: Connection, domain: str, name: str) -> pd.DataFrame | None:
    """As `read`, or None when it was never built."""
    table = frame(
        conn,
        """select business_date, attributes from warehouse.covariate
           where domain = %s and name = %s order by business_date""",
        (domain, name),
    )
    if table.empty:
        return None
    columns = pd.DataFrame(list(table.attributes))
    return pd.concat([table[["business_date"]], columns], axis=1)


def version(conn: Connection, domain: str, name: str) -> str:
    """A hash of the whole covariate."""
    row = conn.execute(
        """select md5(coalesce(
               string_agg(business_date || attributes::text, ',' order by business_date), ''))
           from warehouse.covariate where domain = %s and name = %s""",
        (domain, name),
    ).fetchone()
    return str(row[0]) if row else ""
