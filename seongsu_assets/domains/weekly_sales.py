"""Sales of a chain of American shops: each department of each store by the week.
Declarations only; nothing here computes."""

from datetime import date

from seongsu_assets import clock
from seongsu_assets.domain import Cadence, Covariate, Domain, Lateness, Levels, Slot
from seongsu_assets.domains.weekly_sales_expectations import EXPECTATIONS
from seongsu_assets.plan import Plan, Tuning
from seongsu_assets.settings import settings
from seongsu_assets.sources.long_table import Columns, LongFiles
from seongsu_assets.sources.sales_sample import Sample
from seongsu_assets.sources.us_calendar import us_calendar

#: The stores lie in several zones, of which none is said; a week of trade ends with Friday in each.
ZONE = "America/New_York"
SALES = Columns("Weekly_Sales", ZONE, day="Date", series=("Store", "Dept"), step=7, ends=True)

WEEKLY_SALES = Domain(
    name="weekly_sales",
    title="주간 매출 · Weekly sales",
    unit="US dollars per week",
    cadence=Cadence(
        timezone=ZONE,
        start=date(2010, 1, 30),  # a Saturday
        slots=(Slot(0, hours=7 * 24),),
        step=7,
    ),
    series=(),
    fewest=1_000,
    total="total",
    sources=[LongFiles(settings().root / "inbox" / "weekly_sales", SALES)],
    sample=Sample(SALES, clock=clock.now),
    covariates=(
        Covariate("calendar", us_calendar, "What people buy for: holidays and the weeks before."),
    ),
    expectations=EXPECTATIONS,
    lateness=Lateness(lag_days=1, refetch_days=4, issue_hour=7),
    levels=Levels(names=("낮음", "보통", "높음", "매우 높음")),
    plan=Plan(
        learner="panel", step=7, cycle=52, horizon=12,
        memory_years=2, train_days=1_100, minimum_days=91,
        tuning=Tuning(leaves=31, rounds=120, rate=0.08, rows_in_leaf=200, half_life_days=1_000.0),
    ),
)  # fmt: skip
