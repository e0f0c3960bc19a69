"""Seongsu Station, Seoul Metro Line 2: boardings and alightings by the hour.
Declarations only; nothing here computes."""

from datetime import date

from seongsu_assets import clock
from seongsu_assets.domain import Cadence, Covariate, Domain, Lateness, Slot
from seongsu_assets.domains.seongsu_expectations import EXPECTATIONS
from seongsu_assets.domains.seongsu_feeds import FEEDS, STATION
from seongsu_assets.settings import settings
from seongsu_assets.sources.calendar import korean_calendar
from seongsu_assets.sources.files import Files
from seongsu_assets.sources.holiday_list import differences
from seongsu_assets.sources.sample import Sample
from seongsu_assets.sources.seoul.card_api import CardApi
from seongsu_assets.sources.seoul.station_hourly import at_hand

SEONGSU = Domain(
    name="seongsu",
    title="성수역 · Seongsu Station",
    unit="people per hour",
    cadence=Cadence(
        timezone="Asia/Seoul",
        start=date(2022, 1, 1),
        slots=(
            Slot(4, hours=2, open=True),  # before 06:00
            *(Slot(hour) for hour in range(6, 24)),
            Slot(24, hours=4, open=True, optional=True),  # after midnight: mostly not published
        ),
    ),
    series=("boarding", "alighting"),
    total="total",
    sources=[  # of several that tell of an hour the first counts
        Files(settings().root / "inbox" / "seongsu", STATION),
        at_hand(STATION, settings().key),
        CardApi(STATION),
    ],
    sample=Sample(STATION, clock=clock.now),
    covariates=(
        Covariate(
            "calendar",
            korean_calendar,
            "Kinds of days: festivals and the days around them, other holidays, Christmas, Labour "
            "Day, bridge days. Each with its provenance: library, official list, rule or override.",
            feed="official_holidays",
            differences=differences,
        ),
    ),
    feeds=FEEDS,
    weather="weather_forecast",
    expectations=EXPECTATIONS,
    lateness=Lateness(lag_days=1, refetch_days=7, issue_hour=7),
)
