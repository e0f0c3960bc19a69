"""`seongsu backtest`: rolling origins straight from files, without a database or Dagster.
The evaluation itself is in `forecasting.backtest`, the reading of files in `history`."""

import resource
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

import pandas as pd
import typer
from typer.core import TyperCommand

from seongsu_assets.cli import app, show
from seongsu_assets.cli.arguments import DomainName, domain_named
from seongsu_assets.cli.backtest_told import tell
from seongsu_assets.cli.history import read
from seongsu_assets.cli.progress import progress
from seongsu_assets.domain import Domain, Window
from seongsu_assets.domains import DOMAINS
from seongsu_assets.errors import NotEnoughHistory, SeongsuError
from seongsu_assets.settings import settings
from seongsu_assets.warehouse.arrivals import WHOLE_DAY

MANY = ("--files", "--weather")
#: The calendar before the first and after the last day: the look-back, the horizon, and festivals.
CALENDAR_DAYS = 400


class ManyValues(TyperCommand):
    """Lets `--files a b c` stand for `--files a --files b --files c`, as a shell's glob writes it.
    The list ends at the next option, or at a domain's name that is no file."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        spread: list[str] = []
        option = ""
        for word in args:
            if word.startswith("--"):
                option = word.partition("=")[0]
            elif word in DOMAINS and not Path(word).exists():
                option = ""
            elif option in MANY and spread[-1] != option:
                spread.append(option)
            spread.append(word)
        return super().parse_args(ctx, spread)


@app.command(cls=ManyValues)
def backtest(
    domain: DomainName,
    files: Annotated[
        list[Path],
        typer.Option(help="hourly or daily files, several at once; daily ones are scored daily"),
    ],
    origins: Annotated[
        str,
        typer.Option(
            metavar="FROM..TO",
            help="an origin D is the last day before its forecast of D+1 .. D+horizon",
        ),
    ],
    every: Annotated[int, typer.Option(min=1, help="days from one origin to the next")] = 7,
    horizon: Annotated[int, typer.Option(min=1, help="days that each origin forecasts")] = 7,
    lag: Annotated[
        int,
        typer.Option(
            min=1,
            help="the newest actual that is used is that of day D+1-lag: lag 1 is day D itself, "
            "lag 3 the day before the day before it",
        ),
    ] = 1,
    weather: Annotated[
        list[Path] | None,
        typer.Option(help="daily weather of the target days, taken as a perfect forecast"),
    ] = None,
    contenders: Annotated[
        Literal["usual", "all"],
        typer.Option(help="all: also those that take long, and the earlier systems' on daily data"),
    ] = "usual",
    json: Annotated[
        Path | None, typer.Option(metavar="OUT", help="write the full report to this file")
    ] = None,
) -> None:
    """Evaluate the forecast by rolling origins on files, beside the contenders on the same rows.

    Origin D is the last day before the forecast: its targets are D+1 .. D+horizon. With --lag L the
    newest actual that may be used is that of day D+1-L."""
    began = time.monotonic()
    chosen = domain_named(domain)
    chosen = replace(chosen, plan=replace(chosen.plan, horizon=horizon))
    report = evaluate(chosen, files, _days(origins, every), lag, weather, contenders)
    report["seconds"] = round(time.monotonic() - began, 1)
    report["peak_mb"] = _peak_mb()
    report["settings"] = {"origins": origins, "every": every, "horizon": horizon, "lag": lag}
    if json:
        json.write_text(show.text(report), encoding="utf-8")
    tell(report)


def evaluate(
    domain: Domain,
    files: list[Path],
    origins: list[pd.Timestamp],
    lag: int,
    weather: list[Path] | None,
    which: Literal["usual", "all"] = "usual",
) -> dict[str, Any]:
    """The report of `forecasting.backtest` on what the files hold; daily for daily files."""
    from seongsu_assets.forecasting.backtest import backtest as roll
    from seongsu_assets.forecasting.backtest import report
    from seongsu_assets.sources.weather_files import read_weather

    with progress("backtest", len(origins)) as step:
        step(0, f"reading {len(files)} files")
        rows = read(domain, files)
        known = read_weather(weather) if weather else None
        step(0, "preparing")
        scored = roll(
            rows,
            _calendar(domain, rows, origins),
            plan=domain.plan,
            origins=origins,
            lag_days=lag,
            hours=sorted({slot.hour for slot in domain.cadence.slots} & set(rows.hour))
            or [WHOLE_DAY],
            series=domain.series,
            total=domain.total,
            crowding=domain.levels,
            weather=known,
            which=which,
            threads=settings().threads,
            progress=lambda done, _: step(done, "rolling origins"),
        )
    if scored.empty:
        last = rows.business_date.max()
        raise NotEnoughHistory(
            f"no target of these origins is in the files, which end on {last:%Y-%m-%d}",
            remedy="name origins whose targets the files hold, and two weeks before them",
        )
    return report(scored, total=domain.total)


def _calendar(domain: Domain, rows: pd.DataFrame, origins: list[pd.Timestamp]) -> pd.DataFrame:
    around = timedelta(days=CALENDAR_DAYS)
    days = [rows.business_date.min(), rows.business_date.max(), *origins]
    window = Window(min(days).date() - around, max(days).date() + around)
    return domain.covariates[0].build(window)


def _days(origins: str, every: int) -> list[pd.Timestamp]:
    try:
        first, last = (date.fromisoformat(part) for part in origins.split(".."))
    except ValueError as error:
        raise SeongsuError(
            f"--origins {origins!r} is not FROM..TO", remedy="write 2024-03-01..2024-08-24"
        ) from error
    if first > last:
        raise SeongsuError(
            f"--origins {origins}: {first} is after {last}", remedy="name the earlier day first"
        )
    return list(pd.date_range(first, last, freq=f"{every}D"))


def _peak_mb() -> int:
    """Linux states kilobytes, macOS bytes."""
    unit = 1_000_000 if sys.platform == "darwin" else 1_000
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit)
