"""The feature table: what was known at the end of each origin about the days after it.
No feature is computed here."""

import hashlib
import io
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from seongsu_assets.domain import Plan, Window
from seongsu_assets.warehouse.frames import by_day
from seongsu_assets.warehouse.postgres import Connection, lock

KEYS = ["origin", "series", "business_date", "hour", "horizon"]
#: Origins whose features come from the server in one piece.
AT_ONCE = 20


def step(conn: Connection, dataset: str, covariates: Sequence[str]) -> int:
    """The step of what can be read from now on: later than all that is committed, earlier than all
    that is not. To be taken before the observations and covariates are read."""
    with conn.transaction():
        lock(conn, dataset, "observations")
        for name in covariates:
            lock(conn, dataset.partition("@")[0], name)
        row = conn.execute("select nextval('warehouse.step')").fetchone()
    assert row is not None
    return int(row[0])


def replace(
    conn: Connection,
    dataset: str,
    table: pd.DataFrame,
    names: Sequence[str],
    seen: int,
    now: datetime,
) -> dict[date, str]:
    """Keep the origins of `table` (KEYS and `names`), writing only those whose content changed.

    `seen` is the step of what they were built from; an origin that another process built from
    something newer stays.
    Origin -> content hash, for every origin in the table."""
    days = dict(by_day(table, "origin"))
    shas = {origin: content(day, names) for origin, day in days.items()}
    with conn.transaction():
        lock(conn, dataset, "features")
        query = """select origin, content_sha, step > %s from warehouse.feature
                   where dataset = %s and origin = any(%s)"""
        found = conn.execute(query, (seen, dataset, list(shas))).fetchall()
        held = {origin: sha for origin, sha, _ in found}
        shas |= {origin: sha for origin, sha, newer in found if newer}
        changed = {o: day for o, day in days.items() if held.get(o) != shas[o]}
        with conn.cursor() as cursor:
            cursor.executemany(
                """insert into warehouse.feature values (%s, %s, %s, %s, %s, %s, %s, %s)
                   on conflict (dataset, origin) do update
                   set (names, rows, content_sha, body, built_at)
                     = (excluded.names, excluded.rows, excluded.content_sha, excluded.body,
                        excluded.built_at)""",
                [
                    (
                        dataset,
                        origin,
                        list(names),
                        len(day),
                        shas[origin],
                        _pack(day, names),
                        now,
                        seen,
                    )
                    for origin, day in changed.items()
                ],
            )
        # Looked at again and found true, changed or not: no longer stale.
        conn.execute(
            """update warehouse.feature set step = %s
               where dataset = %s and origin = any(%s) and step < %s""",
            (seen, dataset, list(shas), seen),
        )
    return shas


def content(day: pd.DataFrame, names: Sequence[str]) -> str:
    """The hash of one origin's values, to the bit, in whatever order they are."""
    # Only keys are sorted, and series by their rank: sorting the frame takes four times as long.
    ranks, series = pd.factorize(day["series"], sort=True)
    whole = {
        key: day[key].to_numpy().astype("datetime64[D]") for key in ("origin", "business_date")
    }
    whole |= {key: day[key].to_numpy() for key in ("hour", "horizon")}
    order = np.lexsort((whole["horizon"], whole["hour"], whole["business_date"], ranks))
    digest = hashlib.sha256("\n".join([",".join(names), *series]).encode())
    for key in (ranks, *whole.values()):
        digest.update(key[order].astype("<i8").tobytes())
    values = day[list(names)].to_numpy()
    digest.update(values.dtype.str.encode())
    digest.update(values[order].tobytes())
    return digest.hexdigest()


def _pack(day: pd.DataFrame, names: Sequence[str]) -> bytes:
    """One Parquet table: KEYS and one list column `x` in the order of `names`. A column for each
    name would cost more in headers than in numbers."""
    import pyarrow as pa
    from pyarrow import parquet

    values = pa.array(day[list(names)].to_numpy().ravel())  # of 32 bits where they were made so
    table = pa.Table.from_pandas(day[KEYS], preserve_index=False)
    table = table.append_column("x", pa.FixedSizeListArray.from_arrays(values, len(names)))
    buffer = io.BytesIO()
    # Hardly two of the numbers are equal: looking for those that are takes longer than writing.
    parquet.write_table(table, buffer, compression="zstd", use_dictionary=False)
    return buffer.getvalue()


def _unpack(
    body: bytes, names: Sequence[str], wanted: Callable[[pd.DataFrame], Any] | None = None
) -> pd.DataFrame:
    """The rows of one Parquet table in the order of KEYS; `wanted` chooses by them (a mask)."""
    from pyarrow import parquet

    table = parquet.read_table(io.BytesIO(body))
    keys = table.select(KEYS).to_pandas()
    if wanted is not None:
        keys = keys[wanted(keys)]
    keys = keys.sort_values(KEYS)
    values = table["x"].combine_chunks().flatten().to_numpy(zero_copy_only=False)
    # Only of the rows that are wanted a table is made: of a panel they are a few of many.
    chosen = values.reshape(table.num_rows, len(names))[keys.index.to_numpy()]
    numbers = pd.DataFrame(chosen, columns=pd.Index(names))
    return pd.concat([keys.reset_index(drop=True), numbers], axis=1)


def read(
    conn: Connection,
    dataset: str,
    window: Window,
    every: int = 1,
    few: Callable[[pd.DataFrame, int], Any] | None = None,
) -> pd.DataFrame:
    """The features of the origins in `window`, ordered by KEYS; empty when there are none. Of
    `every` so many days since 1970 one. `few`: which rows of an origin are wanted (a mask), as it
    is told their KEYS and how many rows the origins have in all.

    Origins built under an older list of names are left out: another plan made them."""
    query = """from warehouse.feature where dataset = %s and origin between %s and %s
               and (origin - date '1970-01-01') %% %s = 0 order by origin"""
    keys = (dataset, window.first, window.last, every)
    heads = conn.execute(f"select names, rows {query}", keys).fetchall()
    if not heads:
        return pd.DataFrame(columns=KEYS)
    newest = heads[-1][0]
    many = sum(rows for names, rows in heads if names == newest)
    wanted = None if few is None else lambda keys: few(keys, many)
    tables: list[pd.DataFrame] = []
    with conn.transaction(), conn.cursor("bodies") as cursor:  # all of them are large
        cursor.itersize = AT_ONCE
        for names, body in cursor.execute(f"select names, body {query}", keys):
            if names == newest:
                tables.append(_unpack(body, names, wanted))
    return pd.concat(tables, ignore_index=True)


def versions(conn: Connection, dataset: str, window: Window) -> dict[date, str]:
    """Origin -> content hash for the origins held in `window`."""
    query = """select origin, content_sha from warehouse.feature
               where dataset = %s and origin between %s and %s"""
    return dict(conn.execute(query, (dataset, window.first, window.last)).fetchall())


def stale(
    conn: Connection, dataset: str, window: Window, plan: Plan, names: Sequence[str]
) -> list[date]:
    """Origins of `window` that have no features of these `names`, or older ones than an observation
    or a covariate they look back on. Origins before the first observation are left out."""
    query = """
        with span as (select min(business_date) + 14 as first_origin
                      from warehouse.observation where dataset = %(d)s),
        covariates as (select max(step) as step from warehouse.covariate
                       where domain = split_part(%(d)s, '@', 1)),
        wanted as (
            select day::date as origin from span, generate_series(
                %(first)s::date, %(last)s::date, make_interval(days => %(step)s)) as days(day)
            where day >= span.first_origin)
        select w.origin
        from wanted w cross join covariates c
        left join warehouse.feature f on f.dataset = %(d)s and f.origin = w.origin
        where f.origin is null or f.names <> %(names)s or f.step < c.step or f.step < (
            select max(s.step) from warehouse.settlement s where s.dataset = %(d)s
              and s.business_date between w.origin - %(back)s and w.origin)
        order by w.origin"""
    values: dict[str, Any] = {
        "d": dataset,
        "first": window.first,
        "last": window.last,
        "back": plan.reach_days,
        "step": plan.step,
    }
    values["names"] = list(names)
    return [day for (day,) in conn.execute(query, values)]
