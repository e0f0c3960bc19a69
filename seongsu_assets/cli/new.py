"""`seongsu new`: look at a file, say what was understood, and write the declaration of a domain.
What a file says is read in `drafting`; nothing is imported here, and no run is started."""

import keyword
import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from seongsu_assets import clock, domains
from seongsu_assets.cli import app, show
from seongsu_assets.errors import SeongsuError
from seongsu_assets.settings import settings
from seongsu_assets.sources.folder import read_payload

if TYPE_CHECKING:
    from seongsu_assets.drafting.draft import Draft

#: A name is a module, a constant, a dataset, and a part of file names and of addresses.
NAME = re.compile(r"[a-z][a-z0-9_]{1,39}")
#: What the folder of domains has beside them.
BESIDE = ("_expectations", "_feeds")
#: The backtest that is proposed: origins of half a year, or of the last third of what there is.
BACKTEST_DAYS, EVERY = 182, 7


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="of the domain: small letters, digits and _")],
    file: Annotated[Path, typer.Option("--from", help="a table with a row a series and time")],
    time: Annotated[str, typer.Option(help="the column that tells the time")] = "",
    value: Annotated[str, typer.Option(help="the column that is forecast")] = "",
    series: Annotated[
        list[str] | None, typer.Option(help="a column that says whose a row is; may be repeated")
    ] = None,
    timezone: Annotated[str, typer.Option(help="such as Europe/Berlin, where days are cut")] = "",
    first: Annotated[
        Literal["day", "month"] | None, typer.Option(help="what stands first in 03/04/2024")
    ] = None,
    decimal: Annotated[
        Literal[".", ","] | None, typer.Option(help="what stands before a number's fraction")
    ] = None,
    unit: Annotated[str, typer.Option(help="what the values count")] = "",
    title: Annotated[str, typer.Option(help="how readers know it")] = "",
    country: Annotated[str, typer.Option(help="whose public holidays count: KR, FR, US, ...")] = "",
) -> None:
    """Declare a domain after looking at a file of hours or days, and say what was understood."""
    from seongsu_assets.drafting.draft import draft
    from seongsu_assets.drafting.wishes import Wishes

    folder = Path(domains.__path__[0])
    _free(name, folder)
    wishes = Wishes(
        time, value, tuple(series or ()), timezone, first or "", decimal or "", unit, title,
        country.upper(),
    )  # fmt: skip
    known = draft(name, read_payload(file, clock.now()), wishes)
    for each in known.told:
        mark = "assumed " if each.assumed else ""
        show.console.print(
            f"{each.what:>9}  {mark}{each.found}", highlight=False, markup=False, soft_wrap=True
        )
    for path in write(known, folder):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        show.console.print(f"    wrote  {path.name}, {lines} lines", highlight=False)
    for command in commands(known, file):
        show.console.print(f"     next  {command}", highlight=False, markup=False, soft_wrap=True)


def _free(name: str, folder: Path) -> None:
    """Raises SeongsuError for a name that is none, or that something has already."""
    if not NAME.fullmatch(name) or keyword.iskeyword(name) or name.endswith(BESIDE):
        raise SeongsuError(
            f"{name!r} is no name for a domain",
            remedy="begin with a small letter; then letters, digits and _, such as my_shop",
        )
    if name in domains.DOMAINS:
        raise SeongsuError(f"there is a domain {name} already", remedy="choose another name")
    for path in _paths(name, folder):
        if path.exists():
            raise SeongsuError(
                f"there is a file {path} already", remedy="choose another name, or move it away"
            )


def _paths(name: str, folder: Path) -> tuple[Path, Path]:
    return folder / f"{name}.py", folder / f"{name}_expectations.py"


def write(known: "Draft", folder: Path) -> tuple[Path, Path]:
    """The declaration, and what must be true of its data; nothing is written over."""
    from seongsu_assets.drafting.claims import claims
    from seongsu_assets.drafting.declaration import declaration

    paths = _paths(known.name, folder)
    for path, text in zip(paths, (declaration(known), claims(known)), strict=True):
        with path.open("x", encoding="utf-8") as stream:
            stream.write(text)
    (settings().root / "inbox" / known.name).mkdir(parents=True, exist_ok=True)
    return paths


def commands(known: "Draft", file: Path) -> list[str]:
    """What to run now, for a file that ends long ago as well."""
    days, horizon = known.nature.window, known.plan.horizon
    last = known.whole - timedelta(days=horizon)
    back = min(BACKTEST_DAYS, (last - days.first).days // 3)
    late = known.whole < clock.yesterday(known.columns.timezone)
    origins = f"{last - timedelta(days=back)}..{last} --every {EVERY} --horizon {horizon}"
    return [
        f"seongsu import {file} --domain {known.name}",
        f"seongsu run {known.name}" + (f" --as-of {known.whole}" if late else ""),
        f"seongsu backtest {known.name} --files {file} --origins {origins}",
    ]
