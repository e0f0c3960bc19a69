"""Artefacts on an S3 endpoint: the same as in a folder, MLflow's too, and clear errors.
The endpoint is a real server on this machine; none on the internet is asked."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pandas as pd
import pytest
from moto.server import ThreadedMotoServer

from seongsu_assets import artefacts, tracking
from seongsu_assets.artefacts import Bucket, Folder, Place
from seongsu_assets.errors import ModelError, ServiceError
from seongsu_assets.snapshots import Store, content
from seongsu_assets_tests.test_tracking import mlflow, training, uri

__all__ = ["mlflow", "uri"]  # fixtures
pytestmark = pytest.mark.filterwarnings(
    "ignore:The ``noload`` loader:sqlalchemy.exc.SADeprecationWarning"
)
FRAME = pd.DataFrame({"hour": [8, 9], "people": [120.5, float("nan")]})


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A client of the endpoint, which is also everybody else's."""
    for name, value in {
        "AWS_ENDPOINT_URL": endpoint,
        "MLFLOW_S3_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": secrets.token_hex(8),
        "AWS_SECRET_ACCESS_KEY": secrets.token_hex(8),
        "AWS_DEFAULT_REGION": "us-east-1",
        "NO_PROXY": "127.0.0.1",
    }.items():
        monkeypatch.setenv(name, value)
    artefacts._client.cache_clear()
    client = boto3.client("s3")
    yield client
    artefacts._client.cache_clear()


@pytest.fixture
def bucket(s3: Any) -> Bucket:
    name = f"seongsu-{secrets.token_hex(4)}"
    s3.create_bucket(Bucket=name)
    return Bucket(f"s3://{name}/below")


@pytest.fixture(params=["folder", "bucket"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    return Folder(tmp_path) if request.param == "folder" else request.getfixturevalue("bucket")


def test_what_was_written_is_read_and_what_was_not_is_none(place: Place) -> None:
    assert place.read("a/b") is None
    for body in (b"one", b"", b"three"):
        place.write("a/b", body)
        assert place.read("a/b") == body


def test_all_names_are_told_and_what_is_removed_is_gone(place: Place) -> None:
    assert place.names() == []
    for name in ("b/two", "a", "b/one"):
        place.write(name, b"x")
    assert place.names() == ["a", "b/one", "b/two"]
    for _ in range(2):
        place.remove("b/one")
    assert place.names() == ["a", "b/two"]
    assert place.read("b/one") is None


def test_a_snapshot_is_kept_and_verified_wherever_it_is(place: Place) -> None:
    store = Store(place)
    held = store.put(FRAME)
    assert (held.sha256, held.rows) == (content(FRAME), 2)
    assert content(store.get(held.sha256)) == held.sha256
    assert store.put(FRAME) == held
    place.write(held.path, b"torn")
    with pytest.raises(ModelError, match="not readable as a snapshot"):
        store.get(held.sha256)
    assert store.put(FRAME).sha256 == held.sha256
    assert content(store.get(held.sha256)) == held.sha256


def test_an_address_is_a_bucket_or_a_folder(tmp_path: Path) -> None:
    assert artefacts.place("s3://a/b") == Bucket("s3://a/b")
    assert artefacts.place(str(tmp_path)) == Folder(tmp_path)


def test_a_bucket_that_is_not_there_is_an_error_and_not_an_empty_place(s3: Any) -> None:
    assert s3
    for act in (
        lambda at: at.read("a"),
        lambda at: at.write("a", b""),
        lambda at: at.remove("a"),
        lambda at: at.names(),
    ):
        with pytest.raises(ServiceError, match=r"s3://nowhere-\w+/a?: .*NoSuchBucket"):
            act(Bucket(f"s3://nowhere-{secrets.token_hex(4)}"))


def test_an_endpoint_that_is_away_is_told_with_what_to_look_at(
    s3: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert s3
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    artefacts._client.cache_clear()
    with pytest.raises(ServiceError, match="AWS_ENDPOINT_URL"):
        Bucket("s3://a").read("b")


def test_mlflow_keeps_its_files_in_the_bucket(
    s3: Any, bucket: Bucket, uri: str, mlflow: Any
) -> None:
    run_id = tracking.log_training(uri, bucket, training("in a bucket", "m"))
    where = mlflow.get_run(run_id).info.artifact_uri
    assert where.startswith(f"{bucket.address}/in a bucket/")
    name, _, prefix = where.removeprefix("s3://").partition("/")
    found = s3.list_objects_v2(Bucket=name, Prefix=prefix)["Contents"]
    assert f"{prefix}/model/booster.txt" in [each["Key"] for each in found]
