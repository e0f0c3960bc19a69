"""The weather as it was foretold, and a model that learned with it or without, for tests of faults.
No fault is named here and nothing is asserted."""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd

from seongsu_assets import clock
from seongsu_assets.assets.features import build
from seongsu_assets.domain import Payload, Window
from seongsu_assets.domains.seongsu_feeds import FEEDS
from seongsu_assets.expectations import CALENDAR
from seongsu_assets.forecasting import model
from seongsu_assets.sources.calendar import korean_calendar
from seongsu_assets.warehouse import covariates, observations, payloads, readings
from seongsu_assets_tests.faulty import DATASET
from seongsu_assets_tests.faulty_life import door, only
from seongsu_assets_tests.rehearsing import Life


def features_of(life: Life, first: date, last: date | None = None) -> pd.DataFrame:
    """What is known of the days after these origins, as the graph would make it now."""
    origins = Window(first, last or first)
    reach = timedelta(days=life.domain.plan.look_back_days + 30)
    calendar = korean_calendar(Window(origins.first - reach, origins.last + reach))
    covariates.replace(life.conn, life.domain.name, CALENDAR, calendar, clock.now())
    return build(life.conn, life.domain, DATASET, origins)


def foretold(life: Life, window: Window, feed: str) -> None:
    """The weather as it was forecast on each morning of the window, under the name of the feed."""
    source = FEEDS[0].source
    with door(life) as web:
        for day in window.days():
            life.at(day, 6, 40)
            [said] = source.fetch(only(day), web)
            assert isinstance(said, Payload)
            payload_id, _ = payloads.store(life.conn, DATASET, said)
            rows = source.parse(said).rows
            readings.add(life.conn, DATASET, feed, rows, payload_id, clock.now())


def silenced(life: Life, feed: str, name: str, until: date) -> None:
    """What the feed said before `until`, as if it had been said by the feed `name`."""
    life.conn.execute(
        """insert into warehouse.reading
           select domain, %s, key, issued_at, at, attributes, payload_id, recorded_at
           from warehouse.reading where feed = %s and issued_at < %s""",
        (name, feed, until),
    )


def wape(life: Life, feed: str, learned_until: date) -> float:
    """The error of the total of a model that learned with a weather feed before a day, on weekly
    forecasts from that day on."""
    life.domain = replace(life.domain, weather=feed)
    held = observations.read(life.conn, DATASET)
    first = held.business_date.min().date() + timedelta(days=14)
    last = held.business_date.max().date() - timedelta(days=life.domain.plan.horizon)
    rows = features_of(life, first, last)
    seen, cut = held[held.business_date < pd.Timestamp(learned_until)], pd.Timestamp(learned_until)
    fitted = model.fit(rows[rows.origin < cut], seen, life.domain.plan)
    weekly = pd.date_range(learned_until, last, freq="7D")
    said = fitted.predict(rows[rows.origin.isin(weekly)]).query("series == 'total'")
    came = held.groupby(["business_date", "hour"], as_index=False).value.sum()
    both = said.merge(came, on=["business_date", "hour"])
    return float((both.q50 - both.value).abs().sum() / both.value.sum())
