"""`python -m seongsu_assets.monitoring`: write docker/prometheus and docker/grafana anew.
What is written is in `files`."""

from seongsu_assets.monitoring.files import DOCKER, generated

for name, text in generated().items():
    path = DOCKER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
