"""The forecast log as a file: read when somebody asks for it, whole or not at all.
What a page shows of it is in `record` and `verdict`."""

from collections.abc import Callable
from datetime import date, timedelta

import streamlit as st

from ui import data
from ui.pages.right.read import Right
from ui.show import parts
from ui.state.read import day_or_none
from ui.strings import Words

COLUMNS = (
    "domain", "sample", "issue_id", "issued_at", "data_through", "tier", "model_id", "series",
    "business_date", "hour", "at", "horizon", "q10", "q50", "q90", "level", "usual", "naive",
    "observed", "level_observed",
)  # fmt: skip
DAYS, LEVELS = ("data_through", "business_date"), ("level", "level_observed")
#: Tells any two rows of one series apart.
ORDER = ("business_date", "hour", "issue_id")


def log(shown: Right, days: int, t: Words) -> None:
    """The button that fetches all that was forecast of the last `days` days."""
    newest = day_or_none(shown.daily["business_date"].max())
    if newest is None:
        return
    first, domain = newest - timedelta(days=days - 1), shown.status.domain
    st.html(parts.title(t("right.download_title"), t))
    st.html(parts.block("", f"<p>{t('right.download_text', days=days)}</p>", t))
    st.download_button(
        t("right.download"),
        data=_later(domain, shown.total, first, newest),
        file_name=f"{domain}_forecast_log_{first}_{newest}.csv",
        mime="text/csv",
        on_click="ignore",
    )


def _later(domain: str, series: str, first: date, last: date) -> Callable[[], bytes]:
    return lambda: csv(domain, series, first, last)


def csv(domain: str, series: str, first: date, last: date) -> bytes:
    """Every forecast of `series` for the days from `first` to `last` with what came, as UTF-8 that
    spreadsheets recognise. Raises SeongsuError or psycopg.Error: a part of it is no answer."""
    with data.opened() as rows:
        found = rows(
            "forecast_log", COLUMNS, ORDER, since=("business_date", first),
            domain=domain, series=series,
        )  # fmt: skip
    kept = found[found["business_date"].dt.date <= last]
    days = {name: kept[name].dt.strftime("%Y-%m-%d") for name in DAYS}
    levels = {name: kept[name].astype("Int64") for name in LEVELS}
    told = kept.assign(**days, **levels).to_csv(index=False, date_format="%Y-%m-%dT%H:%M:%SZ")
    return told.encode("utf-8-sig")
