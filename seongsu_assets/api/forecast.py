"""`/forecast` and `/forecast/when`: the published forecast, and its calmest and busiest slots.
No model is run here."""

from collections.abc import Iterable
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from seongsu_assets.api import slots
from seongsu_assets.api.asking import Published, Slots
from seongsu_assets.api.desk import Desk, desk_of, nothing, series_of, snapshot_of
from seongsu_assets.api.issues import Told, head
from seongsu_assets.api.problems import Problem
from seongsu_assets.api.shapes import Forecast, When
from seongsu_assets.domain import Domain
from seongsu_assets.warehouse import datasets
from seongsu_assets.warehouse.served import Row, State

router = APIRouter(tags=["forecast"])


@router.get("/forecast", response_model=Forecast)
def forecast(request: Request, asked: Annotated[Published, Query()]) -> Response:
    """The published forecast: quantiles, levels and their chances, the usual value, and who made
    it when from what."""
    desk = desk_of(request)
    domain, state, told = published(desk, request, asked.domain)
    rows = within(told, asked.first, asked.last)
    if asked.series is not None:
        series = series_of(domain, asked.series, told.rows)
        rows = [row for row in rows if row["series"] == series]
    value = {
        **of_domain(domain, state),
        "issue": head(domain, state),
        "champion": state.champion,
        "levels": {"version": told.version, "names": told.names, "lower": told.lower},
        "count": len(rows),
        "rows": rows,
    }
    return desk.kept(request, value)


@router.get("/forecast/when", response_model=When)
def when(request: Request, asked: Annotated[Slots, Query()]) -> Response:
    """The best and the worst slots of some hours in a window of days and hours."""
    desk = desk_of(request)
    domain, state, told = published(desk, request, asked.domain)
    if len(domain.cadence.slots) == 1:
        raise Problem(
            HTTPStatus.NOT_FOUND,
            f"a {domain.cadence.period} of it has one number, and no hours to choose from",
            remedy="read /forecast: it tells all that is ahead",
            field="domain",
        )
    series = series_of(domain, asked.series or domain.total, told.rows)
    rows = within(told, asked.first, asked.last)
    found = slots.of_length(_whole(domain, rows, series, asked), asked.hours, told.names)
    if not found:
        raise Problem(
            HTTPStatus.NOT_FOUND,
            "the window has no slot of so many whole hours",
            remedy="ask for fewer hours, or for a wider window",
            field="hours",
        )
    best, worst = slots.apart(found), slots.apart(found[::-1])
    value = {
        **of_domain(domain, state),
        "issue": head(domain, state),
        "series": series,
        "hours": asked.hours,
        "compared": len(found),
        "best": best,
        "worst": worst,
    }
    return desk.kept(request, value)


def published(desk: Desk, request: Request, name: str) -> tuple[Domain, State, Told]:
    """The domain, where it stands, and its published issue. Raises Problem 404 without one."""
    domain = desk.domain(name)
    state = desk.state(snapshot_of(request), name)
    if state.issue_id is None:
        raise nothing(name)
    return domain, state, desk.issues.get(domain, state)


def within(
    told: Told,
    first: date | None,
    last: date | None,
    fields: tuple[str, str] = ("from", "to"),
) -> list[Row]:
    """The rows from `first` to `last`. Raises Problem 404 for a day that is not published: less
    than what was asked for is never passed off as all of it."""
    span = f"published are {told.days[0]} to {told.days[-1]}"
    for name, day in zip(fields, (first, last), strict=True):
        if day is not None and not told.days[0] <= day <= told.days[-1]:
            raise Problem(
                HTTPStatus.NOT_FOUND, "there is no forecast of it", remedy=span, field=name
            )
    begin, end = first or told.days[0], last or told.days[-1]
    if begin > end:
        raise Problem(
            HTTPStatus.NOT_FOUND,
            "it is before the first day asked for",
            remedy=span,
            field=fields[1],
        )
    bounds = begin.isoformat(), end.isoformat()
    return [row for row in told.rows if bounds[0] <= row["business_date"] <= bounds[1]]


def of_domain(domain: Domain, state: State) -> dict[str, Any]:
    """What is forecast."""
    return {
        "domain": domain.name,
        "title": domain.title,
        "unit": domain.unit,
        "timezone": domain.cadence.timezone,
        "sample": datasets.is_sample(state.dataset),
    }


def _whole(domain: Domain, rows: Iterable[Row], series: str, asked: Slots) -> list[Row]:
    """The rows whose hours have sharp edges, within the hours asked for."""
    open_hours = {slot.hour for slot in domain.cadence.slots if slot.open}
    return [
        row
        for row in rows
        if row["series"] == series
        and row["hour"] not in open_hours
        and asked.earliest <= row["hour"]
        and row["hour"] + row["hours"] <= asked.latest
    ]
