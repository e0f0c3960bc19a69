"""Slots of a length among forecast hours, from calm to crowded.
Which hours are looked at is said elsewhere."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from seongsu_assets.warehouse.served import Row

#: Slots told of each end.
TOLD = 3
Slot = dict[str, Any]


def of_length(rows: Sequence[Row], hours: int, names: Sequence[str]) -> list[Slot]:
    """Every run of so many hours of one day, the calmest first, then the earliest. `rows` are of
    one series, in order of day and hour."""
    found: list[Slot] = []
    for place in range(len(rows)):
        run = _run(rows, place, hours)
        if run:
            found.append(_slot(run, hours, names))
    return sorted(found, key=lambda slot: (slot["people_per_hour"], slot["begins"]))


def apart(slots: Sequence[Slot]) -> list[Slot]:
    """The first few that do not overlap."""
    chosen: list[Slot] = []
    for slot in slots:
        if all(slot["ends"] <= each["begins"] or each["ends"] <= slot["begins"] for each in chosen):
            chosen.append(slot)
        if len(chosen) == TOLD:
            break
    return chosen


def _run(rows: Sequence[Row], place: int, hours: int) -> list[Row]:
    """The rows from `place` on that make exactly so many hours without a gap, or nothing."""
    run: list[Row] = []
    length = 0
    for row in rows[place:]:
        first = run[0] if run else row
        follows = row["hour"] == first["hour"] + length
        if row["business_date"] != first["business_date"] or not follows:
            return []
        run.append(row)
        length += row["hours"]
        if length >= hours:
            return run if length == hours else []
    return []


def _slot(run: Sequence[Row], hours: int, names: Sequence[str]) -> Slot:
    levels = [row["level"] for row in run if row["level"] is not None]
    highest = max(levels, default=None)
    last = run[-1]
    ends = datetime.fromisoformat(last["at"]) + timedelta(hours=last["hours"])
    return {
        "business_date": run[0]["business_date"],
        "first_hour": run[0]["hour"],
        "last_hour": last["hour"],
        "begins": run[0]["at"],
        "ends": ends.isoformat(),
        "people_per_hour": round(sum(row["q50"] for row in run) / hours, 2),
        "highest_level": highest,
        "highest_level_name": None if highest is None else names[highest],
    }
