"""What `seongsu backtest` prints: everybody on the same rows, by day and hour, and the levels.
No figure is computed here."""

from typing import Any

from seongsu_assets.cli import show
from seongsu_assets.forecasting import standings


def tell(report: dict[str, Any]) -> None:
    """The report's core as tables."""
    size = f"{report['rows']} rows, {report['seconds']} s, {report['peak_mb']} MB"
    show.frame_table(size, standings.overall(report), whole=("contender", "nearer by (95 %)"))
    if "parts" in report:
        show.frame_table("each series, row by row", standings.parts(report), whole=("ahead",))
    for by in ("by_day_type", "by_band"):
        name = standings.GROUPS[by]
        if len(report[by]) > 1:
            show.frame_table(f"by {name}", standings.group(report, by), whole=(name,))
    show.frame_table("levels, percent", standings.levels(report), whole=("levels",))
    show.say(
        "of naive: error over seasonal naive's. nearer by: of what is counted, a row. p: the "
        "chance of such a difference between equals (Diebold-Mariano over origins). --json has "
        "every measure, by horizon and hour too."
    )
