"""Frames as artefacts, each named by the hash of what it holds: written once, verified when read.
No database here, and nothing about who needs which."""

import hashlib
import io
import json
import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from seongsu_assets.artefacts import Place
from seongsu_assets.errors import ModelError

_REMEDY = "restore what was kept, or run it where the forecast was made"
_ADDRESS = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True)
class Snapshot:
    """A frame that is kept: its address, its place in the store, its rows and bytes."""

    sha256: str
    path: str
    rows: int
    bytes: int


@dataclass(frozen=True)
class Store:
    """Frames in one place. The address of a frame is the hash of its values, not of its file: the
    same values have it whatever version of Parquet wrote them."""

    place: Place

    def put(self, frame: pd.DataFrame) -> Snapshot:
        """Keep the frame; the same content is written once. A damaged file is written anew."""
        sha256 = content(frame)
        name = _name(sha256)
        try:
            held, _ = self._verified(sha256)
        except ModelError:
            buffer = io.BytesIO()
            frame.to_parquet(buffer, index=False, compression="zstd")
            held = buffer.getvalue()
            self.place.write(name, held)
        return Snapshot(sha256, name, len(frame), len(held))

    def get(self, sha256: str) -> pd.DataFrame:
        """The frame of this address. Raises ModelError when it is missing, or damaged: then its
        content has another hash."""
        _, frame = self._verified(sha256)
        return frame

    def where(self, sha256: str) -> str:
        """The file of this address, as a path or an s3:// address."""
        return self.place.where(_name(sha256))

    def _verified(self, sha256: str) -> tuple[bytes, pd.DataFrame]:
        name = _name(sha256)
        where, body = self.place.where(name), self.place.read(name)
        if body is None:
            raise ModelError(f"the snapshot {sha256[:16]} is not at {where}", remedy=_REMEDY)
        try:
            frame = _frame(body)
            found = content(frame)
        except (ValueError, TypeError, OSError) as error:
            raise ModelError(f"{where} is not readable as a snapshot", remedy=_REMEDY) from error
        if found != sha256:
            raise ModelError(f"{where} is damaged: its content has another hash", remedy=_REMEDY)
        return body, frame


def _name(sha256: str) -> str:
    if not _ADDRESS.fullmatch(sha256):
        raise ModelError(f"{sha256[:80]!r} is not the address of a snapshot")
    return f"{sha256[:2]}/{sha256}.parquet"


def _frame(body: bytes) -> pd.DataFrame:
    """What pandas noted in the file about itself is not needed, and not trusted."""
    from pyarrow import parquet

    return parquet.read_table(io.BytesIO(body)).to_pandas(ignore_metadata=True)


def content(frame: pd.DataFrame) -> str:
    """The hash of names, kinds and values, in their order, to the bit; one NaN is any NaN."""
    kinds = [[str(name), frame[name].dtype.kind] for name in frame.columns]
    digest = hashlib.sha256(json.dumps([kinds, len(frame)]).encode())
    for name in frame.columns:
        digest.update(_bytes(frame[name]))
    return digest.hexdigest()


def _bytes(column: pd.Series) -> bytes:
    """Raises TypeError for a kind of column that no snapshot has."""
    kind = column.dtype.kind
    if kind == "f":
        values = column.to_numpy(dtype="<f8", copy=True)
        values[np.isnan(values)] = np.nan
        return values.tobytes()
    if kind == "M":
        return column.to_numpy().astype("datetime64[ns]").astype("<i8").tobytes()
    if kind in "iub":
        return column.to_numpy().astype("<i8").tobytes()
    if kind == "O":
        known = [
            None if absent else value for value, absent in zip(column, column.isna(), strict=True)
        ]
        return json.dumps(known).encode()
    raise TypeError(f"no snapshot holds a column of {column.dtype}")
