"""Where the pages of Dagster and MLflow are, where that is known.
Nothing is asked of them; the addresses of single pages of Dagster are in `incidents.links`."""

from seongsu_assets.settings import settings


def dagster() -> str | None:
    """The address that was set, else that on this machine, if who started us told its port."""
    known = settings()
    if known.pages:
        return known.pages.rstrip("/")
    return f"http://127.0.0.1:{known.dagster_port}" if _told("dagster_port") else None


def mlflow() -> str | None:
    """The address on this machine, if who started us told its port."""
    return f"http://127.0.0.1:{settings().mlflow_port}" if _told("mlflow_port") else None


def _told(port: str) -> bool:
    return port in settings().model_fields_set
