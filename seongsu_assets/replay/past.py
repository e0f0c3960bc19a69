"""The past that is replayed: what was counted, told again day by day by a server of our own.
No process and no clock is started here."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd

from seongsu_assets import clock
from seongsu_assets.domain import Window
from seongsu_assets.errors import NotEnoughHistory
from seongsu_assets.sources.seoul import card_api, station_hourly
from seongsu_assets_tests.upstream import Upstream
from seongsu_assets_tests.upstream.annual_files import write
from seongsu_assets_tests.upstream.recorded import recorded

_SERVICES = (card_api.SERVICE, station_hourly.SERVICE)
#: Without so many days before the first that is replayed there is nothing to learn from.
LEAST_DAYS = 90


def check(counted: pd.DataFrame, window: Window) -> None:
    """Raises NotEnoughHistory where the past does not hold the window and some months before it."""
    held = Window(counted["business_date"].min().date(), counted["business_date"].max().date())
    if (window.first - held.first).days < LEAST_DAYS or held.last < window.last:
        raise NotEnoughHistory(
            f"the past is known from {held.first} to {held.last}, and {LEAST_DAYS} days before "
            f"the first of {window.first} to {window.last} are needed",
            remedy="name other days or further files",
        )


@contextmanager
def told(counted: pd.DataFrame, window: Window, address: str, inbox: Path) -> Generator[Upstream]:
    """A server at `address` that tells each day of the window when it was due, by the clock in
    force; what was before stands as yearly files in `inbox`. Days that are not known never come."""
    port = urlsplit(address).port
    assert port is not None
    with Upstream(now=clock.now, port=port, ours=recorded(counted)) as upstream:
        known = {stamp.date() for stamp in counted["business_date"]}
        for day in window.days():
            for service in _SERVICES if day not in known else ():
                upstream.truth.withhold(day, service)
        before = Window(min(known), window.first - timedelta(days=1))
        write(upstream.truth, inbox, before)
        yield upstream
