"""What may be asked: the parameters of each question, bounded; anything else is refused.
Whether there is an answer is not decided here."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(value: Any) -> Any:
    """ISO only: a number is no date, and neither is a moment."""
    if value is not None and not (isinstance(value, str) and _DAY.fullmatch(value)):
        raise ValueError("write a date as YYYY-MM-DD")
    return value


Day = Annotated[date, BeforeValidator(_day)]
Name = Annotated[str, Field(min_length=1, max_length=64)]
Hour = Annotated[int, Field(ge=0, le=28)]


class Question(BaseModel):
    """Nothing that is not named."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class OfDomain(Question):
    domain: Name = Field(description="what is forecast; see /status")


class Published(OfDomain):
    """Days of the published forecast."""

    series: Name | None = Field(None, description="one part, or the total; all where left out")
    first: Day | None = Field(
        None, alias="from", description="the first business date; the first published if left out"
    )
    last: Day | None = Field(
        None, alias="to", description="the last business date; the last published if left out"
    )


class Slots(Published):
    """Slots of a length in a window."""

    hours: int = Field(1, ge=1, le=18, description="length of a slot in whole hours")
    earliest: Hour = Field(0, description="no slot begins before this hour of the business date")
    latest: Hour = Field(28, description="no slot ends after it; 24 and more are after midnight")


class Scored(OfDomain):
    series: Name | None = Field(None, description="one part; the total where left out")
    days: int = Field(28, ge=1, le=366, description="target days back from the newest data")


class Newest(OfDomain):
    limit: int = Field(30, ge=1, le=366, description="how many, the newest first")


class Page(OfDomain):
    limit: int = Field(100, ge=1, le=500, description="models in one answer, the newest first")
    before: Annotated[int, Field(ge=1, le=2**62)] | None = Field(
        None, description="only models older than this `number`: `next` of the answer before"
    )
