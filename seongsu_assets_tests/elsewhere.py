"""The suite on a server and an S3 address that it is given, as DATABASE_URL and SEONGSU_ARTEFACTS.
Without them it brings its own. The server is one on which it may make databases and roles."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from seongsu_assets.artefacts import Place, place
from seongsu_assets.resources import Workplace
from seongsu_assets.warehouse.embedded import Server

#: Under names of their own: a test decides by itself what the platform is given.
_SERVER, _ARTEFACTS = "SEONGSU_SUITE_SERVER", "SEONGSU_SUITE_ARTEFACTS"


def take() -> None:
    """Take what the suite is given out of the platform's environment, and keep it for workers."""
    for given, kept in (("DATABASE_URL", _SERVER), ("SEONGSU_ARTEFACTS", _ARTEFACTS)):
        if value := os.environ.pop(given, ""):
            os.environ[kept] = value


@dataclass(frozen=True)
class Given(Server):
    """A server that is there already; `parts` are its address."""

    parts: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)

    def url(self, database: str, scheme: str = "postgresql") -> str:
        where = "{user}:{password}@{host}:{port}".format(**self.parts)
        return f"{scheme}://{where}/{database}"


def given_server() -> Given | None:
    """The server that the suite is given."""
    if not (url := os.environ.get(_SERVER)):
        return None
    parts: dict[str, Any] = {"port": "5432"} | conninfo_to_dict(url)
    return Given(int(parts["port"]), Path("/nowhere"), str(parts["password"]), parts)


class Elsewhere(Workplace):
    """Folders here, artefacts at the address that the suite is given. What is kept there is named
    by its content, so that all worlds share it."""

    def artefacts(self, name: str) -> Place:
        return place(f"{os.environ[_ARTEFACTS]}/{name}")


def workplace(root: Path) -> Workplace:
    """A world's folders and artefacts."""
    return (Elsewhere if keeps_elsewhere() else Workplace)(root=str(root))


def keeps_elsewhere() -> bool:
    return _ARTEFACTS in os.environ
