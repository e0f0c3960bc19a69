"""`POST /predict`: what would be forecast with other weather, or on another kind of day.
The answer is made in `whatif`; nothing is kept."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated, Any

import anyio.to_thread
import pandas as pd
from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request

from seongsu_assets.api.asking import Day, Name, OfDomain, Question
from seongsu_assets.api.desk import Desk, desk_of, nothing, series_of
from seongsu_assets.api.events import Event, kind
from seongsu_assets.api.forecast import of_domain, within
from seongsu_assets.api.issues import QUANTILES, Told, length, rounded
from seongsu_assets.api.problems import Problem, unavailable
from seongsu_assets.api.shapes import Predicted
from seongsu_assets.api.whatif import KEYS, Answer, Change
from seongsu_assets.domain import Domain, Window
from seongsu_assets.errors import ModelError, NotEnoughHistory
from seongsu_assets.forecasting import levels
from seongsu_assets.warehouse import served
from seongsu_assets.warehouse.served import State

router = APIRouter(tags=["what-if"])

#: Questions that may wait for the one that is being answered.
WAITING = 8


class Weather(Question):
    """Of a whole day. What is left out stays as it was forecast."""

    temperature: Annotated[float, Field(ge=-60, le=60)] | None = Field(
        None, description="mean of the day in °C", allow_inf_nan=False
    )
    precipitation: Annotated[float, Field(ge=0, le=1000)] | None = Field(
        None, description="sum of the day in mm", allow_inf_nan=False
    )
    snowfall: Annotated[float, Field(ge=0, le=300)] | None = Field(
        None, description="sum of the day in cm", allow_inf_nan=False
    )


class Asked(Question):
    """One day of the published week, as it might be."""

    date: Day
    weather: Weather | None = None
    event: Event | None = Field(None, description="another kind of day than the calendar says")


class Supposed(OfDomain):
    """What might be."""

    series: Name | None = Field(None, description="one part, or the total; all where left out")
    days: list[Asked] = Field(min_length=1, max_length=7)


@router.post("/predict", response_model=Predicted)
async def predict(request: Request, asked: Supposed) -> dict[str, Any]:
    """The champion's forecast of days as they might be, beside the same model's without it."""
    desk = desk_of(request)
    domain = desk.domain(asked.domain)
    state = desk.state(await desk.pointer.fresh(), asked.domain)
    if state.issue_id is None:
        raise nothing(asked.domain)
    if desk.patience.statistics().tasks_waiting >= WAITING:
        raise unavailable("too many questions wait already", "ask again in a few seconds")

    def work() -> dict[str, Any]:
        told = desk.issues.get(domain, state)
        series = series_of(domain, asked.series, told.rows) if asked.series else None
        changes = _changes(domain, told, asked.days)
        try:
            answer = desk.whatif.ask(domain, state, changes)
        except (ModelError, NotEnoughHistory) as error:
            raise unavailable(
                "no model can answer", "the operator runs `seongsu status`"
            ) from error
        return _told(desk, domain, state, told, answer, series)

    return await anyio.to_thread.run_sync(work, limiter=desk.patience)


def _changes(domain: Domain, told: Told, asked: Sequence[Asked]) -> list[Change]:
    """Raises Problem: 404 for a day that is not published, 409 for what contradicts itself."""
    seen: set[object] = set()
    changes: list[Change] = []
    for place, each in enumerate(asked):
        name = f"days.{place}"
        within(told, each.date, each.date, fields=(f"{name}.date", f"{name}.date"))
        if each.date in seen:
            raise _conflict(f"{name}.date", "this day is given twice")
        seen.add(each.date)
        given = each.weather.model_dump(exclude_none=True) if each.weather else {}
        if given and not domain.weather:
            raise _conflict(f"{name}.weather", "this domain does not know weather")
        day = pd.Timestamp(each.date)
        other = kind(each.event, day) if each.event else None
        if each.event and other is None:
            raise _conflict(f"{name}.event", "this is of working days, and the day is of a weekend")
        changes.append(Change(day, given, other))
    return changes


def _conflict(field: str, detail: str) -> Problem:
    return Problem(HTTPStatus.CONFLICT, detail, remedy="leave it out", field=field)


def _told(
    desk: Desk, domain: Domain, state: State, told: Told, answer: Answer, series: str | None
) -> dict[str, Any]:
    by, known = answer.by, answer.known
    learned = desk.reader.read(lambda conn: served.model(conn, state.dataset, by.model_id))
    assert learned is not None
    rows = [row for row in _rows(domain, told, answer.rows) if series in (None, row["series"])]
    return {
        **of_domain(domain, state),
        "model": {
            "model_id": by.model_id,
            "tier": by.tier,
            "trained_from": learned["trained_from"],
            "trained_to": learned["trained_to"],
        },
        "data": {
            "origin": state.origin,
            "data_through": state.data_through,
            "data_version": known.version,
        },
        "levels": {"version": told.version, "names": told.names, "lower": told.lower},
        "notes": [
            f"{day:%Y-%m-%d}: the weather given changes nothing; it is as forecast, or too little "
            "is known of the weather before"
            for day in answer.still
        ],
        "count": len(rows),
        "rows": rows,
    }


def _rows(domain: Domain, told: Told, rows: pd.DataFrame) -> list[dict[str, Any]]:
    """As `/forecast` tells them, with the same cut-offs."""
    days = Window(told.days[0], told.days[-1])
    cutoffs = levels.Cutoffs(told.version, tuple(told.lower), days)
    level = levels.level(rows["q50"], cutoffs)
    shares = levels.probabilities(rows[[*KEYS, *QUANTILES]], cutoffs).round(6).to_numpy().tolist()
    answer: list[dict[str, Any]] = []
    for place, row in enumerate(rows.to_dict("records")):
        whole = row["series"] == domain.total
        day, hour = row["business_date"].date(), int(row["hour"])
        answer.append(
            {
                "series": row["series"],
                "business_date": day,
                "hour": hour,
                "hours": length(domain, hour),
                "at": domain.cadence.at(day, hour),
                "horizon": int(row["horizon"]),
                **{name: rounded(row[name]) for name in (*QUANTILES, "q50_without")},
                "level": int(level[place]) if whole else None,
                "level_name": told.names[level[place]] if whole else None,
                "p_levels": shares[place] if whole else None,
                "usual": None if pd.isna(row["usual"]) else rounded(row["usual"]),
            }
        )
    return answer
