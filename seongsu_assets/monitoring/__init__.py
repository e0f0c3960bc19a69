"""Rules of Prometheus and dashboards of Grafana as code, written from the families of `metrics`.
Nothing here runs on the platform: `python -m seongsu_assets.monitoring` writes docker/."""
