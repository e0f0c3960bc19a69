"""`seongsu backtest`: rolling origins straight from files, without a database or Dagster.
The evaluation itself is in `forecasting.backtest`."""

import resource
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer
from rich.progress import Progress
from typer.core import TyperCommand

from seongsu_assets import clock
from seongsu_assets.cli import app, show
from seongsu_assets.cli.arguments import DomainName, domain_named
from seongsu_assets.domain import Domain, Window
from seongsu_assets.errors import NotEnoughHistory, SeongsuError, SourceError
from seongsu_assets.settings import settings
from seongsu_assets.sources.files import read_payload

WHOLE_DAY = -1
MANY = ("--files", "--weather")


class ManyValues(TyperCommand):
    """Lets `--files a b c` stand for `--files a --files b --files c`, as a shell's glob writes it."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        spread: list[str] = []
        option = ""
        for word in args:
            if word.startswith("--"):
                option = word
            elif option in MANY and spread[-1] != option:
                spread.append(option)
            spread.append(word)
        return super().parse_args(ctx, spread)


@app.command(cls=ManyValues)
def backtest(
    domain: DomainName,
    files: Annotated[
        list[Path], typer.Option(help="hourly or daily files; daily ones give a daily backtest")
    ],
    origins: Annotated[
        str, typer.Option(help="FROM..TO; an origin D is the last day before its forecast")
    ],
    every: Annotated[int, typer.Option(min=1, help="days from one origin to the next")] = 7,
    horizon: Annotated[int, typer.Option(min=1, help="targets are D+1 .. D+horizon")] = 7,
    lag: Annotated[
        int,
        typer.Option(
            min=1, help="the newest actual used is that of day D+1-lag; lag 1: of day D itself"
        ),
    ] = 1,
    weather: Annotated[
        list[Path] | None,
        typer.Option(help="daily weather of the target days, taken as a perfect forecast"),
    ] = None,
    json: Annotated[Path | None, typer.Option(help="write the full report here")] = None,
) -> None:
    """Evaluate the forecast by rolling origins on files, beside the contenders on the same rows.

    Origin D is the last day before the forecast: its targets are D+1 .. D+horizon. With --lag L the
    newest actual that may be used is that of day D+1-L."""
    began = time.monotonic()
    chosen = domain_named(domain)
    chosen = replace(chosen, plan=replace(chosen.plan, horizon=horizon))
    report = evaluate(chosen, files, _days(origins, every), lag, weather)
    report["seconds"] = round(time.monotonic() - began, 1)
    report["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    report["settings"] = {"origins": origins, "every": every, "horizon": horizon, "lag": lag}
    if json:
        import json as module

        json.write_text(module.dumps(report, indent=1, ensure_ascii=False))
    _tell(report)


def evaluate(
    domain: Domain,
    files: list[Path],
    origins: list[pd.Timestamp],
    lag: int,
    weather: list[Path] | None,
) -> dict[str, Any]:
    """The report of `forecasting.backtest` on what the files hold; the daily one for daily files."""
    from seongsu_assets.forecasting.backtest import backtest as roll
    from seongsu_assets.forecasting.backtest import report
    from seongsu_assets.sources.weather_files import read_weather

    rows = read(domain, files)
    first, last = rows.business_date.min().date(), rows.business_date.max().date()
    calendar = domain.covariates[0].build(
        Window(first - timedelta(days=370), last + timedelta(days=400))
    )
    hours = sorted({slot.hour for slot in domain.cadence.slots} & set(rows.hour)) or [WHOLE_DAY]
    with Progress(console=show.messages, transient=True) as bar:
        task = bar.add_task("rolling origins", total=len(origins))
        scored = roll(
            rows,
            calendar,
            plan=domain.plan,
            origins=origins,
            lag_days=lag,
            hours=hours,
            series=domain.series,
            total=domain.total,
            crowding=domain.levels,
            weather=read_weather(weather) if weather else None,
            threads=settings().threads,
            progress=lambda done, _: bar.update(task, completed=done),
        )
    return report(scored, total=domain.total)


def read(domain: Domain, files: list[Path]) -> pd.DataFrame:
    """The observations of all files. Where hourly and daily files mix, the hourly rows are used."""
    source = domain.sources[0]
    parts = [source.parse(read_payload(path, clock.now())) for path in files]
    for path, part in zip(files, parts, strict=True):
        for reject in part.rejects:
            show.messages.print(f"[yellow]{path.name} {reject.place}: {reject.reason}[/]")
    rows = pd.concat([part.rows for part in parts], ignore_index=True)
    hourly = rows[rows.hour != WHOLE_DAY]
    rows = hourly if len(hourly) else rows
    if rows.empty:
        raise NotEnoughHistory(
            f"no row of {domain.title} in these files", remedy="name its official files"
        )
    keys = ["series", "business_date", "hour"]
    clash = rows[rows.duplicated(keys, keep=False)].groupby(keys).value.nunique()
    if (clash > 1).any():
        series, day, hour = clash[clash > 1].index[0]
        raise SourceError(
            f"{day:%Y-%m-%d} {series} hour {hour} has different values in these files",
            remedy="leave one of them out",
        )
    return rows.drop_duplicates(keys)[[*keys, "value"]].reset_index(drop=True)


def _days(origins: str, every: int) -> list[pd.Timestamp]:
    try:
        first, last = (pd.Timestamp(part) for part in origins.split(".."))
    except ValueError as error:
        raise SeongsuError(
            f"--origins {origins!r} is not FROM..TO", remedy="write 2024-03-01..2024-08-24"
        ) from error
    return list(pd.date_range(first, last, freq=f"{every}D"))


def _tell(report: dict[str, Any]) -> None:
    """The report's core as tables."""
    table = pd.DataFrame(
        [
            {"contender": name, **report[name]}
            for name in ("ours", "seasonal_naive", "seasonal_mean")
        ]
    )
    show.frame_table(
        f"{report['rows']} rows, {report['seconds']} s, {report['peak_mb']} MB", table.round(3)
    )
    groups = [
        {
            "day type": name,
            "rows": part["rows"],
            "ours %": round(100 * part["ours"]["wape"], 1),
            "of naive": round(part["ratio_vs_seasonal_naive"], 3),
            "of mean": round(part["ratio_vs_seasonal_mean"], 3),
            "inside 80 %": round(part["ours"]["coverage80"], 3),
        }
        for name, part in report["by_day_type"].items()
    ]
    groups.append(
        {
            "day type": "all",
            "rows": report["rows"],
            "ours %": round(100 * report["ours"]["wape"], 1),
            "of naive": round(report["ratio_vs_seasonal_naive"], 3),
            "of mean": round(report["ratio_vs_seasonal_mean"], 3),
            "inside 80 %": round(report["ours"]["coverage80"], 3),
        }
    )
    show.frame_table("by day type", pd.DataFrame(groups))
