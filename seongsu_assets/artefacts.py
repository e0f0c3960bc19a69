"""Named bytes in a folder or below an s3:// address: each written whole, or not at all.
What they mean, and under which names, is for whoever keeps them."""

import os
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
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def where(self, name: str) -> str:
        return str(self.path / name)


@dataclass(frozen=True)
class Bucket:
    """On any S3 endpoint: AWS_ENDPOINT_URL and the usual AWS_ variables say which. `address` is
    s3://BUCKET or s3://BUCKET/PREFIX."""

    address: str

    def read(self, name: str) -> bytes | None:
        from botocore.exceptions import BotoCoreError, ClientError

        bucket, key = self._key(name)
        try:
            return _client().get_object(Bucket=bucket, Key=key)["Body"].read()
        except ClientError as error:
            if error.response["Error"]["Code"] == "NoSuchKey":
                return None
            raise ServiceError(f"{self.where(name)}: {error}", remedy=_REMEDY) from None
        except BotoCoreError as error:
            raise ServiceError(f"{self.where(name)}: {error}", remedy=_REMEDY) from None

    def write(self, name: str, body: bytes) -> None:
        from botocore.exceptions import BotoCoreError, ClientError

        bucket, key = self._key(name)
        try:
            _client().put_object(Bucket=bucket, Key=key, Body=body)
        except (BotoCoreError, ClientError) as error:
            raise ServiceError(f"{self.where(name)}: {error}", remedy=_REMEDY) from None

    def where(self, name: str) -> str:
        return f"{self.address.rstrip('/')}/{name}"

    def _key(self, name: str) -> tuple[str, str]:
        bucket, _, key = self.where(name).removeprefix(S3).partition("/")
        return bucket, key


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
