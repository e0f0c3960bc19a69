"""`seongsu backtest`: rolling origins straight from files, without a database or Dagster.
The evaluation itself is in `forecasting.backtest`, the reading of files in `history`."""

import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

import pandas as pd
import typer
from typer.core import TyperCommand

from seongsu_assets.cli import app, backtest_stations, backtest_told, show, stations_told
from seongsu_assets.cli.arguments import DomainName, domain_named
from seongsu_assets.cli.evaluation import question
from seongsu_assets.cli.history import History, read, read_each
from seongsu_assets.cli.peak import peak_mb
from seongsu_assets.cli.progress import progress
from seongsu_assets.cli.spans import origins as days
from seongsu_assets.domain import Domain
from seongsu_assets.domains import DOMAINS
from seongsu_assets.errors import SeongsuError

MANY = ("--files", "--weather", "--fault")
#: What `--stations` says of every one.
ALL = "all"


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
    horizon: Annotated[
        int | None, typer.Option(min=1, help="days or weeks ahead [default: as the domain plans]")
    ] = None,
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
    stations: Annotated[
        str,
        typer.Option(
            metavar="all|NAME,...",
            help="each of these stations, by name or code, of files that hold many",
        ),
    ] = "",
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="processes that the stations are dealt to; else one a core"),
    ] = None,
    json: Annotated[
        Path | None, typer.Option(metavar="OUT", help="write the full report to this file")
    ] = None,
) -> None:
    """Evaluate the forecast by rolling origins on files, beside the contenders on the same rows.

    Origin D is the last day before the forecast: its targets are D+1 .. D+horizon. With --lag L the
    newest actual that may be used is that of day D+1-L."""
    began = time.monotonic()
    chosen = domain_named(domain)
    horizon = horizon or chosen.plan.horizon
    chosen = replace(chosen, plan=replace(chosen.plan, horizon=horizon))
    asked = (
        chosen,
        files,
        days("--origins", origins, every, chosen.cadence),
        lag,
        weather,
        contenders,
    )
    if stations:
        report = evaluate_each(*asked, _names(stations), workers or os.cpu_count() or 1)
    else:
        report = evaluate(*asked)
    report["seconds"] = round(time.monotonic() - began, 1)
    report["peak_mb"] = peak_mb()
    report["settings"] = {"origins": origins, "every": every, "horizon": horizon, "lag": lag}
    if json:
        json.write_text(show.text(report), encoding="utf-8")
    (stations_told if stations else backtest_told).tell(report)


def evaluate(
    domain: Domain,
    files: list[Path],
    origins: list[pd.Timestamp],
    lag: int,
    weather: list[Path] | None,
    which: Literal["usual", "all"] = "usual",
) -> dict[str, Any]:
    """The report of `forecasting.backtest` on what the files hold; daily for daily files."""
    with progress("backtest", len(origins)) as step:
        step(0, f"reading {len(files)} files")
        rows = read(domain, files)
        span = rows.business_date.min(), rows.business_date.max()
        known = _weather(weather)
        asked = question(domain, origins, span, lag_days=lag, weather=known, which=which)
        step(0, "preparing")
        return asked.report(rows, lambda done, _: step(done, "rolling origins"))


def evaluate_each(
    domain: Domain,
    files: list[Path],
    origins: list[pd.Timestamp],
    lag: int,
    weather: list[Path] | None,
    which: Literal["usual", "all"],
    names: list[str],
    workers: int,
) -> dict[str, Any]:
    """The same for each of many stations: `stations` one by one, and `across` them."""
    from seongsu_assets.forecasting.across import across

    with progress("reading", 1) as step:
        step(0, f"{len(files)} files")
        histories = read_each(files, names)
    known = _weather(weather)
    asked = question(domain, origins, _span(histories), lag_days=lag, weather=known, which=which)
    with progress("backtest", len(histories)) as step:
        step(0, f"{workers} workers")
        answers = backtest_stations.each(asked, histories, workers, step)
    return {
        "across": across([each for each in answers if not each["reason"]]),
        "stations": answers,
        "workers": workers,
    }


def _span(histories: dict[str, History]) -> tuple[pd.Timestamp, pd.Timestamp]:
    days = [each.rows.business_date for each in histories.values() if not each.reason]
    if not days:
        reason = next((each.reason for each in histories.values()), "no row in these files")
        raise SeongsuError(f"no station can be read: {reason}", remedy="name its official files")
    return min(each.min() for each in days), max(each.max() for each in days)


def _weather(files: list[Path] | None) -> pd.DataFrame | None:
    from seongsu_assets.sources.weather_files import read_weather

    return read_weather(files) if files else None


def _names(stations: str) -> list[str]:
    """Those that are named; none stands for all."""
    named = [name.strip() for name in stations.split(",") if name.strip()]
    return [] if named == [ALL] else named
