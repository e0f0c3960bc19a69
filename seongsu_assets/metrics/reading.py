"""What a collector of the warehouse stands on: the connection, one domain, its data and the clock.
No query and no family here."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from seongsu_assets.domain import Domain
from seongsu_assets.warehouse import datasets
from seongsu_assets.warehouse.postgres import Connection


@dataclass(frozen=True)
class Reading:
    """One domain at `now`, read through the data set in force."""

    conn: Connection
    domain: Domain
    dataset: str
    now: datetime

    @classmethod
    def of(cls, conn: Connection, domain: Domain, now: datetime) -> "Reading":
        return cls(conn, domain, datasets.active(conn, domain), now)

    @property
    def today(self) -> date:
        """The day that is not over yet, in the domain's timezone."""
        return self.now.astimezone(ZoneInfo(self.domain.cadence.timezone)).date()

    def end(self, day: date) -> datetime:
        """The midnight after the day or week, in the domain's timezone."""
        cadence = self.domain.cadence
        return datetime.combine(cadence.later(day, 1), time(), tzinfo=ZoneInfo(cadence.timezone))

    def since(self, moment: datetime) -> float:
        """Seconds from the moment to now."""
        return (self.now - moment).total_seconds()

    def rows(self, query: str, **more: Any) -> list[tuple[Any, ...]]:
        """The answer to a query that may name %(dataset)s, %(domain)s and whatever is given."""
        keys = {"dataset": self.dataset, "domain": self.domain.name, **more}
        return self.conn.execute(query, keys).fetchall()  # pyright: ignore[reportArgumentType, reportCallIssue]
