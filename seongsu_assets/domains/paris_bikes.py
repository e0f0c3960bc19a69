"""Bicycles in Paris: the city's counters by the hour.
Declarations only; nothing here computes."""

from datetime import date

from seongsu_assets import clock
from seongsu_assets.domain import Cadence, Covariate, Domain, Feed, Lateness, Slot
from seongsu_assets.domains.paris_bikes_expectations import EXPECTATIONS
from seongsu_assets.plan import Plan, Tuning
from seongsu_assets.settings import settings
from seongsu_assets.sources.french_calendar import french_calendar
from seongsu_assets.sources.long_table import Columns, LongFiles
from seongsu_assets.sources.open_meteo import OpenMeteoForecast
from seongsu_assets.sources.paris.counters import Counters
from seongsu_assets.sources.paris.sample import Sample

ZONE, LATITUDE, LONGITUDE = "Europe/Paris", 48.8566, 2.3522
COUNTS = Columns("count", ZONE, day="date", hour="hour", series=("counter_id",),
                 label="counter_name")  # fmt: skip

PARIS_BIKES = Domain(
    name="paris_bikes",
    title="파리 자전거 · Paris bicycles",
    unit="bicycles per hour",
    cadence=Cadence(
        timezone=ZONE,
        start=date(2022, 1, 1),
        # The one that is not there in the night when clocks go forward is optional.
        slots=tuple(Slot(hour, optional=hour == 2) for hour in range(24)),  # noqa: PLR2004 - as said
    ),
    series=(),
    fewest=10,  # the source proves a day whole by itself; generated data have twelve counters
    total="total",
    sources=[LongFiles(settings().root / "inbox" / "paris_bikes", COUNTS), Counters()],
    sample=Sample(clock=clock.now),
    covariates=(
        Covariate("calendar", french_calendar, "Public holidays, bridge days and school breaks."),
    ),
    feeds=(
        Feed(
            "weather_forecast",
            OpenMeteoForecast(LATITUDE, LONGITUDE, timezone=ZONE),
            "40 0,6,12,18 * * *",
            "The days' weather as it was forecast, each issue kept. Open-Meteo; needs no key.",
        ),
    ),
    weather="weather_forecast",
    expectations=EXPECTATIONS,
    lateness=Lateness(lag_days=1, refetch_days=7, issue_hour=10),
    plan=Plan(
        learner="panel", memory_years=0, train_days=400, minimum_days=60,
        tuning=Tuning(leaves=63, rounds=150, rate=0.08, rows_in_leaf=200, half_life_days=180.0),
    ),
)  # fmt: skip
