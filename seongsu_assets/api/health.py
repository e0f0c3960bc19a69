"""`/health`, `/ready`, `/metrics` and `/status`: whether the process lives and can be relied on.
No forecast is told here."""

from http import HTTPStatus

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from seongsu_assets import clock
from seongsu_assets.api.desk import Desk, desk_of, snapshot_of
from seongsu_assets.api.forecast import of_domain
from seongsu_assets.api.issues import head, stale_after
from seongsu_assets.api.meters import CONTENT_TYPE
from seongsu_assets.api.problems import Problem, Wrong
from seongsu_assets.api.shapes import Health, Ready
from seongsu_assets.api.shapes_models import Status
from seongsu_assets.warehouse import served
from seongsu_assets.warehouse.served import Row, State

router = APIRouter(tags=["standing"])

#: For how long the counts of what was refused may be kept.
STATUS_SECONDS = 10.0


@router.get("/health")
async def health() -> Health:
    """200 while the process lives; nothing else is asked."""
    return Health(status="ok")


@router.get("/ready")
async def ready(request: Request) -> Ready:
    """200 where the database answers, and each domain of which something was loaded has a
    forecast published that is not stale; else 503, with each domain that has not."""
    desk = desk_of(request)
    states = (await desk.pointer.fresh()).states
    wrong = [
        Wrong(field=name, detail=why)
        for name in desk.domains
        if name in states and (why := _amiss(desk, states[name]))
    ]
    if wrong or not states:
        told = "; ".join(f"{each.field}: {each.detail}" for each in wrong)
        raise Problem(
            HTTPStatus.SERVICE_UNAVAILABLE,
            told or "nothing was ever loaded",
            remedy="the operator runs `seongsu status`",
            errors=wrong,
            headers={"Retry-After": "60"},
        )
    return Ready(status="ready", domains=list(states))


@router.get("/metrics", response_class=Response)
async def metrics(request: Request) -> Response:
    """Requests and how long they took, for Prometheus."""
    return Response(desk_of(request).meters.page(), media_type=CONTENT_TYPE)


@router.get("/status", response_model=Status)
def status(request: Request) -> Response:
    """Every domain: its series, what it stands on, who is champion, and what is published."""
    desk = desk_of(request)
    found = {row["domain"]: row for row in desk.reader.read(served.data_status)}
    states = snapshot_of(request).states
    told = [
        _standing(desk, states[name], found.get(name, {}))
        for name in desk.domains
        if name in states
    ]
    return desk.kept(request, {"domains": told}, STATUS_SECONDS)


def _amiss(desk: Desk, state: State) -> str:
    """What is wrong with what is published; empty where nothing is."""
    if state.issue_id is None:
        return "nothing is published"
    if clock.now() > stale_after(desk.domains[state.domain], state):
        return f"published is still the forecast of {state.origin}"
    return ""


def _standing(desk: Desk, state: State, status: Row) -> Row:
    domain = desk.domains[state.domain]
    issue = head(domain, state) if state.issue_id else {}
    kept = ("issue_id", "origin", "issued_at", "tier", "model_id", "stale_after")
    return {
        **of_domain(domain, state),
        "series": list(domain.series),
        "total": domain.total,
        "data_through": status.get("data_through"),
        "refused_days": status.get("refused_days", 0),
        "quarantined_rows": status.get("quarantined_rows", 0),
        "champion": state.champion,
        **{name: issue.get(name) for name in kept},
    }
