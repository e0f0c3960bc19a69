"""Prometheus' own settings, and what Grafana is given at its start.
No rule and no panel here."""

from typing import Any

from seongsu_assets.monitoring.alerts import API_JOB, JOB
from seongsu_assets.monitoring.rule import as_yaml
from seongsu_assets.settings import Settings

#: A scrape computes everything anew; half a minute is finer than anything that it tells.
_EVERY = "30s"
DATASOURCE = "seongsu-prometheus"
FOLDER = "Daily Seongsu"


def settings(watcher: str = "", api: str = "", every: str = _EVERY, alerts: str = "") -> str:
    """Prometheus' file: where the watcher and the API are, by default on this machine, and the
    rules beside it; what they find is told to an Alertmanager where there is one."""
    places = {JOB: watcher or _here("watch_port"), API_JOB: api or _here("api_port")}
    scrapes = [
        {"job_name": job, "static_configs": [{"targets": [where]}]} for job, where in places.items()
    ]
    value: dict[str, Any] = {
        "global": {"scrape_interval": every, "evaluation_interval": every},
        "rule_files": ["rules.yml"],
        "scrape_configs": scrapes,
    }
    if alerts:
        managers = [{"static_configs": [{"targets": [alerts]}]}]
        value["alerting"] = {"alertmanagers": managers}
    return as_yaml(value, "Scrapes the watcher and the API, and judges by the rules beside it.")


def in_containers() -> str:
    """The same for docker/compose.yaml, where each has a name."""
    return settings(_at("watch", "watch_port"), _at("api", "api_port"), alerts="alertmanager:9093")


def _here(port: str) -> str:
    return _at("127.0.0.1", port)


def _at(host: str, port: str) -> str:
    return f"{host}:{Settings.model_fields[port].default}"


def datasource() -> str:
    """Grafana's provisioning of Prometheus."""
    one = {
        "name": "Prometheus",
        "uid": DATASOURCE,
        "type": "prometheus",
        "access": "proxy",
        "url": "$PROMETHEUS_URL",
        "isDefault": True,
        "jsonData": {"timeInterval": _EVERY},
    }
    return as_yaml({"apiVersion": 1, "datasources": [one]}, "Where Grafana finds its numbers.")


def dashboards() -> str:
    """Grafana's provisioning of the dashboards."""
    one = {
        "name": FOLDER,
        "folder": FOLDER,
        "type": "file",
        "allowUiUpdates": False,
        "options": {"path": "/etc/grafana/dashboards"},
    }
    return as_yaml({"apiVersion": 1, "providers": [one]}, "Where Grafana finds its dashboards.")
