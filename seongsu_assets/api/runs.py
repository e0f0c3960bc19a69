"""`POST /train` and `POST /promote`: runs of Dagster that are asked for, never waited for.
Nothing is trained or decided inside a request."""

from http import HTTPStatus
from typing import Annotated, Any

import anyio.to_thread
from fastapi import APIRouter, Security
from fastapi.security import HTTPBearer
from pydantic import Field
from starlette.requests import Request

from seongsu_assets.api.asking import OfDomain
from seongsu_assets.api.desk import desk_of, nothing
from seongsu_assets.api.problems import Problem
from seongsu_assets.api.shapes import Started
from seongsu_assets.warehouse import served

#: The key is checked in `guard` before a body is read; this tells the OpenAPI document.
KEY = HTTPBearer(auto_error=False, description="the key of `seongsu key`")
router = APIRouter(tags=["writes"], dependencies=[Security(KEY)])

Reason = Annotated[
    str,
    Field(
        min_length=1,
        max_length=500,
        pattern=r"^[^\u0000-\u001f]*[^\u0000-\u0020][^\u0000-\u001f]*$",
        description="one line; it is kept and shown",
    ),
]


class Train(OfDomain):
    """A challenger, and the decision about it."""

    reason: Reason


class Promote(OfDomain):
    """A model that is to serve, whatever the rule says."""

    model_id: str = Field(min_length=1, max_length=64, pattern="^[0-9A-Za-z_-]+$")
    reason: Reason


@router.post("/train", status_code=HTTPStatus.ACCEPTED, response_model=Started)
async def train(request: Request, asked: Train) -> dict[str, str]:
    """Ask for a challenger and the decision about it. The same data make no new model."""
    desk = desk_of(request)
    domain = desk.domain(asked.domain)
    return await desk.runs.start(f"{domain.name}_train", {}, _tags(asked.reason))


@router.post("/promote", status_code=HTTPStatus.ACCEPTED, response_model=Started)
async def promote(request: Request, asked: Promote) -> dict[str, str]:
    """Ask that a model serves from now on: a decision made by hand, kept with its reason. What is
    published stays until the next issue, which the model makes."""
    desk = desk_of(request)
    domain = desk.domain(asked.domain)
    state = (await desk.pointer.fresh()).states.get(domain.name)
    if state is None:
        raise nothing(domain.name)
    dataset = state.dataset

    def known() -> Any:
        return desk.reader.read(lambda conn: served.model(conn, dataset, asked.model_id))

    if await anyio.to_thread.run_sync(known) is None:
        raise _wrong(HTTPStatus.NOT_FOUND, "there is no such model")
    if state.champion == asked.model_id:
        raise _wrong(HTTPStatus.CONFLICT, "this model serves already")
    config = {"ops": {"promote": {"config": {"model_id": asked.model_id, "reason": asked.reason}}}}
    return await desk.runs.start(f"{domain.name}_promote", config, _tags(asked.reason))


def _tags(reason: str) -> dict[str, str]:
    return {"seongsu/asked_by": "api", "seongsu/reason": reason}


def _wrong(status: HTTPStatus, detail: str) -> Problem:
    return Problem(status, detail, remedy="choose another; /models lists them", field="model_id")
