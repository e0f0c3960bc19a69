"""A few rows of what a stage makes, from the published view that has it.
A stage without such a view has no rows here; its checks and runs are in `stage`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from seongsu_assets.incidents.symptom import PLATFORM
from ui.data import Answer, Rows, answer
from ui.pages.guidebook.read import Guide
from ui.state.declared import declared, total_of
from ui.state.seen import Seen

#: Rows that are shown.
ROWS = 5


@dataclass(frozen=True)
class Shown:
    """Which columns of which view. `since` bounds the column that is named first in `order`:
    nothing older is read. The newest are the last rows, or the first of what is still to come.
    `platform`: what is open, of no domain too."""

    view: str
    columns: tuple[str, ...]
    order: tuple[str, ...]
    since: Literal["measured", "today", ""] = ""
    first: bool = False
    total: bool = False
    platform: bool = False


_SCORES = ("business_date", "horizon", "hours", "observed", "absolute_error")
_ISSUED = ("business_date", "hour", "q10", "q50", "q90")
#: By the name of the stage.
SHOWN = {
    "raw": Shown(
        "source_status", ("source", "newest_day", "days", "arrived_at"),
        ("arrived_at", "source", "grain"),
    ),
    "observations": Shown(
        "actual", ("business_date", "hour", "series", "value", "source"),
        ("business_date", "hour", "series"), since="measured",
    ),
    "calendar": Shown(
        "calendar", ("business_date", "day_type", "holiday"), ("business_date",),
        since="today", first=True,
    ),
    "city": Shown("rivals", ("at", "said", "came"), ("at", "issued_at", "feed"), since="today"),
    "challenger": Shown(
        "decision", ("decided_at", "challenger", "outcome"), ("decided_at", "challenger")
    ),
    "champion": Shown(
        "model_card", ("model_id", "since", "trained_from", "trained_to"), ("since", "model_id")
    ),
    "forecasts": Shown(
        "forecast_log", _ISSUED, ("origin", "business_date", "hour", "issue_id"),
        since="measured", first=True, total=True,
    ),
    "published": Shown(
        "forecast", _ISSUED, ("business_date", "hour", "issue_id"),
        since="today", first=True, total=True,
    ),
    "accuracy": Shown(
        "accuracy", _SCORES, ("business_date", "horizon"), since="measured", total=True
    ),
    "status": Shown(
        "incident", ("opened_at", "kind", "subject"), ("opened_at", "domain", "kind", "subject"),
        platform=True,
    ),
}  # fmt: skip


def newest(stage: str, seen: Seen[Guide], data: Guide) -> Answer[pd.DataFrame]:
    """The newest rows of a stage that is in SHOWN; empty where there are none."""
    shown = SHOWN[stage]
    return answer(_reader(stage, shown, _since(shown, seen, data)), data.status.domain)


def _since(shown: Shown, seen: Seen[Guide], data: Guide) -> tuple[str, date] | None:
    if not shown.since:
        return None
    known = declared(data.status.domain, seen.now)
    today = known.today if known else seen.now.date()
    first = data.status.data_through if shown.since == "measured" else today
    return None if first is None else (shown.order[0], first)


def _reader(
    stage: str, shown: Shown, since: tuple[str, date] | None
) -> Callable[[Rows, str | None], pd.DataFrame]:
    def read(rows: Rows, domain: str | None) -> pd.DataFrame:
        assert domain is not None
        equal = {"open": "true"} if shown.platform else {"domain": domain}
        if shown.total:
            equal["series"] = total_of(domain)
        columns = tuple(dict.fromkeys((*shown.columns, *shown.order)))
        found = rows(shown.view, columns, list(shown.order), since=since, **equal)
        if shown.platform:
            found = found[found["domain"].isin([domain, PLATFORM])]
        chosen = found.head(ROWS) if shown.first else found.tail(ROWS)[::-1]
        return chosen[list(shown.columns)]

    read.__qualname__ = f"newest_{stage}"  # by which what was read is known again
    return read
