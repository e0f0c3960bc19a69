"""What a platform holds and a backup keeps: its databases, and the places of its files.
Nothing is read or written here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from seongsu_assets.artefacts import Folder, Place, place
from seongsu_assets.settings import Settings, settings
from seongsu_assets.warehouse.location import embedded

WAREHOUSE = "seongsu"
#: Database -> the schemas of it that are ours. The warehouse comes last: it names the others' work.
SCHEMAS = {"dagster": ("public",), "mlflow": ("public",), WAREHOUSE: ("warehouse", "published")}
#: Artefacts by name; the other places are folders of the home.
ARTEFACTS, FOLDERS = ("snapshots", "mlflow"), ("inbox", "live")


@dataclass(frozen=True)
class Holdings:
    """`databases`: addresses by the names of SCHEMAS. `places`: by ARTEFACTS and FOLDERS."""

    root: Path
    databases: Mapping[str, str] = field(repr=False)
    places: Mapping[str, Place]


def of(root: Path, databases: Mapping[str, str], artefacts: Mapping[str, Place]) -> Holdings:
    """What is held at these addresses, and in the folders of a home."""
    folders: dict[str, Place] = {name: Folder(root / name) for name in FOLDERS}
    return Holdings(root, databases, {**artefacts, **folders})


def here() -> Holdings:
    """What the platform of these settings holds; the embedded server is started where it is
    needed."""
    known = settings()
    artefacts = {name: place(known.artefacts_of(name)) for name in ARTEFACTS}
    return of(known.root, {name: _address(known, name) for name in SCHEMAS}, artefacts)


def _address(known: Settings, name: str) -> str:
    servers = {
        "dagster": known.dagster_url,
        "mlflow": known.mlflow_url,
        WAREHOUSE: known.database_url,
    }
    given = servers[name]
    return given.get_secret_value() if given else embedded(name)
