"""Frames as files, each named by the hash of what it holds: written once, verified when read.
No database here, and nothing about who needs which."""

import hashlib
import io
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from seongsu_assets.errors import ModelError

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
    """A folder of frames. The address of a frame is the hash of its values, not of its file: the
    same values have it whatever version of Parquet wrote them."""

    folder: Path

    def put(self, frame: pd.DataFrame) -> Snapshot:
        """Keep the frame; the same content is written once. A damaged file is written anew."""
        sha256 = content(frame)
        path = self._path(sha256)
        try:
            self.get(sha256)
        except ModelError:
            buffer = io.BytesIO()
            frame.to_parquet(buffer, index=False, compression="zstd")
            _write(path, buffer.getvalue())
        place = path.relative_to(self.folder).as_posix()
        return Snapshot(sha256, place, len(frame), path.stat().st_size)

    def get(self, sha256: str) -> pd.DataFrame:
        """The frame of this address. Raises ModelError when it is missing, or damaged: then its
        content has another hash."""
        from pyarrow import parquet

        path = self._path(sha256)
        remedy = "restore the folder, or run it where the forecast was made"
        if not path.is_file():
            raise ModelError(f"the snapshot {sha256[:16]} is not in {self.folder}", remedy=remedy)
        try:
            # What pandas noted in the file about itself is not needed, and not trusted.
            frame = parquet.read_table(path).to_pandas(ignore_metadata=True)
            found = content(frame)
        except (ValueError, TypeError, OSError) as error:
            raise ModelError(f"{path} is not readable as a snapshot", remedy=remedy) from error
        if found != sha256:
            raise ModelError(f"{path} is damaged: its content has another hash", remedy=remedy)
        return frame

    def _path(self, sha256: str) -> Path:
        if not _ADDRESS.fullmatch(sha256):
            raise ModelError(f"{sha256[:80]!r} is not the address of a snapshot")
        return self.folder / sha256[:2] / f"{sha256}.parquet"


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


def _write(path: Path, body: bytes) -> None:
    """All of the file or none: a reader never sees a part, whatever ends this process."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.stem}.{os.getpid()}.part")
    with part.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
