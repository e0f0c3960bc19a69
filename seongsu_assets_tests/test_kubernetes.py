"""What the manifests of Kubernetes promise: hardened pods, each told only what it needs.
Whether Kubernetes would take them is for `make audit`; a cluster was never asked."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from seongsu_assets import programs
from seongsu_assets.settings import Settings

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "deploy" / "kubernetes"
VALUES = ROOT / "deploy" / "helm" / "dagster-values.yaml"
#: What of dagster.yaml the chart writes by itself, from the rest of the values.
OF_THE_CHART = {"storage", "run_launcher", "telemetry"}
#: Our programs under the names that they have in `programs`.
NAMED = {"dagster": "dagster", "app": "app", "api": "api", "mlflow": "mlflow", "watch": "watch"}


def read(path: Path) -> list[Any]:
    return list(yaml.safe_load_all(path.read_text()))


def manifests() -> Iterator[Mapping[str, Any]]:
    for name in read(FOLDER / "kustomization.yaml")[0]["resources"]:
        yield from read(FOLDER / name)


def pods() -> dict[str, Any]:
    """The template of the pods of each part."""
    kinds = {"Deployment", "Job"}
    return {
        each["metadata"]["name"]: each["spec"]["template"]
        for each in manifests()
        if each["kind"] in kinds
    }


PODS = pods()
SECRETS = {
    each["metadata"]["name"]: set(each["stringData"])
    for each in read(FOLDER / "secrets.example.yaml")
}


def told(part: str) -> set[str]:
    """The secret settings that a part is told."""
    [container] = PODS[part]["spec"]["containers"]
    given = [
        each["secretRef"]["name"] for each in container.get("envFrom", []) if "secretRef" in each
    ]
    return {key for name in given for key in SECRETS[name]}


def test_every_manifest_belongs_to_the_whole() -> None:
    apart = {"kustomization.yaml", "secrets.example.yaml"}
    named = set(read(FOLDER / "kustomization.yaml")[0]["resources"])
    assert {path.name for path in FOLDER.glob("*.yaml")} - apart == named


@pytest.mark.parametrize("part", PODS)
def test_a_pod_has_no_rights_and_writes_only_where_it_must(part: str) -> None:
    spec = PODS[part]["spec"]
    assert spec["securityContext"]["runAsNonRoot"]
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert spec["automountServiceAccountToken"] is (part == "dagster")
    assert spec["enableServiceLinks"] is False
    for container in spec["containers"]:
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert set(container["resources"]) == {"requests", "limits"}


@pytest.mark.parametrize("part", NAMED)
def test_a_part_is_told_no_secret_that_it_has_no_use_for(part: str) -> None:
    assert not told(part) & programs._hidden_from(part)


def test_the_app_is_told_no_secret_at_all() -> None:
    assert told("app") == set()
    assert "configMapRef" not in str(PODS["app"])


def test_the_example_names_settings_without_values() -> None:
    for each in read(FOLDER / "secrets.example.yaml"):
        assert set(each["stringData"].values()) == {""}
    ours = {name for keys in SECRETS.values() for name in keys if name.startswith("SEONGSU_")}
    assert ours <= {f"SEONGSU_{name.upper()}" for name in Settings.model_fields}
    of_supabase = {"SEONGSU_SUPABASE_ANON_KEY"}  # which is public, and of another name
    assert SECRETS["seongsu-keys"] == set(programs.KEYS) - of_supabase


def test_only_the_app_is_open_to_the_world() -> None:
    ways_in = [each for each in manifests() if each["kind"] == "Ingress"]
    [rule] = ways_in[0]["spec"]["rules"]
    assert len(ways_in) == 1
    assert {path["backend"]["service"]["name"] for path in rule["http"]["paths"]} == {"app"}
    kinds = {
        each["spec"].get("type", "ClusterIP") for each in manifests() if each["kind"] == "Service"
    }
    assert kinds == {"ClusterIP"}


def test_nothing_is_reached_but_what_a_policy_names() -> None:
    policies = [each["spec"] for each in manifests() if each["kind"] == "NetworkPolicy"]
    assert {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]} in policies
    reached = {
        policy["podSelector"]["matchLabels"]["seongsu/part"]: rule["ports"][0]["port"]
        for policy in policies
        for rule in policy.get("ingress", ())
    }
    served = {
        each["metadata"]["name"]: each["spec"]["ports"][0]["port"]
        for each in manifests()
        if each["kind"] == "Service"
    }
    assert reached == {name: port for name, port in served.items() if name != "mlflow"}


def test_the_chart_is_told_what_dagster_yaml_says() -> None:
    [values] = read(VALUES)
    own = read(ROOT / "dagster.yaml")[0]
    assert values["additionalInstanceConfig"] == {
        key: value for key, value in own.items() if key not in OF_THE_CHART
    }
    assert values["telemetry"] == own["telemetry"]
    assert values["postgresql"]["postgresqlScheme"] == "postgresql+psycopg2"


def test_the_daemon_of_the_chart_is_as_hardened_as_our_pods() -> None:
    [values] = read(VALUES)
    daemon, ours = values["dagsterDaemon"], PODS["code"]["spec"]
    assert daemon["podSecurityContext"] == ours["securityContext"]
    assert daemon["securityContext"] == ours["containers"][0]["securityContext"]
