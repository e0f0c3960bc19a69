"""A what-if: the champion's answer for days with other weather, or of another kind.
Nothing is published, kept or scored; the same features and the same model as an issue's."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Lock

import numpy as np
import pandas as pd

from seongsu_assets.api.events import Kind
from seongsu_assets.api.reader import Reader
from seongsu_assets.assets import weather
from seongsu_assets.assets.weather import AsIssued
from seongsu_assets.domain import Domain
from seongsu_assets.errors import ModelError
from seongsu_assets.forecasting import baselines, features, learners
from seongsu_assets.forecasting.learners import Model
from seongsu_assets.warehouse import covariates, models, observations
from seongsu_assets.warehouse.postgres import Connection
from seongsu_assets.warehouse.served import State

KEYS = ["series", "business_date", "hour"]
#: Columns of the features that weather makes.
WET = [f"{name}_target" for name in features.WEATHER]


@dataclass(frozen=True)
class Change:
    """One day as it is asked about. Readings that are not given stay as they were forecast."""

    day: pd.Timestamp
    readings: Mapping[str, float]
    kind: Kind | None


@dataclass(frozen=True)
class Known:
    """What the published issue knew, read once: equal issues know the same."""

    issue_id: str
    origin: pd.Timestamp
    counts: pd.DataFrame
    whole: pd.DataFrame
    calendar: pd.DataFrame
    issued: AsIssued
    plain: pd.DataFrame
    version: str


@dataclass(frozen=True)
class Loaded:
    """A model that can answer."""

    model_id: str
    tier: str
    model: Model


@dataclass(frozen=True)
class Answer:
    """KEYS, horizon, quantiles, `usual` and `q50_without`, ordered. `still`: the days on which the
    weather that was given says nothing."""

    rows: pd.DataFrame
    by: Loaded
    known: Known
    still: list[pd.Timestamp]


class WhatIf:
    """What was read and loaded last is held, for each domain. One question at a time."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[str, Known] = {}
        self._loaded: dict[str, tuple[tuple[int | None, str | None], Loaded]] = {}
        self._lock = Lock()

    def ask(self, domain: Domain, state: State, changes: Sequence[Change]) -> Answer:
        """The answer for the days of `changes`, which the published issue reaches. Raises
        ModelError when no champion can answer, or NotEnoughHistory."""
        with self._lock:
            known, by = self._knowledge(domain, state), self._model(domain, state)
        supposed = changed(known, changes)
        asked = _features(domain, known, supposed)
        days = [change.day for change in changes]
        rows, plain = (
            _predict(by.model, table[table["business_date"].isin(days)])
            for table in (asked, known.plain)
        )
        rows = rows.merge(
            plain[[*KEYS, "q50"]].rename(columns={"q50": "q50_without"}), on=KEYS
        ).sort_values(KEYS, ignore_index=True)
        lag = domain.lateness.lag_days
        rows["usual"] = baselines.seasonal_mean(known.whole, supposed.calendar, rows, lag_days=lag)
        wet = [change.day for change in changes if change.readings]
        return Answer(rows, by, known, [day for day in wet if _same(asked, known.plain, day)])

    def _knowledge(self, domain: Domain, state: State) -> Known:
        held = self._known.get(domain.name)
        if held is None or held.issue_id != state.issue_id:
            held = self._reader.read(lambda conn: _gather(conn, domain, state))
            self._known[domain.name] = held
        return held

    def _model(self, domain: Domain, state: State) -> Loaded:
        version = (state.decision, state.champion)
        held = self._loaded.get(domain.name)
        if held is None or held[0] != version:
            held = version, self._reader.read(lambda conn: _load(conn, state.dataset))
            self._loaded[domain.name] = held
        return held[1]


def _gather(conn: Connection, domain: Domain, state: State) -> Known:
    assert state.issue_id is not None
    assert state.origin is not None
    origin = pd.Timestamp(state.origin)
    first = state.origin - timedelta(days=domain.plan.reach_days)
    counts = observations.read(conn, state.dataset, first, state.origin, estimates=True)
    recent: date = state.origin - timedelta(days=domain.levels.window_days + 35)
    own = observations.read(conn, state.dataset, recent, state.origin)
    known = Known(
        issue_id=state.issue_id,
        origin=origin,
        counts=counts,
        whole=baselines.with_total(own, domain.series, domain.total),
        calendar=covariates.read(conn, domain.name, "calendar"),
        issued=weather.as_issued(conn, domain, [origin]),
        plain=pd.DataFrame(),
        version=_hash(counts),
    )
    return _with(known, plain=_features(domain, known, known))


def _load(conn: Connection, dataset: str) -> Loaded:
    """The champion, else the one before it: what serves an issue, in the same order."""
    why = "there is none"
    for place, model_id in enumerate(models.champions(conn, dataset)):
        try:
            loaded = learners.read(*models.artefact(conn, model_id))
        except ModelError as error:
            why = str(error)
            continue
        return Loaded(model_id, "last_good" if place else "champion", loaded)
    raise ModelError(f"no champion can answer: {why}", remedy="train one: POST /train")


def changed(known: Known, changes: Sequence[Change]) -> Known:
    """What would be known if the days were as they are asked about."""
    calendar, ahead = known.calendar.copy(), known.issued.ahead
    for change in changes:
        if change.kind is not None:
            here = calendar["business_date"] == change.day
            calendar.loc[here, ["day_type", "kind"]] = [change.kind.day_type, change.kind.kind]
            calendar.loc[here, "off"] = change.kind.off
        if change.readings and ahead is not None:
            ahead = ahead.copy()
            here = (ahead["origin"] == known.origin) & (ahead["business_date"] == change.day)
            for name, value in change.readings.items():
                ahead.loc[here, name] = value
    return _with(known, calendar=calendar, issued=AsIssued(known.issued.weather, ahead))


def _features(domain: Domain, known: Known, asked: Known) -> pd.DataFrame:
    return learners.of(domain.plan).build(
        known.counts,
        asked.calendar,
        domain.plan,
        [known.origin],
        lag_days=domain.lateness.lag_days,
        hours=[slot.hour for slot in domain.cadence.slots],
        series=domain.series or sorted(known.counts["series"].unique()),
        weather=asked.issued.weather,
        ahead=asked.issued.ahead,
    )


def _predict(loaded: Model, rows: pd.DataFrame) -> pd.DataFrame:
    """The model's answer. Raises ModelError when it is not finite, or does not fit."""
    try:
        with np.errstate(all="ignore"):  # what overflows is looked for in the answer
            answer = loaded.predict(rows)
    except (KeyError, IndexError, ValueError) as error:
        raise ModelError("the model does not fit the features", remedy="train again") from error
    names = [name for name in answer.columns if name[0] == "q" and name[1:].isdigit()]
    if not np.isfinite(answer[names].to_numpy()).all():
        raise ModelError("the model forecasts what is not a number", remedy="train again")
    return answer


def _same(asked: pd.DataFrame, plain: pd.DataFrame, day: pd.Timestamp) -> bool:
    """Whether the weather of the day is what it was without the question."""
    if WET[0] not in asked:
        return True
    one, other = (table.loc[table["business_date"] == day, WET] for table in (asked, plain))
    return np.array_equal(one.to_numpy(), other.to_numpy(), equal_nan=True)


def _with(known: Known, **values: object) -> Known:
    return Known(**{**vars(known), **values})  # type: ignore[arg-type]


def _hash(counts: pd.DataFrame) -> str:
    rows = pd.util.hash_pandas_object(counts, index=False).to_numpy()
    return hashlib.sha256(rows.tobytes()).hexdigest()[:12]
