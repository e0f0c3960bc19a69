"""Making one issue: the best model that loads, its quantiles, the levels, and what is usual.
No Dagster here, and nothing is written; `forecasts` does both."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, timedelta

import numpy as np
import pandas as pd

from seongsu_assets.assets import lineage
from seongsu_assets.assets.features import build
from seongsu_assets.domain import Domain, Window
from seongsu_assets.errors import ModelError, NotEnoughHistory
from seongsu_assets.forecasting import baselines, explain, learners, levels, profile
from seongsu_assets.forecasting.recipe import Recipe
from seongsu_assets.warehouse import covariates, features, models, observations
from seongsu_assets.warehouse.forecasts import Issue
from seongsu_assets.warehouse.postgres import Connection

KEYS = ["series", "business_date", "hour"]
PARTS = [f"part_{name}" for name in explain.PARTS]
QUANTILES = ["q05", "q10", "q25", "q50", "q75", "q90", "q95"]


@dataclass(frozen=True)
class Known:
    """The frames that an issue is made from, as they were; `features` may be empty."""

    features: pd.DataFrame
    observations: pd.DataFrame
    calendar: pd.DataFrame


@dataclass(frozen=True)
class Served:
    """Quantiles and who made them. Tiers: the champion, an earlier champion, the usual profile."""

    rows: pd.DataFrame
    model_id: str | None
    tier: str


@dataclass(frozen=True)
class Made:
    """An issue and all it was made from."""

    head: Issue
    rows: pd.DataFrame
    cutoffs: levels.Cutoffs
    known: Known
    recipe: Recipe

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """What it was made from by its kind; what was empty is not there."""
        return {name: frame for name, frame in vars(self.known).items() if len(frame)}


def make(
    conn: Connection, domain: Domain, dataset: str, origin: date, warn: Callable[[str], None]
) -> Made:
    """The issue of `origin` from what was known at its end.

    Raises NotEnoughHistory when not even a usual profile can be told."""
    known = _gather(conn, domain, dataset, origin)
    recipe = Recipe.of(domain)
    served = serve(conn, dataset, known.features, warn)
    served = served or Served(usual(recipe, origin, known), None, "profile")
    rows, cutoffs = finish(recipe, origin, known, served.rows)
    data = lineage.short(
        [
            lineage.data_version(conn, dataset, Window(origin, origin)),
            len(known.observations),
        ]
    )
    head = Issue(
        lineage.short(
            [dataset, origin, served.model_id, served.tier, data, cutoffs.version, rows.to_csv()]
        ),
        origin,
        known.observations.business_date.max().date(),
        served.model_id,
        served.tier,
        data,
        cutoffs.version,
    )
    return Made(head, rows, cutoffs, known, recipe)


def _gather(conn: Connection, domain: Domain, dataset: str, origin: date) -> Known:
    """What is known at the end of `origin`, and no more of it than an issue looks at."""
    two_cycles = domain.plan.span(2 * domain.plan.cycle)
    first = origin - max(timedelta(days=domain.levels.window_days + 35), two_cycles)
    known = observations.read(conn, dataset, first, origin)
    if known.empty:
        raise NotEnoughHistory(
            f"no observation up to {origin}", remedy=f"load data: `seongsu run {domain.name}`"
        )
    calendar = covariates.read(conn, domain.name, "calendar")
    last = pd.Timestamp(domain.cadence.ends(origin + domain.plan.span(domain.plan.horizon)))
    days = calendar.business_date.between(known.business_date.min(), last)
    asked = Window(origin, origin)
    # After an outage all that was due comes at once, and this may be before its features were kept.
    held = features.read(conn, dataset, asked)
    return Known(
        build(conn, domain, dataset, asked) if held.empty else held,
        known,
        calendar[days].reset_index(drop=True),
    )


def serve(
    conn: Connection, dataset: str, held: pd.DataFrame, warn: Callable[[str], None]
) -> Served | None:
    """The champion's answer; else that of the champion before it, and so on; else None."""
    if held.empty:
        warn("no features for this origin; the usual profile serves")
        return None
    for place, model_id in enumerate(models.champions(conn, dataset)):
        try:
            answer = quantiles(learners.read(*models.artefact(conn, model_id)), held)
        except ModelError as error:
            warn(f"{model_id} cannot serve: {error}")
            continue
        return Served(answer, model_id, "last_good" if place else "champion")
    return None


def quantiles(loaded: learners.Model, held: pd.DataFrame) -> pd.DataFrame:
    """The model's answer, with what it is made of. Raises ModelError when it does not fit these
    features, or when what it says is not finite: its numbers may be well formed and absurd."""
    try:
        with np.errstate(all="ignore"):  # what overflows is looked for in the answer
            answer = loaded.predict(held)
            parts = _parts(loaded, held)
    except (KeyError, IndexError, ValueError) as error:
        raise ModelError(
            f"the model does not fit the features: {error!r}", remedy="train again"
        ) from error
    names = [name for name in answer.columns if name[0] == "q" and name[1:].isdigit()]
    made = [answer[names]] if parts is None else [answer[names], parts[PARTS]]
    if not all(np.isfinite(each.to_numpy(dtype=np.float64)).all() for each in made):
        raise ModelError("the model forecasts what is not a number", remedy="train again")
    return answer if parts is None else answer.merge(parts, on=[*explain.KEYS, "series"])


def _parts(loaded: learners.Model, held: pd.DataFrame) -> pd.DataFrame | None:
    """What the answer is made of; None where its learner cannot tell."""
    told = learners.kind_of(loaded).explain
    if told is None:
        return None
    parts = told(loaded, held).rename(columns=dict(zip(explain.PARTS, PARTS, strict=True)))
    return parts[[*explain.KEYS, "series", *PARTS]]


def usual(recipe: Recipe, origin: date, known: Known) -> pd.DataFrame:
    """The quantiles of the usual profile."""
    return profile.usual(
        baselines.with_total(known.observations, recipe.series, recipe.total),
        known.calendar,
        pd.Timestamp(origin),
        recipe.plan,
        lag_days=recipe.lag_days,
    )


def finish(
    recipe: Recipe, origin: date, known: Known, answer: pd.DataFrame
) -> tuple[pd.DataFrame, levels.Cutoffs]:
    """The rows as they are stored, with instant, level and its probabilities, the usual and the
    naive; and the cut-offs of the levels."""
    whole = baselines.with_total(known.observations, recipe.series, recipe.total)
    cutoffs = levels.derive(whole[whole.series == recipe.total], recipe.levels)
    rows = answer.assign(origin=pd.Timestamp(origin)).sort_values(KEYS).reset_index(drop=True)
    rows = placed(recipe, rows)
    if not set(PARTS) <= set(rows):
        rows[PARTS] = None  # not made of parts, as the usual profile, or nobody can tell
    lag, plan = recipe.lag_days, recipe.plan
    rows["usual"] = baselines.seasonal_mean(whole, known.calendar, rows, plan, lag_days=lag)
    rows["naive"] = baselines.seasonal_naive(whole, rows, plan, lag_days=lag)
    mine = (rows.series == recipe.total).to_numpy()
    shares = levels.probabilities(rows, cutoffs).to_numpy()
    rows["level"] = pd.Series(levels.level(rows.q50, cutoffs), dtype="Int64").where(mine)
    rows["p_levels"] = [
        "{" + ",".join(f"{share:.6f}" for share in row) + "}" if leveled else None
        for row, leveled in zip(shares, mine, strict=True)
    ]
    columns = [*KEYS, "at", "horizon", *QUANTILES, "level", "p_levels", "usual", "naive", *PARTS]
    return rows[columns], cutoffs


def placed(recipe: Recipe, rows: pd.DataFrame) -> pd.DataFrame:
    """With the instant at which each slot starts. Where clocks go forward an hour is not there."""
    begins: dict[tuple[pd.Timestamp, int], str | None] = {}
    for day, hour in dict.fromkeys(zip(rows.business_date, rows.hour, strict=True)):
        at, end = (recipe.at(day.date(), int(hour) + more).astimezone(UTC) for more in (0, 1))
        begins[day, hour] = recipe.at(day.date(), int(hour)).isoformat() if at < end else None
    slots = zip(rows.business_date, rows.hour, strict=True)
    at = pd.Series([begins[slot] for slot in slots], index=rows.index)
    return rows.assign(at=at).dropna(subset="at").reset_index(drop=True)
