"""Making a recorded forecast again, model and all, and saying how far it is from what was issued.
Nothing is stored, and no warehouse is needed."""

import json
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from seongsu_assets import clusters
from seongsu_assets.assets import issuing, lineage
from seongsu_assets.assets.issuing import Known
from seongsu_assets.assets.recorded import Record, Trained
from seongsu_assets.errors import ClusterError, ModelError, NotEnoughHistory
from seongsu_assets.forecasting import sameness
from seongsu_assets.forecasting.learners import Model
from seongsu_assets.forecasting.recipe import Recipe
from seongsu_assets.snapshots import Store

#: The largest difference of two numbers that are the same: people per hour, or parts of one.
NEAR = 1e-9


@dataclass(frozen=True)
class Finding:
    """One claim, whether it holds, and what was found."""

    claim: str
    holds: bool
    found: str


def reproduce(record: Record, store: Store) -> Iterator[Finding]:
    """Each claim as it is decided; the first that cannot be examined is the last."""
    try:
        yield from _reproduce(record, store)
    except (ClusterError, ModelError, NotEnoughHistory) as error:
        yield Finding("can be made again", holds=False, found=str(error))


def _reproduce(record: Record, store: Store) -> Iterator[Finding]:
    recipe = Recipe.from_json(record.sources.recipe)
    frames: dict[str, pd.DataFrame] = {}
    for kind, address in record.sources.frames.items():
        frames[kind] = store.get(address)
        yield _verified(f"{kind} of the forecast", address, frames[kind])
    known = Known(
        frames.get("features", pd.DataFrame()), frames["observations"], frames["calendar"]
    )
    origin = date.fromisoformat(record.origin)
    if record.model is None:
        answer = issuing.usual(recipe, origin, known)
    else:
        model = yield from _trained(record.model, store)
        answer = issuing.quantiles(model, known.features)
    made = sameness.table(issuing.finish(recipe, origin, known, answer)[0])
    far = sameness.of_forecasts(record.forecast, made)
    yield Finding(
        "forecast is equal", far <= NEAR,
        f"{record.forecast.size:,} numbers in {len(made)} rows, at most {far:.3g} apart",
    )  # fmt: skip


def _trained(stored: Trained, store: Store) -> Generator[Finding, None, Model]:
    """Yields findings, returns the model that was made anew."""
    frames: dict[str, pd.DataFrame] = {}
    for kind, address in stored.sources.frames.items():
        frames[kind] = store.get(address)
        yield _verified(f"{kind} of the model", address, frames[kind])
    recipe = Recipe.from_json(stored.sources.recipe)
    with clusters.joined(spread=recipe.workers > 0) as grower:
        again = recipe.fit(**frames, grower=grower)
    text, metadata = again.to_text()
    as_stored = json.loads(json.dumps(metadata))
    far = sameness.of_models((stored.booster, stored.metadata), (text, as_stored))
    found = f"at most {far:.3g} apart" if far else "to the bit"
    yield Finding("model is equal", far <= NEAR, f"{stored.model_id}: {found}")
    return again


def _verified(what: str, address: str, frame: pd.DataFrame) -> Finding:
    return Finding(f"{what} verified", holds=True, found=f"{address[:16]}, {len(frame):,} rows")


def changed(record: Record) -> list[str]:
    """Code and libraries that are not those of the record; other ones may give other numbers."""
    ours = lineage.software()
    made = {"forecast": record.sources} | ({"model": record.model.sources} if record.model else {})
    return [
        f"the {what} was made with {name} {version}, this is {ours.get(name, 'without it')}"
        for what, sources in made.items()
        for name, version in sources.software.items()
        if ours.get(name) != version
    ]
