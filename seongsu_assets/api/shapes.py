"""What is answered about forecasts, as the OpenAPI document tells it.
Answers about models and errors are in `shapes_models`; nothing is computed here."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

Tier = Literal["champion", "last_good", "profile"]


class Answer(BaseModel):
    """Nothing that is not named."""

    model_config = ConfigDict(extra="forbid")


class Issue(Answer):
    """Who made a forecast, and from what."""

    issue_id: str
    origin: date = Field(description="the last day before the first that is forecast")
    issued_at: datetime
    published_at: datetime
    data_through: date = Field(description="the newest day that was known")
    tier: Tier = Field(description="the champion, an earlier champion, or the usual profile")
    model_id: str | None = Field(description="the model that made it; null for the usual profile")
    stale_after: datetime = Field(description="by then a newer forecast should be published")


class Levels(Answer):
    """The levels of the total, from calm to crowded."""

    version: str
    names: list[str]
    lower: list[float] = Field(description="people per slot at which the 2nd and following begin")


class Row(Answer):
    """One slot of one series: people, rounded to two digits."""

    series: str
    business_date: date
    hour: int = Field(description="start of the slot; 24 and more are after midnight")
    hours: int = Field(description="length of the slot")
    at: datetime
    horizon: int = Field(description="days after the origin")
    q05: float | None
    q10: float
    q25: float | None
    q50: float = Field(description="the median")
    q75: float | None
    q90: float = Field(description="q10 to q90 should hold 8 times out of 10")
    q95: float | None
    level: int | None = Field(description="of the total: 0 calm to 3 crowded")
    level_name: str | None
    p_levels: list[float] | None = Field(description="the chance of each level")
    usual: float | None = Field(description="the mean of the last days of the same type")


class Domain(Answer):
    """What is forecast."""

    domain: str
    title: str
    unit: str
    timezone: str
    sample: bool = Field(description="true where the data are generated, not measured")


class Forecast(Domain):
    """The published forecast: all of one issue."""

    issue: Issue
    champion: str | None = Field(description="the model that makes the next issue")
    levels: Levels
    count: int
    rows: list[Row]


class Slot(Answer):
    """So many whole hours in a row of one day."""

    business_date: date
    first_hour: int
    last_hour: int = Field(description="the start of its last hour")
    begins: datetime
    ends: datetime
    people_per_hour: float = Field(description="mean of the medians")
    highest_level: int | None
    highest_level_name: str | None


class When(Domain):
    """The calmest and the most crowded slots, none of which overlap."""

    issue: Issue
    series: str
    hours: int
    compared: int = Field(description="slots of this length in the window")
    best: list[Slot]
    worst: list[Slot]


class Changed(Row):
    """A slot of a what-if, beside the same model's answer without it."""

    q50_without: float = Field(description="the median of the same model and data, nothing changed")


class Serving(Answer):
    """The model that answered, and what it learned from."""

    model_id: str
    tier: Literal["champion", "last_good"]
    trained_from: date
    trained_to: date


class Data(Answer):
    """What the model was told."""

    origin: date
    data_through: date
    data_version: str = Field(description="a hash of the days known at the origin")


class Predicted(Domain):
    """A what-if. It is not published, not kept and never scored."""

    model: Serving
    data: Data
    levels: Levels
    notes: list[str] = Field(description="what was asked for and could not be used, and why")
    count: int
    rows: list[Changed]


class Started(Answer):
    """A run of Dagster that was asked for."""

    run_id: str
    job: str
    link: str


class Event(Answer):
    """What somebody has added to the forecast of the total, and who withdrew it."""

    id: UUID
    domain: str
    series: str
    business_date: date
    from_hour: int
    to_hour: int = Field(description="the first hour that is not of it any more")
    name: str
    people: int = Field(description="people an hour")
    issue_id: str = Field(description="published when it was entered: it is scored beside that")
    entered_at: datetime
    entered_by: str = Field(description="the fingerprint of the key")
    withdrawn_at: datetime | None
    withdrawn_by: str | None


class Holder(Answer):
    """Whoever has the key."""

    fingerprint: str = Field(
        description="by which people tell keys apart; no key can be made of it"
    )


class Health(Answer):
    """The process lives."""

    status: Literal["ok"]


class Ready(Answer):
    """The published forecast of each domain is there and of the day it should be of."""

    status: Literal["ready"]
    domains: list[str]
