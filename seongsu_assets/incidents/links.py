"""Addresses of Dagster's pages, for people who are told of something.
Nothing is asked of Dagster."""

from seongsu_assets.settings import settings


def run(run_id: str) -> str:
    """The page of a run."""
    return f"{_base()}/runs/{run_id}"


def asset(domain: str, node: str) -> str:
    """The page of a node."""
    return f"{_base()}/assets/{domain}/{node}"


def _base() -> str:
    known = settings()
    return known.pages.rstrip("/") or f"http://127.0.0.1:{known.dagster_port}"
