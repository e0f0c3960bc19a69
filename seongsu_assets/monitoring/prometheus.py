"""Prometheus' own settings, and what Grafana is given at its start.
No rule and no panel here."""

from seongsu_assets.monitoring.alerts import API_JOB, JOB
from seongsu_assets.monitoring.rule import as_yaml
from seongsu_assets.settings import Settings

#: A scrape computes everything anew; half a minute is finer than anything that it tells.
_EVERY = "30s"
DATASOURCE = "seongsu-prometheus"
FOLDER = "Daily Seongsu"


def settings(watcher: str = "", api: str = "", every: str = _EVERY) -> str:
    """prometheus.yml: the watcher and the API of this machine, and the rules beside it."""
    places = {JOB: watcher or _here("watch_port"), API_JOB: api or _here("api_port")}
    scrapes = [
        {"job_name": job, "static_configs": [{"targets": [where]}]} for job, where in places.items()
    ]
    value = {
        "global": {"scrape_interval": every, "evaluation_interval": every},
        "rule_files": ["rules.yml"],
        "scrape_configs": scrapes,
    }
    return as_yaml(value, "Scrapes the watcher and the API, which `seongsu up` serves here.")


def _here(port: str) -> str:
    return f"127.0.0.1:{Settings.model_fields[port].default}"


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
