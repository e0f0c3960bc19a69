"""Errors as RFC 9457 problem details: what was wrong, in which field, and what to do.
Nothing of the inside is ever told: no trace, no statement, no address."""

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from seongsu_assets.errors import WarehouseError

MEDIA_TYPE = "application/problem+json"
#: What pydantic puts before the name of a field: where the field stands.
_PLACES = {"query", "path", "header", "body"}


class Wrong(BaseModel):
    """One thing that is wrong with the request."""

    field: str = Field(description="the parameter, header or path inside the body")
    detail: str


class ProblemDetails(BaseModel):
    """RFC 9457 problem details."""

    type: str = Field(description="a name for this kind of problem, stable over time")
    title: str
    status: int
    detail: str = Field(description="what is wrong in this very case")
    remedy: str = Field(description="what to do next")
    errors: list[Wrong] = Field(description="each field that is wrong; empty where none is")


class Problem(HTTPException):
    """A request that cannot be answered. `field` names what is wrong with it, where it is. As the
    router's own exception it also passes where the body is being read."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        *,
        remedy: str,
        field: str = "",
        errors: Iterable[Wrong] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, detail, dict(headers or {}))
        self.status, self.remedy = status, remedy
        self.errors = [Wrong(field=field, detail=detail)] if field else list(errors)

    def response(self) -> Response:
        """The answer; it is never kept by a cache."""
        name = self.status.phrase.lower().replace(" ", "-")
        told = ProblemDetails(
            type=f"urn:seongsu:problem:{name}",
            title=self.status.phrase,
            status=self.status,
            detail=self.detail,
            remedy=self.remedy,
            errors=self.errors,
        )
        headers = {"Cache-Control": "no-store", **(self.headers or {})}
        body = json.dumps(told.model_dump(), ensure_ascii=False).encode()
        return Response(body, self.status, headers, media_type=MEDIA_TYPE)


def of_validation(_request: Request, error: Exception) -> Response:
    """The problem of a request that is not of the documented shape. Its values are not repeated."""
    assert isinstance(error, RequestValidationError)
    wrong = [Wrong(field=_field(each["loc"]), detail=str(each["msg"])) for each in error.errors()]
    told = "; ".join(f"{each.field}: {each.detail}" for each in wrong[:3])
    return Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        told,
        remedy="correct the fields named; /docs tells what each may be",
        errors=wrong,
    ).response()


def _field(place: Iterable[object]) -> str:
    names = [str(part) for part in place]
    inside = names[1:] if len(names) > 1 and names[0] in _PLACES else names
    # Of JSON that cannot be read, the place is a number of characters.
    return (
        "body"
        if names[0] == "body" and all(name.isdigit() for name in inside)
        else ".".join(inside)
    )


def of_http(_request: Request, error: Exception) -> Response:
    """The problem of what the router refuses: an unknown path, another method, an odd body."""
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    fields = {HTTPStatus.NOT_FOUND: "path", HTTPStatus.METHOD_NOT_ALLOWED: "method"}
    return Problem(
        status,
        f"{status.phrase}: {status.description or 'the request is refused'}",
        remedy="/docs lists every path and its methods",
        field=fields.get(status, "body"),
        headers=error.headers,
    ).response()


def of_warehouse(_request: Request, error: Exception) -> Response:
    assert isinstance(error, WarehouseError)
    return unavailable(str(error.args[0]), error.remedy).response()


def of_failure(_request: Request, _error: Exception) -> Response:
    return failure().response()


def of_problem(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return error.response()


def failure() -> Problem:
    """What nobody foresaw: the log has its trace, the answer nothing of it."""
    return Problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "this could not be answered",
        remedy="ask again; the operator finds the cause in the log",
    )


def unavailable(detail: str, remedy: str) -> Problem:
    """Something that is needed does not answer."""
    return Problem(
        HTTPStatus.SERVICE_UNAVAILABLE, detail, remedy=remedy, headers={"Retry-After": "5"}
    )
