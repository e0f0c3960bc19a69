"""A run in Kubernetes, as the values for Dagster's chart ask for it, by Dagster's own launcher.
Run by `make proof` where dagster-k8s is. No chart is rendered here, and the cluster is acted."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import dagster as dg
import pytest
import yaml
from dagster._core.launcher import LaunchRunContext

ROOT = Path(__file__).parents[1]
VALIDATE = ROOT / ".venv-audit" / "bin" / "kubernetes-validate"
pytest.importorskip("dagster_k8s", reason="dagster-k8s is not installed")
pytestmark = pytest.mark.skipif(not VALIDATE.exists(), reason="no `.venv-audit`: `make audit`")
#: The words of the values that the chart spells otherwise in its dagster.yaml.
SPELLED = {
    "loadInclusterConfig": "load_incluster_config",
    "imagePullPolicy": "image_pull_policy",
    "failPodOnRunFailure": "fail_pod_on_run_failure",
    "volumeMounts": "volume_mounts",
    "securityContext": "security_context",
    "volumes": "volumes",
    "labels": "labels",
    "resources": "resources",
}
KINDS = {
    "containerConfig": "container_config",
    "podSpecConfig": "pod_spec_config",
    "jobSpecConfig": "job_spec_config",
}


@pytest.fixture(scope="module")
def values() -> Mapping[str, Any]:
    return yaml.safe_load((ROOT / "deploy" / "helm" / "dagster-values.yaml").read_text())


def launcher(values: Mapping[str, Any]) -> dict[str, Any]:
    """The run launcher's part of dagster.yaml, as the chart's templates write it."""
    told = dict(values["runLauncher"]["config"]["k8sRunLauncher"])
    image = told.pop("image")
    names = {
        "env_config_maps": [each["name"] for each in told.pop("envConfigMaps")],
        "env_secrets": [each["name"] for each in told.pop("envSecrets")],
        "run_k8s_config": {KINDS[key]: each for key, each in told.pop("runK8sConfig").items()},
    }
    return (
        {SPELLED[key]: each for key, each in told.items()}
        | names
        | {
            "job_image": f"{image['repository']}:{image['tag']}",
            "job_namespace": "seongsu",
            "service_account_name": values["serviceAccount"]["name"],
            "dagster_home": values["global"]["dagsterHome"],
            "instance_config_map": "dagster-instance",
            "postgres_password_secret": values["global"]["postgresqlSecretName"],
        }
    )


@dg.job
def work() -> None:
    """Nothing: its pod is what is asked for."""


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[Path, list[dict[str, Any]]]]:
    """A Kubernetes API that takes every job: the file that leads to it, and what it was sent."""
    sent: list[dict[str, Any]] = []

    class Api(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            sent.append({"path": self.path, "job": json.loads(body)})
            self.send_response(201)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Api) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        told = {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "acted",
            "clusters": [
                {"name": "acted", "cluster": {"server": f"http://127.0.0.1:{server.server_port}"}}
            ],
            "users": [{"name": "acted", "user": {}}],
            "contexts": [{"name": "acted", "context": {"cluster": "acted", "user": "acted"}}],
        }
        (folder / "kubeconfig").write_text(yaml.safe_dump(told))
        yield folder / "kubeconfig", sent
        server.shutdown()


def settings(values: Mapping[str, Any], kubeconfig: Path) -> dict[str, Any]:
    """dagster.yaml as the chart writes it, but with a storage and a cluster of this machine."""
    logs = values["computeLogManager"]["config"]["customComputeLogManager"]
    here = {"load_incluster_config": False, "kubeconfig_file": str(kubeconfig)}
    run_launcher = {
        "module": "dagster_k8s",
        "class": values["runLauncher"]["type"],
        "config": launcher(values) | here,
    }
    told = {"run_launcher": run_launcher, "compute_logs": logs, "telemetry": values["telemetry"]}
    return told | values["additionalInstanceConfig"]


@pytest.fixture(scope="module")
def job(
    values: Mapping[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    """The job of one run, as Kubernetes is asked for it."""
    folder = tmp_path_factory.mktemp("dagster")
    with cluster(folder) as (kubeconfig, sent):
        (folder / "dagster.yaml").write_text(yaml.safe_dump(settings(values, kubeconfig)))
        with dg.DagsterInstance.from_config(str(folder)) as instance:
            assert instance.run_monitoring_enabled
            assert instance.run_monitoring_max_resume_run_attempts == 0  # retries are the one way
            assert instance.run_retries_max_retries == 2
            origin = dg.reconstructable(work).get_python_origin()
            run = instance.create_run_for_job(work, job_code_origin=origin)
            instance.run_launcher.launch_run(LaunchRunContext(run, workspace=None))
            assert instance.run_launcher.supports_check_run_worker_health
        assert [each["path"] for each in sent] == ["/apis/batch/v1/namespaces/seongsu/jobs"]
        yield sent[0]["job"]


def test_kubernetes_takes_the_job(job: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "job.yaml"
    path.write_text(yaml.safe_dump(job))
    told = subprocess.run([VALIDATE, "--strict", path], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


def test_the_pod_is_hardened_and_ends_once(job: dict[str, Any], values: Mapping[str, Any]) -> None:
    spec = job["spec"]["template"]["spec"]
    [container] = spec["containers"]
    daemon = values["dagsterDaemon"]
    assert spec["securityContext"] == daemon["podSecurityContext"]
    assert container["securityContext"] == daemon["securityContext"]
    assert spec["automountServiceAccountToken"] is False
    assert spec["enableServiceLinks"] is False
    assert (spec["restartPolicy"], job["spec"]["backoffLimit"]) == ("Never", 0)
    assert container["resources"]["limits"] == {"cpu": "2", "memory": "4Gi"}


def test_the_run_is_our_image_with_dagsters_words_and_our_secrets(job: dict[str, Any]) -> None:
    template = job["spec"]["template"]
    [container] = template["spec"]["containers"]
    assert container["image"] == "daily-seongsu:released"
    assert container["command"] == ["/usr/bin/env"]
    assert container["args"][:3] == ["dagster", "api", "execute_run"]
    given = [each["secretRef"]["name"] for each in container["envFrom"] if "secretRef" in each]
    assert given == ["seongsu-warehouse", "seongsu-records", "seongsu-keys"]
    where = {each["mountPath"]: each["name"] for each in container["volumeMounts"]}
    assert where["/var/lib/seongsu"] == "home"
    assert template["metadata"]["labels"]["seongsu/part"] == "run"
