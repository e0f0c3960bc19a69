"""Bitcoin in US dollars: the close of every hour at Coinbase.
Declarations only; nothing here computes."""

from datetime import date

from seongsu_assets import clock
from seongsu_assets.domain import Cadence, Covariate, Domain, Lateness, Levels, Slot
from seongsu_assets.domains.bitcoin_expectations import EXPECTATIONS
from seongsu_assets.plan import Plan
from seongsu_assets.settings import settings
from seongsu_assets.sources.coinbase.candles import Candles
from seongsu_assets.sources.coinbase.sample import Sample
from seongsu_assets.sources.coinbase.ticker import Ticker
from seongsu_assets.sources.long_table import Columns, LongFiles
from seongsu_assets.sources.plain_calendar import plain_calendar

PRODUCT, LAST = "BTC-USD", 23

BITCOIN = Domain(
    name="bitcoin",
    title="비트코인 · Bitcoin",
    unit="US dollars",
    cadence=Cadence(
        timezone="UTC",
        start=date(2020, 1, 1),
        # An hour without a trade has no close. The last one must be there: forecasts stand on it.
        slots=tuple(Slot(hour, optional=hour != LAST) for hour in range(LAST + 1)),
    ),
    series=("close",),
    total="close",
    sources=[
        LongFiles(
            settings().root / "inbox" / "bitcoin",
            Columns("close", "UTC", at="date", name="close"),
        ),
        Candles(PRODUCT),
        Ticker(PRODUCT),
    ],
    sample=Sample(clock=clock.now),
    covariates=(Covariate("calendar", plain_calendar, "Nothing is ever closed."),),
    expectations=EXPECTATIONS,
    lateness=Lateness(lag_days=1, refetch_days=3, issue_hour=1),
    levels=Levels(names=("낮음", "보통", "높음", "매우 높음")),
    plan=Plan(learner="walk", horizon=1, memory_years=1, train_days=400, minimum_days=60),
)
