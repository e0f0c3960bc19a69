"""F-11 to F-13, end to end: sources that hold us off, have no call left, or say no weather.
What each of them says wrongly stands in test_source_faults."""

import time
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from seongsu_assets import clock
from seongsu_assets.assets.features import names_of
from seongsu_assets.domain import Feed, Source, Window
from seongsu_assets.domains.seongsu_feeds import FEEDS, STATION
from seongsu_assets.listen import Heard, listen
from seongsu_assets.origins import origins
from seongsu_assets.outside import Provider
from seongsu_assets.sources.providers import SEOUL
from seongsu_assets.sources.sample import Sample
from seongsu_assets.warehouse import answers
from seongsu_assets_tests.crashing import until
from seongsu_assets_tests.faulty import (
    DATASET,
    SERVICES,
    TODAY,
    ago,
    hours,
    meanings,
    owed,
    stored,
)
from seongsu_assets_tests.faulty_life import begun, door, landed, lived, only, through
from seongsu_assets_tests.faulty_weather import features_of, foretold, silenced, wape
from seongsu_assets_tests.rehearsing import Life
from seongsu_assets_tests.upstream import Upstream
from seongsu_assets_tests.upstream.weather import Weather
from seongsu_assets_tests.world import PLAN

DAY = timedelta(days=1)
WEATHER = FEEDS[0]


def with_provider(source: Source, provider: Provider) -> Source:
    """The source behind another door."""
    assert source.terms
    return replace(source, terms=replace(source.terms, provider=provider))


#: The most that one fetch of one source may ask of a source that is out: the first day alone, then
#: as many as run at once, each so often.
MOST = 4 * (1 + SEOUL.at_once)


@pytest.mark.parametrize(
    ("fault", "arguments"),
    [("rate_limited", {}), ("slow", {"seconds": 9}), ("drip", {"seconds": 9})],
)
def test_f11_a_source_that_holds_us_off_is_left_alone_soon(live: Life, fault, arguments):
    lived(live)
    asked_before, held = len(live.upstream.requests), stored(live, "observation")
    live.upstream.fault(fault, **arguments)
    started = time.monotonic()
    through(live, Window(ago(7), ago(1)), seconds=1.0)
    assert time.monotonic() - started < 60  # seven days of both sources, 9 seconds each: 126
    # What we gave up waiting for, the upstream may come to only now.
    called = answers.calls(live.conn, SEOUL, TODAY)
    assert until(lambda: len(live.upstream.requests) == called, 10)
    assert 0 < called - asked_before <= MOST * len(SERVICES)
    assert meanings(live, "station_hourly") == {ago(1): "outage"}
    assert stored(live, "observation") == held


def test_f11_a_name_unknown_a_certificate_that_is_none_and_another_host_are_not_followed(
    live: Life,
):
    begun(live)
    plain = live.upstream.url.removeprefix("http://")
    for base in ("http://nowhere.invalid", f"https://{plain}"):
        sources = [
            with_provider(source, replace(SEOUL, base=base)) for source in live.domain.sources[1:]
        ]
        domain, live.domain = live.domain, replace(live.domain, sources=sources)
        through(live, Window(ago(7), ago(4)), upstream="")
        live.domain = domain
        for source in SERVICES:
            assert set(meanings(live, source).values()) == {"outage"}
    assert live.upstream.requests == []
    with Upstream(now=live.upstream.now) as other:
        live.upstream.fault("redirect", to=other.url.replace("127.0.0.1", "localhost"))
        live.fetch(Window(ago(7), ago(4)))
        assert other.requests == []
    for source in SERVICES:
        assert meanings(live, source) == {ago(days): "refused" for days in range(4, 8)}
    assert stored(live, "payload") == 0


def test_f11_the_budget_of_a_day_is_kept_whatever_happens(live: Life):
    begun(live)
    small = replace(SEOUL, daily_limit=10)
    live.domain = replace(
        live.domain, sources=[with_provider(source, small) for source in live.domain.sources[1:]]
    )
    live.upstream.fault("http_503")
    for hour in range(24):
        live.at(TODAY, hour)
        live.fetch(Window(ago(7), ago(1)))
    assert len(live.upstream.requests) == answers.calls(live.conn, SEOUL, TODAY) == 10
    assert set(meanings(live, "station_hourly").values()) == {"quota"}


def test_f12_with_no_call_left_at_midnight_the_held_days_stay_and_the_next_day_goes_on(live: Life):
    lived(live)
    live.run()
    before = stored(live, "observation")
    live.at(TODAY + DAY, 0, 0)
    live.upstream.quota["seoul"] = 0
    made = len(live.upstream.requests)
    live.run()
    assert meanings(live, "station_hourly") == {TODAY: "quota"}
    assert len(live.upstream.requests) - made <= 2 * (1 + len(SERVICES))
    assert stored(live, "observation") == before
    assert hours(live, ago(1)) == live.upstream.truth.hourly(ago(1))
    assert "quota" in owed(live, TODAY)[TODAY].why
    states = {line["source"]: line["state"] for line in origins(live.conn, live.domain)}
    assert all(states[source].startswith("quota") for source in SERVICES)
    live.at(TODAY + 2 * DAY)
    del live.upstream.quota["seoul"]
    live.run()
    assert owed(live, TODAY, TODAY + DAY) == {}
    states = {line["source"]: line["state"] for line in origins(live.conn, live.domain)}
    assert {states[source] for source in SERVICES} == {"ok"}


def test_f12_our_own_count_of_calls_begins_anew_at_midnight_in_seoul(live: Life):
    begun(live)
    small = replace(SEOUL, daily_limit=3)
    live.domain = replace(live.domain, sources=[with_provider(live.domain.sources[2], small)])
    live.at(TODAY, 23, 59)
    live.fetch(Window(ago(8), ago(6)))
    live.fetch(only(ago(5)))
    assert meanings(live, "card_daily") == {ago(5): "quota"}
    live.at(TODAY + DAY, 0, 0)  # the same day in UTC
    live.fetch(only(ago(5)))
    assert meanings(live, "card_daily") == {}


def heard(life: Life, feed: Feed) -> Heard:
    """The feed is asked now."""
    with door(life) as web:
        arrived = list(feed.source.fetch(only(clock.yesterday("Asia/Seoul") + DAY), web))
    return listen(life.conn, life.domain, feed, arrived, clock.now())


def test_f13_without_a_word_of_the_weather_every_feature_is_known(live: Life):
    lived(live)
    live.domain = replace(live.domain, feeds=(WEATHER,), weather=WEATHER.name)
    live.upstream.fault("down", service="open_meteo")
    assert [each.meaning for each in heard(live, WEATHER).absences] == ["outage"]
    [line] = [line for line in origins(live.conn, live.domain) if line["source"] == WEATHER.name]
    assert line["state"].startswith("outage")
    rows = features_of(live, ago(2))
    assert np.isfinite(rows[list(names_of(live.domain))]).all(axis=None)
    live.domain = replace(live.domain, weather="")
    dry = features_of(live, ago(2))
    pd.testing.assert_frame_equal(rows[dry.columns], dry, check_exact=True)


def test_f13_nothing_that_was_heard_after_the_moment_of_issue_is_in_a_feature(live: Life):
    lived(live)
    live.domain = replace(live.domain, feeds=(WEATHER,), weather=WEATHER.name)
    origin = ago(6)
    foretold(live, Window(origin - 28 * DAY, origin + DAY), WEATHER.name)
    before = features_of(live, origin)
    assert before.heat_change.abs().sum() + before.cold_change.abs().sum() > 0
    for hour, minute in ((7, 1), (7, 59), (8, 0), (23, 59)):
        live.at(origin + DAY, hour, minute)
        live.upstream.world.weather = Weather(hour * 60 + minute)  # it now says something else
        assert heard(live, WEATHER).readings == 11
        pd.testing.assert_frame_equal(features_of(live, origin), before, check_exact=True)
    live.at(origin + DAY, 7, 0)
    live.upstream.world.weather = Weather(70)
    assert heard(live, WEATHER).readings == 11
    assert not features_of(live, origin).equals(before)


def test_f13_a_weather_source_that_is_missing_costs_less_than_a_point(live: Life):
    """Never heard, or silent once a model has learned from it: all through the tables."""
    begun(live)
    sample = Sample(STATION, clock=clock.now, seed=7)  # its rain is the upstream's
    live.domain = replace(live.domain, plan=PLAN, sources=[sample])
    landed(live, DATASET, [[(sample, each) for each in sample.fetch(Window(ago(100), ago(2)))]])
    foretold(live, Window(ago(100), ago(2)), "told")
    silenced(live, "told", "silent", ago(30))
    error = {feed: wape(live, feed, learned_until=ago(30)) for feed in ("told", "silent", "never")}
    assert error["never"] < 0.1
    assert error["told"] != error["silent"] != error["never"]
    assert max(error.values()) - min(error.values()) <= 0.01, error
