"""Where a domain's numbers come from: each source and feed, what it told last, and what it lacks.
Facts only; how they are shown is in `cli.status` and `status_page`."""

from datetime import datetime
from typing import Any

from seongsu_assets.domain import Domain, Source
from seongsu_assets.settings import settings
from seongsu_assets.warehouse import absences, published, readings
from seongsu_assets.warehouse.postgres import Connection


def origins(conn: Connection, domain: Domain) -> list[dict[str, Any]]:
    """One line per source and feed: source, told, newest, hours (in force, of which estimated) and
    state: ok, no key, nothing yet, or what its last absence meant."""
    told = published.source_status(conn, domain.name)
    lines: list[dict[str, Any]] = []
    for source in [*domain.sources, *([domain.sample] if domain.sample else [])]:
        mine = told[told.source == source.name]
        if source is domain.sample and mine.empty:
            continue
        arrived = None if mine.empty else mine.arrived_at.max().to_pydatetime()
        lines.append(
            {
                "source": source.name,
                "newest": None if mine.empty else mine.newest_day.max().date(),
                "arrived": arrived,
                "hours": int(mine.hours_in_force.sum()),
                "estimated": int(mine.hours_estimated.sum()),
                "state": _state(conn, domain.name, source.name, source, arrived),
            }
        )
    heard = readings.standing(conn, domain.name).set_index("feed")
    for feed in domain.feeds:
        known = heard.loc[feed.name] if feed.name in heard.index else None
        arrived = None if known is None else known.recorded_at.to_pydatetime()
        lines.append(
            {
                "source": feed.name,
                "newest": None if known is None else known.issued_at.date(),
                "arrived": arrived,
                "hours": 0,
                "estimated": 0,
                "state": _state(conn, domain.name, feed.name, feed.source, arrived),
            }
        )
    return lines


def _state(
    conn: Connection, dataset: str, name: str, source: Source, arrived: datetime | None
) -> str:
    if source.terms and (key := source.terms.provider.key) and settings().key(key) is None:
        return f"no key: set SEONGSU_{key.upper()}"
    absent = absences.last(conn, dataset, name)
    if absent and (arrived is None or absent.asked_at > arrived) and absent.meaning != "not due":
        return f"{absent.meaning}: {absent.detail}" if absent.detail else absent.meaning
    return "ok" if arrived else "nothing yet"
