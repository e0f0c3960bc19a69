"""MLflow as the record of every training: one run each, always ended, and who is champion.
Nothing that serves reads from here."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from seongsu_assets.artefacts import S3, Place

#: MLflow would otherwise unpickle what it is given.
PICKLE_SWITCH = "MLFLOW_ALLOW_PICKLE_DESERIALIZATION"
#: So much of a hash MLflow keeps of a dataset; the whole is in the name of its file.
DIGEST = 36


@dataclass(frozen=True)
class Training:
    """What is told of one training. `texts` and `figures` are artefacts by file name, `snapshots`
    the files of what was learned from by their kind, each named by the hash of its content."""

    domain: str
    model_id: str
    data_sha: str
    params: Mapping[str, Any]
    metrics: Mapping[str, float]
    tags: Mapping[str, str]
    texts: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, Any] = field(default_factory=dict)
    snapshots: Mapping[str, str] = field(default_factory=dict)


def _client(uri: str) -> Any:
    import os

    os.environ[PICKLE_SWITCH] = "false"
    from mlflow.tracking import MlflowClient

    return MlflowClient(tracking_uri=uri, registry_uri=uri)


def log_training(uri: str, place: Place, training: Training) -> str:
    """Record a training as one ended run with its model registered as `challenger`; the run id.

    A failure while logging ends the run as FAILED and is raised."""
    client = _client(uri)
    experiment = _experiment(client, training.domain, place)
    close_abandoned(client, experiment)
    tags = {f"snapshot.{kind}": where for kind, where in training.snapshots.items()}
    tags |= {"data_sha": training.data_sha, **training.tags}
    run = client.create_run(experiment, run_name=training.model_id, tags=tags)
    run_id: str = run.info.run_id
    status = "FAILED"
    try:
        _log(client, run_id, training)
        version = _register(client, training, run)
        client.set_registered_model_alias(training.domain, "challenger", version)
        status = "FINISHED"
    finally:
        client.set_terminated(run_id, status=status)
    return run_id


def _experiment(client: Any, name: str, place: Place) -> str:
    known = client.get_experiment_by_name(name)
    if known is not None:
        return str(known.experiment_id)
    where = place.where(name)
    location = where if where.startswith(S3) else Path(where).as_uri()
    return str(client.create_experiment(name, artifact_location=location))


def close_abandoned(client: Any, experiment: str) -> None:
    """End runs that a killed process left open; one training of a domain runs at a time."""
    for run in client.search_runs([experiment], filter_string="attributes.status = 'RUNNING'"):
        client.set_terminated(run.info.run_id, status="KILLED")


def _log(client: Any, run_id: str, training: Training) -> None:
    from mlflow.entities import Dataset, DatasetInput, Metric, Param

    learned = [
        Dataset(
            name=f"{training.domain} {kind}",
            digest=Path(where).stem[:DIGEST],
            source_type="s3" if where.startswith(S3) else "local",
            source=json.dumps({"uri": where}),
        )
        for kind, where in training.snapshots.items()
    ]
    client.log_inputs(run_id, [DatasetInput(each) for each in learned])
    client.log_batch(
        run_id,
        metrics=[Metric(name, float(value), 0, 0) for name, value in training.metrics.items()],
        params=[Param(name, str(value)) for name, value in training.params.items()],
    )
    for name, text in training.texts.items():
        client.log_text(run_id, text, name)
    for name, figure in training.figures.items():
        client.log_figure(run_id, figure, name)


def _register(client: Any, training: Training, run: Any) -> str:
    from mlflow.exceptions import MlflowException

    try:
        client.create_registered_model(training.domain)
    except MlflowException as error:
        if error.error_code != "RESOURCE_ALREADY_EXISTS":
            raise
    source = f"{run.info.artifact_uri}/model"
    tags = {"model_id": training.model_id}
    version = client.create_model_version(training.domain, source, run.info.run_id, tags=tags)
    return str(version.version)


def crown(uri: str, domain: str, model_id: str) -> None:
    """Move the alias `champion` to the registered version of `model_id`."""
    client = _client(uri)
    found = [
        version
        for version in client.search_model_versions(f"name = '{domain}'")
        if version.tags.get("model_id") == model_id
    ]
    if found:
        newest = max(found, key=lambda version: int(version.version))
        client.set_registered_model_alias(domain, "champion", newest.version)
