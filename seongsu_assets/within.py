"""Which rows are of a domain's periods at all: not before its first, none that is not over.
What is wrong with a row that is, the audit says."""

from collections.abc import Hashable
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from seongsu_assets import clock
from seongsu_assets.domain import Cadence, Domain, Parsed, Reject


def within(domain: Domain, parsed: Parsed) -> Parsed:
    """The rows of periods that the domain knows and that are over; the others become rejects."""
    rows, cadence = parsed.rows, domain.cadence
    first, last = cadence.start, cadence.newest(clock.now())
    days = {stamp: stamp.date() for stamp in pd.DatetimeIndex(rows.business_date.unique())}
    ours = [stamp for stamp, d in days.items() if first <= d <= last and cadence.begins(d) == d]
    inside = rows.business_date.isin(ours)
    outside = rows[~inside].to_dict("records")
    rejects = [_reject(row | {"business_date": days[row["business_date"]]}, cadence)
               for row in outside]  # fmt: skip
    return replace(parsed, rows=rows[inside], rejects=(*parsed.rejects, *rejects))


def _why(day: date, cadence: Cadence) -> str:
    """Why a day is none of the periods that are over."""
    if day < cadence.start:
        return f"before the first day, {cadence.start}"
    if cadence.begins(day) != day:
        return f"no first day of a {cadence.period}; {cadence.begins(day)} is"
    return "not over"


def _reject(row: dict[Hashable, Any], cadence: Cadence) -> Reject:
    day = row["business_date"]
    record = f"{row['series']} {row['hour']}: {row['value']:g}"
    # A cell of a record that was counted already: it stands for none.
    return Reject(row["place"], f"{day} is {_why(day, cadence)}", record, day, records=0)
