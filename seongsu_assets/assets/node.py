"""What every node of a domain's graph shares: its key, group, owner, partitions and report.
No node is defined here."""

from collections.abc import Callable
from datetime import date
from typing import Any, cast

import dagster as dg
import pandas as pd

from seongsu_assets.domain import Domain, Window

#: Of a long range, the newest days are told in full; of the others a preview would cost more time
#: than the work itself, and the warehouse has it all.
TOLD_DAYS = 31

#: What a node's table is made of, shown in the catalog.
KINDS = {"postgres"}

DESCRIPTIONS = {
    "series": "the part of the domain that is counted, for example one direction",
    "business_date": "the operating day in the domain's timezone",
    "origin": "the last complete day before the first day that is forecast",
    "hour": "start of the slot; 24 and later are after midnight of the same operating day",
    "horizon": "days after the origin",
    "value": "what was counted; a slot that is not known has no row",
    "q05": "one time in twenty fewer than this",
    "q10": "one time in ten fewer than this",
    "q25": "one time in four fewer than this",
    "q50": "as often more as fewer",
    "q75": "one time in four more than this",
    "q90": "one time in ten more than this",
    "q95": "one time in twenty more than this",
    "level": "0 calm to 3 crowded, for the total",
    "usual": "mean of the last four days of the same type at this hour",
    "naive": "the same hour seven days earlier",
    "observed": "what came",
}


def days(domain: Domain) -> dg.TimeWindowPartitionsDefinition:
    """The domain's days or weeks, cut at its own midnight; the newest is the last complete one."""
    start, zone = domain.cadence.start, domain.cadence.timezone
    if domain.cadence.step == 1:
        return dg.DailyPartitionsDefinition(start_date=start.isoformat(), timezone=zone)
    return dg.WeeklyPartitionsDefinition(
        start_date=start.isoformat(), timezone=zone, day_offset=start.isoweekday() % 7
    )


def spec(domain: Domain, node: str, *kinds: str) -> dict[str, Any]:
    """The arguments that all of a domain's nodes share."""
    return {
        "key": [domain.name, node],
        "group_name": domain.name,
        "owners": [domain.owner],
        "kinds": KINDS | set(kinds),
        "tags": {"domain": domain.name},
    }


def asset(
    domain: Domain, node: str, *kinds: str, **options: Any
) -> Callable[[Callable[..., Any]], dg.AssetsDefinition]:
    """`dg.asset` with what all nodes share; the function's docstring is the description."""
    return cast(
        "Callable[[Callable[..., Any]], dg.AssetsDefinition]",
        dg.asset(**spec(domain, node, *kinds), **options),  # pyright: ignore[reportUnknownVariableType]
    )


def window(context: dg.AssetExecutionContext | dg.AssetCheckExecutionContext) -> Window:
    """The days this run is asked for."""
    keys = context.partition_keys
    return Window(date.fromisoformat(keys[0]), date.fromisoformat(keys[-1]))


def key(day: object) -> str:
    """The partition key of a day."""
    return pd.Timestamp(str(day)).strftime("%Y-%m-%d")


def schema(table: pd.DataFrame) -> dg.TableSchema:
    """The columns of a frame with their meaning."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(name, str(dtype), description=DESCRIPTIONS.get(name))
            for name, dtype in zip(map(str, table.columns), table.dtypes, strict=True)
        ]
    )


def preview(table: pd.DataFrame, rows: int = 24) -> dg.MarkdownMetadataValue:
    """The first rows as a Markdown table."""
    head = table.head(rows)
    lines = ["| " + " | ".join(map(str, head.columns)) + " |", "|" + "---|" * len(head.columns)]
    lines += [
        "| " + " | ".join(_cell(cell) for cell in row) + " |"
        for row in head.itertuples(index=False)
    ]
    return dg.MetadataValue.md("\n".join(lines))


def _cell(value: object) -> str:
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}" if value == value.normalize() else f"{value:%Y-%m-%d %H:%M}"
    if value is None or value != value:  # noqa: PLR0124 - unknown is blank, not "nan"
        return ""
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.4g}"  # noqa: PLR2004 - digits
    text = str(value)
    return text.replace("|", "\\|").replace("\n", " ")
