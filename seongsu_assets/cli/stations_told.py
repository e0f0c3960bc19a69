"""What `seongsu backtest --stations` prints: each station, how they are spread, and what is not.
No figure is computed here."""

from typing import Any

import pandas as pd

from seongsu_assets.cli import show
from seongsu_assets.forecasting.across import SPREAD

#: The columns of the table, by what they are called.
AGAINST = {"of naive": "seasonal_naive", "of mean": "seasonal_mean"}


def tell(report: dict[str, Any]) -> None:
    """A line for each station and for the spread over them; then what some of them lack, and why
    some have no figures."""
    scored = [each for each in report["stations"] if not each["reason"]]
    size = f"{len(scored)} stations, {report['seconds']} s, {report['peak_mb']} MB"
    if scored:
        lines = pd.DataFrame([_line(each["station"], each) for each in scored])
        show.frame_table(size, lines.sort_values("of naive"), whole=("station",))
        spread = [_line(name, _at(report["across"], name)) for name in SPREAD]
        show.frame_table("over stations", pd.DataFrame(spread))
        for name in AGAINST.values():
            show.say(_better(report["across"], name))
    for each in report["stations"]:
        if each["missing_days"]:
            told = f"{each['missing_days']} days between the first and the last"
            show.say(f"{each['station']}: {told}", head="[yellow]missing[/] ")
        if each["left_out"]:
            told = f"{each['left_out']} rows that could not be read"
            show.say(f"{each['station']}: {told}", head="[yellow]left out[/] ")
        if each["reason"]:
            show.say(f"{each['station']}: {each['reason']}", head="[yellow]no figures[/] ")


def _line(name: str, figures: dict[str, Any]) -> dict[str, Any]:
    return {
        "station": name,
        "WAPE %": _percent(figures["ours"]["wape"]),
        **{called: _rounded(figures[f"ratio_vs_{name}"]) for called, name in AGAINST.items()},
        "inside 80 %": _percent(figures["ours"]["coverage80"]),
    }


def _at(across: dict[str, Any], place: str) -> dict[str, Any]:
    """One place of the spread, in the shape of a station's figures."""
    ratios = [f"ratio_vs_{name}" for name in AGAINST.values()]
    ours = {name: across[name][place] for name in ("wape", "coverage80")}
    return {"ours": ours} | {ratio: across[ratio][place] for ratio in ratios}


def _better(across: dict[str, Any], name: str) -> str:
    return (
        f"better than {name}: {across[f'better_than_{name}']} of {across['reports']}, surely "
        f"{across[f'surely_better_than_{name}']}; surely worse: "
        f"{across[f'surely_worse_than_{name}']}; summed error of its: "
        f"{_rounded(across[f'summed_ratio_vs_{name}'])}"
    )


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
