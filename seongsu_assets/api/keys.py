"""`GET /key`: whether the key is good, and by what name it is known.
The key is checked in `guard`, before this is reached."""

from fastapi import APIRouter, Security
from starlette.requests import Request
from starlette.responses import Response

from seongsu_assets.api.desk import writer_of
from seongsu_assets.api.runs import KEY
from seongsu_assets.api.shapes import Holder

router = APIRouter(tags=["writes"], dependencies=[Security(KEY)])


@router.get("/key")
async def key(request: Request, response: Response) -> Holder:
    """200 where the key of the header is good; nothing is written."""
    response.headers["Cache-Control"] = "no-store"
    return Holder(fingerprint=writer_of(request))
