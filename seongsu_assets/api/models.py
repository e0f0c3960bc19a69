"""`/models`, `/accuracy`, `/evaluate` and `/drift`: how right we are, and who decided what.
Nothing is measured anew; what was kept is told."""

from datetime import date, timedelta
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from seongsu_assets import clock
from seongsu_assets.api import shapes_models as shapes
from seongsu_assets.api.asking import Newest, OfDomain, Page, Scored
from seongsu_assets.api.desk import desk_of, nothing, series_of, snapshot_of
from seongsu_assets.domain import Domain
from seongsu_assets.warehouse import served
from seongsu_assets.warehouse.served import Row, State

router = APIRouter(tags=["models"])

#: For how long errors may be kept: they change with every truth that comes.
SCORES_SECONDS = 30.0
#: Days over which the champion's live errors are told.
LIVE_DAYS = 28


@router.get("/accuracy", response_model=shapes.Accuracy)
def accuracy(request: Request, asked: Annotated[Scored, Query()]) -> Response:
    """Errors of what was issued, by days ahead, beside the same hour a week before."""
    desk = desk_of(request)
    domain = desk.domain(asked.domain)
    state = desk.state(snapshot_of(request), asked.domain)
    told = desk.issues.get(domain, state).rows if state.issue_id else ()
    series = series_of(domain, asked.series or domain.total, told)
    first, last = _window(domain, state, asked.days)
    rows = desk.reader.read(
        partial(served.accuracy, domain=domain.name, series=series, first=first, last=last)
    )
    value = {"domain": domain.name, "series": series, "first": first, "last": last, "rows": rows}
    return desk.kept(request, value, SCORES_SECONDS)


@router.get("/evaluate", response_model=shapes.Evaluation)
def evaluate(request: Request, asked: Annotated[OfDomain, Query()]) -> Response:
    """The champion: what its evaluation over rolling origins promised, and live errors, both
    beside the same hour a week before."""
    desk = desk_of(request)
    domain = desk.domain(asked.domain)
    state = desk.state(snapshot_of(request), asked.domain)
    if state.champion is None:
        raise nothing(asked.domain)
    first, last = _window(domain, state, LIVE_DAYS)
    known = desk.reader.read(partial(served.model, dataset=state.dataset, model_id=state.champion))
    live = desk.reader.read(
        partial(served.accuracy, domain=domain.name, series=domain.total, first=first, last=last)
    )
    assert known is not None  # decisions refer to models
    value = {
        "domain": domain.name,
        "series": domain.total,
        "champion": _evaluated(known, state),
        "live_first": first,
        "live_last": last,
        "live": live,
    }
    return desk.kept(request, value, SCORES_SECONDS)


@router.get("/drift", response_model=shapes.Drift)
def drift(request: Request, asked: Annotated[Newest, Query()]) -> Response:
    """The verdicts on drift, with what they were made from; the first stands."""
    desk = desk_of(request)
    state = desk.state(snapshot_of(request), asked.domain)
    found = desk.reader.read(partial(served.verdicts, dataset=state.dataset, limit=asked.limit))
    value = {"domain": asked.domain, "standing": found[0] if found else None, "verdicts": found}
    return desk.kept(request, value)


@router.get("/models", response_model=shapes.Models)
def models(request: Request, asked: Annotated[Page, Query()]) -> Response:
    """All models, the newest first, each with every decision about it: by the rule, or by hand."""
    desk = desk_of(request)
    state = desk.state(snapshot_of(request), asked.domain)
    found = desk.reader.read(
        partial(served.models, dataset=state.dataset, before=asked.before, limit=asked.limit + 1)
    )
    told = found[: asked.limit]
    value = {
        "domain": asked.domain,
        "champion": state.champion,
        "count": len(told),
        "next": told[-1]["number"] if len(found) > len(told) else None,
        "models": [{**row, "serving": row["model_id"] == state.champion} for row in told],
    }
    return desk.kept(request, value)


def _window(domain: Domain, state: State, days: int) -> tuple[date, date]:
    """So many days up to yesterday, or to the newest data where they are older: then nothing
    newer has met its truth."""
    yesterday = clock.yesterday(domain.cadence.timezone)
    last = min(state.data_through or yesterday, yesterday)
    return last - timedelta(days=days - 1), last


def _evaluated(known: Row, state: State) -> Row:
    report: dict[str, Any] = known["metrics"]
    return {
        "model_id": known["model_id"],
        "since": state.since,
        "trained_from": known["trained_from"],
        "trained_to": known["trained_to"],
        "overall": _figures(report),
        "by_horizon": [
            {"horizon": int(horizon), **_figures(part)}
            for horizon, part in sorted(report.get("by_horizon", {}).items(), key=_number)
        ],
    }


def _number(item: tuple[str, Any]) -> int:
    return int(item[0])


def _figures(report: dict[str, Any]) -> Row:
    """What a report says of one group of rows; null is what it does not state."""
    ours, naive = report.get("ours", {}), report.get("seasonal_naive", {})
    return {
        "rows": report.get("rows", 0),
        "wape": ours.get("wape"),
        "naive_wape": naive.get("wape"),
        "ratio_to_naive": report.get("ratio_vs_seasonal_naive"),
        "inside": ours.get("coverage80"),
    }
