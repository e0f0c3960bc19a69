"""What is answered about models, errors, drift and the standing of domains.
Answers about forecasts are in `shapes`; nothing is computed here."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from seongsu_assets.api.shapes import Answer, Tier


class Errors(Answer):
    """Errors of one horizon, all forecasters on the same rows. null: cannot be stated."""

    horizon: int = Field(description="days ahead")
    hours: int = Field(description="forecast slots that met their truth")
    wape: float | None = Field(description="sum of errors over sum of people")
    naive_wape: float | None = Field(description="of the same hour a week before")
    inside: float | None = Field(description="share of what came inside q10 to q90; aim 0.8")


class Accuracy(Answer):
    """What was issued, beside what came."""

    domain: str
    series: str
    first: date
    last: date
    rows: list[Errors]


class Figures(Answer):
    """Of the champion's rolling-origin evaluation, made before it served."""

    rows: int
    wape: float | None
    naive_wape: float | None
    ratio_to_naive: float | None
    inside: float | None


class ByHorizon(Figures):
    horizon: int


class Evaluated(Answer):
    """A model and its evaluation."""

    model_id: str
    since: datetime = Field(description="champion since")
    trained_from: date
    trained_to: date
    overall: Figures
    by_horizon: list[ByHorizon]


class Evaluation(Answer):
    """The champion: promised in its evaluation, and kept live by all that was issued."""

    domain: str
    series: str
    champion: Evaluated
    live_first: date
    live_last: date
    live: list[Errors]


class Verdict(Answer):
    """What is to be done at the end of `origin`, and why."""

    origin: date
    judged_at: datetime
    verdict: Literal["force", "reactive", "proactive", "wait", "all good"]
    reason: str
    inputs: dict[str, Any]


class Drift(Answer):
    """The newest verdict stands; null before the first."""

    domain: str
    standing: Verdict | None
    verdicts: list[Verdict]


class Decision(Answer):
    """A decision about a model."""

    decided_at: datetime
    outcome: Literal["first", "promote", "keep", "reject"]
    champion: str | None = Field(description="whom it was compared with")
    by: Literal["rule", "hand"]
    reason: str


class Model(Answer):
    """A model and all decisions about it; figures are of its own evaluation."""

    number: int
    model_id: str
    serving: bool
    created_at: datetime
    trained_from: date
    trained_to: date
    wape: float | None
    ratio_to_naive: float | None
    coverage80: float | None
    mlflow_run_id: str | None
    dagster_run_id: str | None
    decisions: list[Decision]


class Models(Answer):
    """Models, the newest first."""

    domain: str
    champion: str | None
    count: int
    next: int | None = Field(description="`before` of the following page; null on the last")
    models: list[Model]


class Standing(Answer):
    """One domain: what it is, what it stands on and what is published. null: not there yet."""

    domain: str
    title: str
    unit: str
    timezone: str
    series: list[str]
    total: str
    sample: bool
    data_through: date | None
    refused_days: int
    quarantined_rows: int
    champion: str | None
    issue_id: str | None
    origin: date | None
    issued_at: datetime | None
    tier: Tier | None
    model_id: str | None
    stale_after: datetime | None


class Status(Answer):
    """Every domain of which anything was loaded."""

    domains: list[Standing]
