"""MLflow's record of trainings, on a real tracking database.
What a model is, and who serves, is not decided there and not tested here."""

import time
from pathlib import Path
from typing import Any

import pytest

from seongsu_assets import tracking
from seongsu_assets.artefacts import Folder
from seongsu_assets.tracking import Training
from seongsu_assets.warehouse.embedded import Server

#: MLflow's store uses a loader that SQLAlchemy has deprecated.
pytestmark = pytest.mark.filterwarnings(
    "ignore:The ``noload`` loader:sqlalchemy.exc.SADeprecationWarning"
)


@pytest.fixture(scope="session")
def uri(server: Server, worker_id: str) -> str:
    """A database of MLflow's own, with its tables."""
    server.ensure_database(f"mlflow_{worker_id}")
    return server.url(f"mlflow_{worker_id}")


@pytest.fixture(scope="session")
def mlflow(uri: str) -> Any:
    """A client, to look at what was recorded."""
    from mlflow.tracking import MlflowClient

    return MlflowClient(tracking_uri=uri, registry_uri=uri)


@pytest.fixture
def domain(request: pytest.FixtureRequest) -> str:
    """A name that no other test uses."""
    return str(request.node.name)[-60:]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "artefacts")


def training(domain: str, model_id: str, **more: Any) -> Training:
    return Training(
        domain=domain,
        model_id=model_id,
        data_sha="0f",
        params={"plan.horizon": 7},
        metrics={"ours.wape": 0.06},
        tags={"dagster_run_id": "run-of-" + model_id},
        texts={"model/booster.txt": "tree"},
        **more,
    )


def test_a_training_is_one_ended_run_that_names_its_dagster_run(
    uri: str, mlflow: Any, domain: str, folder: Folder
) -> None:
    run_id = tracking.log_training(uri, folder, training(domain, "a"))
    experiment = mlflow.get_experiment_by_name(domain)
    [run] = mlflow.search_runs([experiment.experiment_id])
    assert run.info.run_id == run_id
    assert run.info.status == "FINISHED"
    assert run.data.tags["dagster_run_id"] == "run-of-a"
    assert run.data.params == {"plan.horizon": "7"}
    assert run.data.metrics == {"ours.wape": 0.06}
    assert run.data.tags["data_sha"] == "0f"
    [booster] = folder.path.rglob("booster.txt")
    assert booster.read_text() == "tree"


def test_a_training_names_the_files_of_what_it_learned_from(
    uri: str, mlflow: Any, domain: str, folder: Folder
) -> None:
    """MLflow opens them itself."""
    from mlflow.data import get_source

    sha256 = "ab" * 32
    file = folder.path / "snapshots" / "ab" / f"{sha256}.parquet"
    folder.write(f"snapshots/ab/{file.name}", b"PAR1")
    told = training(domain, "a", snapshots={"features": str(file)})
    run = mlflow.get_run(tracking.log_training(uri, folder, told))
    assert run.data.tags["snapshot.features"] == str(file)
    [used] = run.inputs.dataset_inputs
    assert (used.dataset.name, used.dataset.digest) == (f"{domain} features", sha256[:36])
    assert Path(get_source(used).load()).read_bytes() == b"PAR1"


def test_the_newest_training_is_the_challenger(
    uri: str, mlflow: Any, domain: str, folder: Folder
) -> None:
    for model_id in ("a", "b"):
        tracking.log_training(uri, folder, training(domain, model_id))
    version = mlflow.get_model_version_by_alias(domain, "challenger")
    assert version.tags["model_id"] == "b"


def test_a_crown_moves_the_champion(uri: str, mlflow: Any, domain: str, folder: Folder) -> None:
    for model_id in ("a", "b"):
        tracking.log_training(uri, folder, training(domain, model_id))
    for model_id in ("b", "a"):
        tracking.crown(uri, domain, model_id)
        version = mlflow.get_model_version_by_alias(domain, "champion")
        assert version.tags["model_id"] == model_id


def test_a_run_that_a_killed_process_left_open_is_ended(
    uri: str, mlflow: Any, domain: str, folder: Folder
) -> None:
    experiment = mlflow.create_experiment(domain, artifact_location=folder.path.as_uri())
    left = mlflow.create_run(experiment, start_time=int(time.time() * 1000)).info.run_id
    tracking.log_training(uri, folder, training(domain, "a"))
    assert mlflow.get_run(left).info.status == "KILLED"


def test_a_failure_while_logging_ends_the_run_as_failed_and_is_raised(
    uri: str, mlflow: Any, domain: str, folder: Folder
) -> None:
    with pytest.raises(TypeError):
        tracking.log_training(uri, folder, training(domain, "a", figures={"plot.png": "no figure"}))
    experiment = mlflow.get_experiment_by_name(domain)
    [run] = mlflow.search_runs([experiment.experiment_id])
    assert run.info.status == "FAILED"
    assert run.info.end_time is not None
