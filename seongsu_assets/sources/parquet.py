"""A Parquet file as cells of text, as every other table is read.
What the columns mean is not known here."""

import io
from collections.abc import Sequence

import pandas as pd

from seongsu_assets.errors import SourceError

_MAGIC = b"PAR1"


def is_parquet(body: bytes) -> bool:
    return body.startswith(_MAGIC)


def parquet_cells(
    name: str, body: bytes, needed: Sequence[str], may: Sequence[str] = ()
) -> pd.DataFrame:
    """The `needed` columns as text, and those that `may` be there; empty where there is no value.
    The index counts rows from 1. SourceError for a torn file, or one without a column."""
    from pyarrow import ArrowException, parquet

    try:
        file = parquet.ParquetFile(io.BytesIO(body))
        absent = [each for each in needed if each not in file.schema_arrow.names]
        if absent:
            raise SourceError(
                f"{name} has no column {', '.join(absent)}; it has "
                f"{', '.join(file.schema_arrow.names)}",
                remedy=f"name the columns {', '.join(needed)}",
            )
        told = [*needed, *(each for each in may if each in file.schema_arrow.names)]
        table = file.read(columns=told).to_pandas()
    except (ArrowException, OSError) as error:
        raise SourceError(
            f"{name} is a torn Parquet file: {error}", remedy="fetch or save the file again"
        ) from error
    cells = pd.DataFrame({each: _text(table[each]) for each in told})
    cells.index = pd.RangeIndex(1, len(cells) + 1)
    return cells


def _text(column: pd.Series) -> pd.Series:
    """Of a long column few values differ: each of those is spelled once."""
    places, different = pd.factorize(column)
    spelled = pd.Series([*_spelled(pd.Series(different)), ""], dtype=object)
    return spelled.iloc[places].reset_index(drop=True)  # the last one where there is no value


def _spelled(column: pd.Series) -> pd.Series:
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return column.dt.tz_convert("UTC").dt.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    if pd.api.types.is_datetime64_dtype(column):
        return column.dt.strftime("%Y-%m-%dT%H:%M:%S")
    return column.astype(str)
