"""`POST /events` and `POST /events/{id}/withdraw`: what people know that no forecast does.
The published forecast is never changed by it; what is kept is in `warehouse.adjustments`."""

from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

import anyio.to_thread
from fastapi import APIRouter, Security
from pydantic import BeforeValidator, Field
from starlette.requests import Request
from starlette.responses import Response

from seongsu_assets import clock
from seongsu_assets.api.asking import Day, Hour, OfDomain
from seongsu_assets.api.desk import desk_of, writer_of
from seongsu_assets.api.problems import Problem
from seongsu_assets.api.runs import KEY
from seongsu_assets.api.shapes import Event
from seongsu_assets.domain import Domain
from seongsu_assets.errors import AdjustmentError, NoAdjustment, TooLate
from seongsu_assets.warehouse import adjustments
from seongsu_assets.warehouse.adjustments import Entry, Row

router = APIRouter(tags=["events"], dependencies=[Security(KEY)])

MOST = 100_000
#: One line without what changes how others are read: controls, separators, turns of direction.
_MARKS = r"\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069"
Name = Annotated[
    str,
    Field(
        min_length=1,
        max_length=80,
        pattern=rf"^[^{_MARKS}]*[^{_MARKS}\s][^{_MARKS}]*$",
        description="one line; it is kept and shown to everybody",
    ),
]


def _number(value: Any) -> Any:
    """A number, and none that would change nothing; a text or a truth value is none."""
    if isinstance(value, (str, bool)) or value == 0:
        raise ValueError("write a whole number of people, not 0")
    return value


People = Annotated[
    int, Field(ge=-MOST, le=MOST, json_schema_extra={"not": {"const": 0}}), BeforeValidator(_number)
]


class Known(OfDomain):
    """An event of some hours of a day that are forecast."""

    id: UUID = Field(description="random and yours: the same sent twice is entered once")
    business_date: Day
    from_hour: Hour = Field(description="its first hour; 24 and more are after midnight")
    to_hour: Hour = Field(description="the first hour that is not of it any more")
    name: Name
    people: People = Field(description="how many people an hour more come, or fewer")


@router.post(
    "/events",
    status_code=HTTPStatus.CREATED,
    response_model=Event,
    responses={200: {"model": Event, "description": "it was entered before"}},
)
async def enter(request: Request, response: Response, asked: Known) -> dict[str, Any]:
    """Enter an event, before its first hour begins: an adjustment of the total, kept beside the
    forecast and scored like it. Nothing that is published changes."""
    desk, by = desk_of(request), writer_of(request)
    domain = desk.domain(asked.domain)
    dataset = desk.state(await desk.pointer.fresh(), domain.name).dataset
    _whole(domain, asked)
    entry = Entry(
        asked.id, dataset, domain.total, asked.business_date, asked.from_hour, asked.to_hour,
        asked.name, asked.people,
    )  # fmt: skip

    def write() -> tuple[Row, bool]:
        return desk.writer.write(lambda conn: adjustments.enter(conn, entry, clock.now(), by))

    try:
        kept, new = await anyio.to_thread.run_sync(write)
    except NoAdjustment as error:
        raise _refused(HTTPStatus.NOT_FOUND, error, "business_date") from None
    except AdjustmentError as error:
        field = "from_hour" if isinstance(error, TooLate) else "id"
        raise _refused(HTTPStatus.CONFLICT, error, field) from None
    response.status_code = HTTPStatus.CREATED if new else HTTPStatus.OK
    return _told(kept)


@router.post("/events/{id}/withdraw", response_model=Event)
async def withdraw(request: Request, id: UUID) -> dict[str, Any]:  # noqa: A002 - as the path says
    """Withdraw an event, while any of its hours has not begun. The entry stays where it is; hours
    that have begun are scored with it."""
    desk, by = desk_of(request), writer_of(request)

    def write() -> Row:
        return desk.writer.write(lambda conn: adjustments.withdraw(conn, id, clock.now(), by))

    try:
        return _told(await anyio.to_thread.run_sync(write))
    except NoAdjustment as error:
        raise _refused(HTTPStatus.NOT_FOUND, error, "id") from None
    except AdjustmentError as error:
        raise _refused(HTTPStatus.CONFLICT, error, "id") from None


def _whole(domain: Domain, asked: Known) -> None:
    """Raises Problem 404 for hours that are not whole slots: in an open one nobody knows when the
    people come."""
    slots = domain.cadence.slots
    of_it = [slot for slot in slots if asked.from_hour <= slot.hour < asked.to_hour]
    ends = {slot.hour + slot.hours for slot in of_it if not slot.open}
    starts = {slot.hour for slot in of_it if not slot.open}
    for field, hour, known in (
        ("from_hour", asked.from_hour, starts), ("to_hour", asked.to_hour, ends),
    ):  # fmt: skip
        if hour not in known or any(slot.open for slot in of_it):
            told = ", ".join(f"{slot.hour}-{slot.hour + slot.hours}" for slot in slots
                             if not slot.open)  # fmt: skip
            raise Problem(
                HTTPStatus.NOT_FOUND,
                "there are no such whole hours",
                remedy=f"begin and end with one of {told}",
                field=field,
            )


def _refused(status: HTTPStatus, error: AdjustmentError, field: str) -> Problem:
    return Problem(status, str(error.args[0]), remedy=error.remedy, field=field)


def _told(kept: Row) -> dict[str, Any]:
    domain = kept["dataset"].partition("@")[0]
    told = {name: value for name, value in kept.items() if name != "dataset"}
    return {"domain": domain, **told}
