"""The record of one forecast: all that is needed to make it again, and what it said, as one file.
Nothing is computed here; the frames are snapshots."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from seongsu_assets import strict_json
from seongsu_assets.artefacts import Folder
from seongsu_assets.errors import ModelError
from seongsu_assets.forecasting import sameness
from seongsu_assets.snapshots import Store
from seongsu_assets.warehouse import forecasts, models, snapshots
from seongsu_assets.warehouse.postgres import Connection
from seongsu_assets.warehouse.snapshots import Sources

FORMAT = 1


@dataclass(frozen=True)
class Trained:
    """A model as it is stored, and what it was trained on."""

    model_id: str
    booster: str
    metadata: dict[str, Any]
    sources: Sources


@dataclass(frozen=True)
class Record:
    """`forecast` is what was issued, as `sameness.table` gives it; `model` is None for a usual
    profile."""

    issue_id: str
    origin: str
    tier: str
    sources: Sources
    model: Trained | None
    forecast: pd.DataFrame

    @property
    def addresses(self) -> set[str]:
        """All snapshots that this forecast comes from."""
        trained = self.model.sources.frames if self.model else {}
        return {*self.sources.frames.values(), *trained.values()}


def read(conn: Connection, start: str) -> Record:
    """The record of the issue whose id begins so. Raises ModelError when it has none: made before
    snapshots were kept, or its model is damaged."""
    issue_id = snapshots.find(conn, start)
    rows = forecasts.read(conn, issue_id)
    model_id = forecasts.model_of(conn, issue_id)
    model = None
    if model_id is not None:
        model = Trained(model_id, *models.artefact(conn, model_id), _of(conn, "model", model_id))
    return Record(
        issue_id, str(rows.origin.iloc[0].date()), str(rows.tier.iloc[0]),
        _of(conn, "issue", issue_id), model, sameness.table(rows),
    )  # fmt: skip


def _of(conn: Connection, what: str, name: str) -> Sources:
    sources = snapshots.read(conn, what, name)
    if sources is None:
        raise ModelError(
            f"the {what} {name} was made before its sources were kept",
            remedy="name a forecast of a model that was trained since",
        )
    return sources


def write(record: Record, held: Store, folder: Path) -> Path:
    """The record and its snapshots, verified, as files in `folder`."""
    target = Store(Folder(folder / "snapshots"))
    for address in sorted(record.addresses):
        target.put(held.get(address))
    path = folder / f"{record.issue_id}.json"
    value = {"format": FORMAT, **asdict(record), "forecast": _columns(record.forecast)}
    path.write_text(json.dumps(value, ensure_ascii=False, allow_nan=False), encoding="utf-8")
    return path


def load(folder: Path, start: str) -> Record:
    """The record, of those in `folder`, whose id begins so. Raises ModelError when it is missing
    or damaged."""
    found = sorted(path.stem for path in folder.glob("*.json") if path.stem.startswith(start))
    path = folder / f"{snapshots.only(found, start)}.json"
    try:
        return _record(strict_json.loads(path.read_text(encoding="utf-8")))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ModelError(
            f"{path} is damaged: {error!r}", remedy="export it again: `--export FOLDER`"
        ) from error


def _record(value: dict[str, Any]) -> Record:
    if value.pop("format") != FORMAT:
        raise ValueError("it is of another version")
    value["sources"] = Sources(**value["sources"])
    value["forecast"] = _frame(value["forecast"])
    if value["model"] is not None:
        value["model"]["sources"] = Sources(**value["model"]["sources"])
        value["model"] = Trained(**value["model"])
    return Record(**value)


def _columns(table: pd.DataFrame) -> dict[str, list[Any]]:
    """Every number in full: JSON has all digits of a double."""
    flat = table.reset_index()
    flat["business_date"] = flat["business_date"].dt.strftime("%Y-%m-%d")
    return {
        str(name): [None if absent else value for value, absent in zip(*both, strict=True)]
        for name in flat
        for both in [(flat[name].tolist(), flat[name].isna())]
    }


def _frame(columns: dict[str, list[Any]]) -> pd.DataFrame:
    flat = pd.DataFrame(columns)
    flat["business_date"] = pd.to_datetime(flat["business_date"]).astype("datetime64[ns]")
    return flat.set_index(sameness.KEYS).astype("float64")
