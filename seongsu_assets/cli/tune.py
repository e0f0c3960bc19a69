"""`seongsu tune`: search the domain's tuning on rolling origins of files, and say what to declare.
Nothing is changed here, in no file and no database; the search is in `forecasting.tuning`."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from seongsu_assets.cli import app, show
from seongsu_assets.cli.arguments import DomainName, domain_named
from seongsu_assets.cli.backtest import ManyValues
from seongsu_assets.cli.evaluation import question
from seongsu_assets.cli.history import read
from seongsu_assets.cli.progress import progress
from seongsu_assets.cli.spans import origins as days
from seongsu_assets.domain import Domain
from seongsu_assets.errors import SourceError
from seongsu_assets.forecasting.tuning import Compared, Found, search
from seongsu_assets.warehouse.arrivals import WHOLE_DAY


@app.command(cls=ManyValues)
def tune(
    domain: DomainName,
    files: Annotated[list[Path], typer.Option(help="hourly or daily files, several at once")],
    origins: Annotated[str, typer.Option(metavar="FROM..TO", help="origins that are tuned on")],
    holdout: Annotated[
        str, typer.Option(metavar="FROM..TO", help="later origins that decide, never tuned on")
    ],
    trials: Annotated[int, typer.Option(min=1, help="tunings to try, the declared included")] = 40,
    every: Annotated[int, typer.Option(min=1, help="days from one origin to the next")] = 7,
    weather: Annotated[
        list[Path] | None,
        typer.Option(help="daily weather of the target days, taken as a perfect forecast"),
    ] = None,
    json: Annotated[
        Path | None, typer.Option(metavar="OUT", help="write the full result to this file")
    ] = None,
) -> None:
    """Search a better tuning of the model on rolling origins; judge it on later ones.

    Prints what to declare in the domain's plan where that is better beyond chance on the holdout,
    and otherwise says to keep what is declared. Nothing is changed."""
    chosen = domain_named(domain)
    if chosen.plan.learner != "dynamic":
        raise SourceError(
            f"{domain} is learned by a {chosen.plan.learner}, whose tuning nobody searches",
            remedy=f"try values of its plan with `seongsu backtest {domain}`",
        )
    cadence = chosen.cadence
    spans = (
        days("--origins", origins, every, cadence),
        days("--holdout", holdout, every, cadence),
    )
    found = searched(chosen, files, *spans, trials, weather or [])
    if json:
        settings = {"origins": origins, "holdout": holdout, "every": every}
        result = asdict(found) | {"better": found.better, "settings": settings}
        json.write_text(show.text(result), encoding="utf-8")
    tell(found)


def searched(
    domain: Domain,
    files: list[Path],
    tuned_on: list[pd.Timestamp],
    held_out: list[pd.Timestamp],
    trials: int,
    weather: list[Path],
) -> Found:
    """The result of `forecasting.tuning` on what the files hold, by the domain's lag and plan."""
    from seongsu_assets.sources.weather_files import read_weather

    with progress("tune", trials) as step:
        step(0, f"reading {len(files)} files")
        rows = read(domain, files)
        asked = question(
            domain,
            [*tuned_on, *held_out],
            (rows.business_date.min(), rows.business_date.max()),
            lag_days=domain.lateness.lag_days,
            weather=read_weather(weather) if weather else None,
        )
        step(0, "preparing")
        return search(
            rows,
            asked.calendar,
            plan=asked.plan,
            tuned_on=tuned_on,
            held_out=held_out,
            lag_days=asked.lag_days,
            hours=sorted(asked.hours & set(rows.hour)) or [WHOLE_DAY],
            series=asked.series,
            total=asked.total,
            weather=asked.weather,
            trials=trials,
            threads=asked.threads,
            progress=lambda done: step(done, "trials" if done < trials else "holdout"),
        )


def tell(found: Found) -> None:
    """Both tunings, how right each was, and what to do."""
    declared, best = asdict(found.declared), asdict(found.found)
    values = [(name, f"{declared[name]}", f"{best[name]}") for name in declared]
    table = pd.DataFrame(values, columns=["value", "declared", "found"])
    show.frame_table(f"best of {found.trials} trials", table, whole=("value",))
    windows = {"tuned on": found.tuned_on, "held out": found.held_out}
    lines = pd.DataFrame([{"origins": name} | _line(window) for name, window in windows.items()])
    show.frame_table("error of the total over seasonal naive's", lines, whole=("nearer by (95 %)",))
    if found.better:
        show.say("better on the holdout beyond chance; to use it, declare in the domain's plan:")
        typer.echo(f"tuning={found.found}")
    elif found.found == found.declared:
        show.say("keep what is declared: no trial was better on the origins tuned on")
    else:
        show.say("keep what is declared: on the holdout the found is not better beyond chance")


def _line(window: Compared) -> dict[str, Any]:
    paired = window.paired
    known = not pd.isna(paired.p)
    within = f" ({paired.low:,.1f}..{paired.high:,.1f})" if known else ""
    return {
        "number": paired.origins,
        "rows": window.rows,
        "declared": round(window.declared, 4),
        "found": round(window.found, 4),
        "nearer by (95 %)": f"{paired.difference:,.1f}{within}",
        "p": f"{paired.p:.3f}" if known else "",
    }
