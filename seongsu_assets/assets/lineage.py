"""What a model or forecast was made of, as hashes: the data and the code.
Nothing is stored here."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from importlib import metadata, resources

from seongsu_assets.domain import Domain, Window
from seongsu_assets.warehouse import features, observations
from seongsu_assets.warehouse.postgres import Connection


@lru_cache(maxsize=1)
def code_version() -> str:
    """The hash of the forecasting package's sources: other code is another model."""
    digest = hashlib.sha256()
    for package in ("forecasting", "forecasting.panel", "forecasting.walk"):
        folder = resources.files(f"seongsu_assets.{package}")
        for module in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if module.name.endswith(".py"):
                digest.update(module.read_bytes())
    return digest.hexdigest()[:12]


#: Other versions of these may round otherwise.
LIBRARIES = ("lightgbm", "numpy", "pandas", "scipy")


def software() -> dict[str, str]:
    """The versions of our code and of the libraries that compute."""
    return {"code": code_version()} | {name: metadata.version(name) for name in LIBRARIES}


def short(parts: Iterable[object]) -> str:
    """A short hash of the parts, in their order."""
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:16]


def training_window(domain: Domain, last: date) -> Window:
    """The origins that a model trained at the end of `last` may learn from."""
    return domain.cadence.up_to(last, domain.plan.train_days // domain.cadence.step + 1)


def data_version(conn: Connection, dataset: str, window: Window) -> str:
    """The hash of the features and of the truths they are trained against."""
    parts: list[Mapping[date, str]] = [
        features.versions(conn, dataset, window),
        observations.versions(conn, dataset, window),
    ]
    return short(f"{day}:{version}" for held in parts for day, version in sorted(held.items()))
