"""Named bytes in a folder or below an s3:// address: each written whole, or not at all.
What they mean, and under which names, is for whoever keeps them."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from seongsu_assets.errors import ServiceError

S3 = "s3://"
_REMEDY = "look at SEONGSU_ARTEFACTS, AWS_ENDPOINT_URL and the AWS_ keys"


class Place(Protocol):
    """Where artefacts are kept."""

    def read(self, name: str) -> bytes | None:
        """The bytes of this name; None when there are none. Raises ServiceError."""
        ...

    def write(self, name: str, body: bytes) -> None:
        """Keep the bytes in place of what the name had. Raises ServiceError."""
        ...

    def remove(self, name: str) -> None:
        """Let the bytes of this name go; one that is gone already is no fault. Raises
        ServiceError."""
        ...

    def names(self) -> list[str]:
        """All names that have bytes, sorted; of a place that is not there yet, none. Raises
        ServiceError."""
        ...

    def where(self, name: str) -> str:
        """The name as an operator finds it."""
        ...


@dataclass(frozen=True)
class Folder:
    """On this machine."""

    path: Path

    def read(self, name: str) -> bytes | None:
        try:
            return (self.path / name).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, name: str, body: bytes) -> None:
        """A reader never sees a part, whatever ends this process."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.stem}.{os.getpid()}.part")
        with part.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        settle(path.parent)

    def remove(self, name: str) -> None:
        (self.path / name).unlink(missing_ok=True)

    def names(self) -> list[str]:
        """Without the parts that a killed process left."""
        found = (path for path in self.path.rglob("*") if path.is_file() and path.suffix != ".part")
        return sorted(path.relative_to(self.path).as_posix() for path in found)

    def where(self, name: str) -> str:
        return str(self.path / name)


@dataclass(frozen=True)
class Bucket:
    """On any S3 endpoint: AWS_ENDPOINT_URL and the usual AWS_ variables say which. `address` is
    s3://BUCKET or s3://BUCKET/PREFIX."""

    address: str

    def read(self, name: str) -> bytes | None:
        bucket, key = self._key(name)
        with self._told(name):
            client = _client()
            try:
                return client.get_object(Bucket=bucket, Key=key)["Body"].read()
            except client.exceptions.NoSuchKey:
                return None

    def write(self, name: str, body: bytes) -> None:
        bucket, key = self._key(name)
        with self._told(name):
            _client().put_object(Bucket=bucket, Key=key, Body=body)

    def remove(self, name: str) -> None:
        bucket, key = self._key(name)
        with self._told(name):
            _client().delete_object(Bucket=bucket, Key=key)

    def names(self) -> list[str]:
        bucket, prefix = self._key("")
        with self._told(""):
            pages = (
                _client().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
            )
            found = [each["Key"] for page in pages for each in page.get("Contents", ())]
        return sorted(key.removeprefix(prefix) for key in found)

    def where(self, name: str) -> str:
        return f"{self.address.rstrip('/')}/{name}"

    @contextmanager
    def _told(self, name: str) -> Generator[None]:
        """What the endpoint refuses, or does not answer, as one line."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            yield
        except (BotoCoreError, ClientError) as error:
            raise ServiceError(f"{self.where(name)}: {error}", remedy=_REMEDY) from None

    def _key(self, name: str) -> tuple[str, str]:
        bucket, _, key = self.where(name).removeprefix(S3).partition("/")
        return bucket, key


def settle(folder: Path) -> None:
    """Let the names in a folder outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def place(address: str | Path) -> Place:
    """The place of an address: s3://… or a folder."""
    return (
        Bucket(address) if isinstance(address, str) and address.startswith(S3) else _local(address)
    )


def _local(address: str | Path) -> Folder:
    return Folder(Path(address).expanduser().absolute())


@lru_cache(maxsize=1)
def _client() -> Any:
    import boto3
    from botocore.config import Config

    # A dead endpoint is told within a minute, and not after five.
    limits = Config(connect_timeout=5, read_timeout=30, retries={"max_attempts": 2})
    return boto3.client("s3", config=limits)
