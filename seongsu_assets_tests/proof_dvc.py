"""Training sets taken over by DVC: from a folder, from S3, and from an exported forecast.
Runs the `dvc` that DVC names, or that of the PATH; without one it is skipped."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import boto3
import pandas as pd
import pytest
from moto.server import ThreadedMotoServer

from seongsu_assets import artefacts
from seongsu_assets.artefacts import Bucket, Folder
from seongsu_assets.snapshots import Store, content

DVC = os.environ.get("DVC") or shutil.which("dvc")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(DVC is None, reason="there is no `dvc`: name one in DVC"),
]
FRAME = pd.DataFrame({"hour": [8, 9, 10], "people": [120.5, float("nan"), 3.0]})
NOBODY = ("-c", "user.name=proof", "-c", "user.email=proof@localhost")


def run(folder: Path, *words: str) -> str:
    """A command in a folder; what it said."""
    done = subprocess.run(
        words, cwd=folder, capture_output=True, text=True, check=False,
        env=os.environ | {"DVC_NO_ANALYTICS": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def dvc(folder: Path, *words: str) -> str:
    assert DVC is not None
    return run(folder, DVC, *words)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository of somebody who uses DVC."""
    return repository(tmp_path / "project")


def repository(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    run(folder, "git", "init", "-q")
    dvc(folder, "init", "-q")
    return folder


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Bucket, str]]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    for name, value in {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": secrets.token_hex(8),
        "AWS_SECRET_ACCESS_KEY": secrets.token_hex(8),
        "AWS_DEFAULT_REGION": "us-east-1",
        "NO_PROXY": "127.0.0.1",
    }.items():
        monkeypatch.setenv(name, value)
    artefacts._client.cache_clear()
    boto3.client("s3").create_bucket(Bucket="seongsu")
    monkeypatch.delenv("AWS_ENDPOINT_URL")  # DVC is told by its own setting
    with pytest.MonkeyPatch.context() as ours:
        ours.setenv("AWS_ENDPOINT_URL", endpoint)
        artefacts._client()
    yield Bucket("s3://seongsu/below"), endpoint
    artefacts._client.cache_clear()
    server.stop()


def test_dvc_imports_a_training_set_from_the_folder_of_a_home(
    project: Path, tmp_path: Path
) -> None:
    store = Store(Folder(tmp_path / "home" / "snapshots"))
    sha256 = store.put(FRAME).sha256
    dvc(project, "import-url", store.where(sha256), "train.parquet")
    assert content(pd.read_parquet(project / "train.parquet")) == sha256
    assert "md5: " in (project / "train.parquet.dvc").read_text()
    before = (project / "train.parquet.dvc").read_text()
    dvc(project, "update", "train.parquet.dvc")
    assert (project / "train.parquet.dvc").read_text() == before


def test_dvc_imports_a_training_set_from_a_bucket(
    project: Path, bucket: tuple[Bucket, str]
) -> None:
    place, endpoint = bucket
    kept = Store(place).put(FRAME)
    dvc(project, "remote", "add", "seongsu", place.address)
    dvc(project, "remote", "modify", "seongsu", "endpointurl", endpoint)
    dvc(project, "import-url", f"remote://seongsu/{kept.path}", "train.parquet")
    assert content(pd.read_parquet(project / "train.parquet")) == kept.sha256


def test_dvc_imports_what_an_exported_forecast_was_made_from(project: Path, tmp_path: Path) -> None:
    """The export is a folder with `snapshots` in it: see `assets.recorded`."""
    export = tmp_path / "training"
    kept = Store(Folder(export / "snapshots")).put(FRAME)
    repository(export)
    dvc(export, "add", "snapshots")
    run(export, "git", "add", ".")
    run(export, "git", *NOBODY, "commit", "-q", "-m", "What it was made from")
    dvc(project, "import", str(export), "snapshots")
    assert content(pd.read_parquet(project / "snapshots" / kept.path)) == kept.sha256
    assert "rev_lock: " in (project / "snapshots.dvc").read_text()
