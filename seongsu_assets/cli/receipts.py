"""What an import did, file by file, as tables or as JSON.
Nothing is read, judged or stored here."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from seongsu_assets.cli import show
from seongsu_assets.cli.coverage import Coverage
from seongsu_assets.domain import Cadence, Window
from seongsu_assets.warehouse.arrivals import Receipt

#: What one screen holds; how much is left out is always said.
SHOWN = 20
UNREADABLE = "row_is_readable"


@dataclass(frozen=True)
class Line:
    """The receipt of one file and what the file covers."""

    receipt: Receipt
    coverage: Coverage

    @property
    def new_hourly(self) -> set[date]:
        return set(self.receipt.days) & self.coverage.hourly

    @property
    def refused(self) -> list[dict[str, Any]]:
        """Every refused row and day: file, day, claim, place, reason, found."""
        frame = self.receipt.refused
        judged = [] if frame is None else frame.to_dict("records")
        rows = [
            (r.business_date, UNREADABLE, r.place, r.reason, r.record)
            for r in self.coverage.rejects
        ] + [
            (r["business_date"].date(), r["claim"], r["place"], r["reason"], str(r["observed"]))
            for r in judged
        ]
        name = self.receipt.payload
        return [
            {"file": name, "day": day, "claim": claim, "place": place or name}
            | {"reason": reason, "found": found}
            for day, claim, place, reason, found in rows
        ]

    @property
    def refused_days(self) -> set[date]:
        return {row["day"] for row in self.refused if row["claim"] != UNREADABLE}

    def facts(self, cadence: Cadence) -> dict[str, Any]:
        """Everything about the file, as `--json` shows it."""
        days = self.coverage.hourly | self.coverage.daily
        return {
            "file": self.receipt.payload,
            "error": self.receipt.error or None,
            "known": self.receipt.known,
            "first_day": min(days, default=None),
            "last_day": max(days, default=None),
            "hourly_days": len(self.coverage.hourly),
            "daily_days": len(self.coverage.daily),
            "new_days": len(self.receipt.days),
            "refused_days": len(self.refused_days),
            "unread_rows": len(self.coverage.rejects),
            "missing": [vars(window) for window in self.coverage.missing(cadence)],
        }


def report(lines: list[Line], cadence: Cadence, *, json: bool) -> None:
    """What every file brought, every row and day that was refused, and every day that is missing.

    Files that could not be read at all are told on stderr."""
    for line in lines:
        if line.receipt.error:
            show.say(line.receipt.error, head="[bold red]error[/] ")
    refused = [row for line in lines for row in line.refused]
    if json:
        show.as_json({"files": [line.facts(cadence) for line in lines], "refused": refused})
        return
    read = [line for line in lines if not line.receipt.error]
    if read:
        show.frame_table("imported", pd.DataFrame([_row(line, cadence) for line in read]))
    if refused:
        _table("refused", _condensed(refused))
    gaps = [
        {"file": line.receipt.payload, "says nothing of": span(window, cadence)}
        for line in read
        for window in line.coverage.missing(cadence)
    ]
    if gaps:
        _table("missing in the middle of a file", pd.DataFrame(gaps))


def span(window: Window, cadence: Cadence) -> str:
    """A window as people write it."""
    if window.first == window.last:
        return f"{window.first}"
    return f"{window.first} to {window.last} ({len(cadence.periods(window))} {cadence.period}s)"


def _row(line: Line, cadence: Cadence) -> dict[str, object]:
    if line.receipt.known:
        return {"file": line.receipt.payload, "holds": "known: these bytes were read before"}
    slots = " by the hour" if len(cadence.slots) > 1 else ""
    kinds = {slots: line.coverage.hourly, " daily totals": line.coverage.daily}
    return {
        "file": line.receipt.payload,
        "holds": ", ".join(
            f"{len(days)} {cadence.period}s{kind}" for kind, days in kinds.items() if days
        ),
        "new": str(len(line.receipt.days)),
        "refused": str(len(line.refused_days)),
        "unread rows": str(len(line.coverage.rejects)),
    }


def _condensed(refused: list[dict[str, Any]]) -> pd.DataFrame:
    """One line for each file, day and reason's kind: its first row, and how many follow."""
    rows = pd.DataFrame([row | {"day": str(row["day"] or "unknown")} for row in refused])
    grouped = rows.groupby(["day", "file", "claim"], sort=True)
    first = grouped.first().reset_index()
    more = grouped.size().to_numpy() - 1
    first["why"] = [
        f"{reason} (and {n} more rows)" if n else reason
        for reason, n in zip(first.reason, more, strict=True)
    ]
    return first.rename(columns={"place": "where"})[["day", "where", "why"]]


def _table(title: str, rows: pd.DataFrame) -> None:
    show.frame_table(f"{title}: {len(rows)}", rows.head(SHOWN), whole=("day",))
    if len(rows) > SHOWN:
        show.console.print(f"and {len(rows) - SHOWN} more; `--json` shows all", highlight=False)
