"""The contract of a source, examined by Great Expectations on the facts of each payload.
The claims are the source's; what a record says is read by its `parse`."""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from seongsu_assets import validation
from seongsu_assets.domain import Expectation, Parsed, Reject
from seongsu_assets.errors import SourceError
from seongsu_assets.sources.days import day_of
from seongsu_assets.warehouse.arrivals import Reading
from seongsu_assets.warehouse.contracts import Verdict


def judged(readings: Sequence[Reading], contract: Sequence[Expectation]) -> list[Reading]:
    """The readings with their verdicts. Nothing of a payload that breaks a blocking claim is used:
    its rows become rejects that name the claim."""
    if not readings or not contract:
        return list(readings)
    facts = pd.DataFrame([dict(reading.parsed.facts) for reading in readings])
    results = validation.check(facts, contract)
    answer: list[Reading] = []
    for place, reading in enumerate(readings):
        verdicts = tuple(
            Verdict(
                result.expectation.claim,
                place not in result.rows,
                result.expectation.blocking,
                _observed(facts.iloc[place].to_dict(), result.expectation),
                result.expectation.reason,
            )
            for result in results
        )
        broken = [v for v in verdicts if v.blocking and not v.passed]
        parsed = _withheld(reading, broken) if broken else reading.parsed
        answer.append(replace(reading, parsed=parsed, verdicts=verdicts))
    return answer


def _observed(facts: dict[Hashable, Any], expectation: Expectation) -> str:
    column = str(expectation.arguments["column"])
    return f"{column.replace('_', ' ')}: {facts.get(column)}"


def _withheld(reading: Reading, broken: Sequence[Verdict]) -> Parsed:
    parsed, days = reading.parsed, _days(reading)
    refused = sum(reject.records for reject in parsed.rejects)
    left = (parsed.received or refused) - refused
    rejects = [
        Reject(
            reading.name,
            f"{verdict.observed}. {verdict.reason}",
            f"{left} records",
            day,
            verdict.claim,
            # The records of the payload are counted once, under its first claim and day.
            records=left if (verdict, day) == (broken[0], days[0]) else 0,
        )
        for verdict in broken
        for day in days
    ]
    return replace(parsed, rows=parsed.rows.iloc[:0], rejects=(*parsed.rejects, *rejects))


def _days(reading: Reading) -> list[date | None]:
    """The days that are withheld: those of the rows, or where there is none the one asked for."""
    stamps = reading.parsed.rows.get("business_date", pd.Series()).unique()
    if len(stamps):
        return [stamp.date() for stamp in stamps]
    try:
        return [day_of(reading.name)]
    except SourceError:  # what a feed says is of no single day
        return [None]
