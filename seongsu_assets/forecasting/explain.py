"""Why a forecast is what it is: how many people the level, the weekday, a holiday and so on make.
Nothing is forecast here, and a part says what the model did, not what caused it."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from seongsu_assets.forecasting import features, linear, trees
from seongsu_assets.forecasting.attribution import CLOSE
from seongsu_assets.forecasting.model import Model
from seongsu_assets.forecasting.model import known as trained
from seongsu_assets.forecasting.point import Array, Point

KEYS = ["origin", "business_date", "hour", "horizon"]
#: The level is what a slot has on the mean ordinary day lately; the others change that.
PARTS = ("level", "weekday", "trend", "holiday", "season", "weather")
#: What a day is called by: the holiday's where the day is of a kind, else the weekday's.
CALENDAR = (
    "day_type", "off", "commuting", "run_length", "run_position", "to_festival", "since_festival",
)  # fmt: skip
#: Whose each column of the linear part and of the trees is. What the trees correct in any slot is
#: the weekday's, so that the level of a slot is the same on all days ahead.
OWNERS = (
    dict.fromkeys((*linear.PRIOR, "horizon"), "trend")
    | dict.fromkeys(linear.KINDS, "holiday")
    | dict.fromkeys(("pool", "dow", "log_level", "support", "hour", "slot", "bias"), "weekday")
    | {f"dow_{day}": "weekday" for day in range(7)}
    | {f"{name}{part}": "season" for name in features.SEASON for part in ("", "_change")}
    | {f"{name}_{part}": "weather" for name in features.WEATHER for part in ("change", "target")}
)


def explain(model: Model, rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` are feature rows. Origin, series (the total included, where all parts are),
    business_date, hour, horizon and the people of each of PARTS, which sum to the forecast median.

    People are shared by what each part adds in logs (logarithmic mean Divisia; Ang 2015, The LMDI
    approach to decomposition analysis): no order of the parts matters, and a part has the sign of
    what it adds. Trees are shared by TreeSHAP (Lundberg 2020). Rows of an hour that was never
    trained are left out. Raises ModelError as `Model.predict` does."""
    shape = model.point.shape
    known = trained(rows, shape)
    parts = pd.DataFrame(_people(_logs(model.point, known)), columns=list(PARTS))
    each = pd.concat([known[["series", *KEYS]], parts], axis=1)
    if model.total in shape.series:
        return each
    groups = each.groupby(KEYS, sort=False)[list(PARTS)]
    whole = groups.sum()[groups.size() == len(shape.series)].reset_index()
    return pd.concat([each, whole.assign(series=model.total)], ignore_index=True)


def _people(logs: Array) -> Array:
    """Of (row, part) the log of one more than the people is the sum; below none there is none."""
    changed = logs[:, 1:].sum(axis=1, keepdims=True)
    usual = np.maximum(np.expm1(logs[:, :1]), 0.0)
    people = np.maximum(np.expm1(logs[:, :1] + changed), 0.0)
    apart = np.abs(changed) > CLOSE
    each = np.where(apart, (people - usual) / np.where(apart, changed, 1.0), people + 1.0)
    return np.hstack([usual, each * logs[:, 1:]])


def _logs(fitted: Point, rows: pd.DataFrame) -> Array:
    """What each of PARTS adds in logs. Where the dynamic model says nothing, the other stands
    alone."""
    own, followed = _own(fitted, rows), _followed(rows)
    share = fitted.shape.plan.tuning.dynamic_weight
    both = (1 - share) * own + share * followed
    return np.where(np.isfinite(rows[["dynamic"]].to_numpy()), both, own)


def _followed(rows: pd.DataFrame) -> Array:
    """Of the dynamic model: the weekday is what the others leave."""
    told = {name: rows[f"dynamic_{name}"].to_numpy() for name in PARTS if name != "weekday"}
    rest = rows["dynamic"].to_numpy() - np.sum(list(told.values()), axis=0)
    return np.column_stack([(told | {"weekday": rest})[name] for name in PARTS])


def _own(fitted: Point, rows: pd.DataFrame) -> Array:
    """Of level, linear part and trees. A day off in the week has the level of a weekend: how far
    that is from its weekday's is the holiday's."""
    shape = fitted.shape
    kind = (rows[list(linear.KINDS)] != 0).any(axis=1).to_numpy()
    design, slot = shape.design(rows)[0], shape.slot(rows)
    names = [name.partition(":")[0] for name in linear.columns(shape.weather)]
    line = _owned(design * fitted.linear.coefficients[slot], names, kind)
    table = shape.table(rows, fitted.linear.predict(design, slot))
    grown = trees.contributions(fitted.booster, table)
    on_line = shape.columns.index("linear")
    of_line = grown[:, [on_line]]
    names = [*shape.columns, "bias"]
    del names[on_line]
    week, own, now = (rows[name].to_numpy() for name in (*features.USUAL, "log_level"))
    level = {"level": week, "weekday": own - week, "holiday": now - own}
    nothing = np.zeros(len(rows))
    return (
        np.column_stack([level.get(name, nothing) for name in PARTS])
        + line
        + _owned(np.delete(grown, on_line, axis=1), names, kind)
        + of_line * _shares(line)
    )


def _owned(values: Array, names: Sequence[str], kind: np.ndarray) -> Array:
    """The columns `names` of `values` summed by their owners (row, part)."""
    plain, special = (
        np.array([[owners[name] == part for part in PARTS] for name in names], dtype=float)
        for owners in (OWNERS | dict.fromkeys(CALENDAR, day) for day in ("weekday", "holiday"))
    )
    return np.where(kind[:, None], values @ special, values @ plain)


def _shares(line: Array) -> Array:
    """What the trees make of the linear part's sum is shared by the size of its parts; all of it
    the weekday's where that says nothing."""
    size = np.abs(line)
    size[:, PARTS.index("weekday")] += np.finfo(float).tiny
    return size / size.sum(axis=1, keepdims=True)
