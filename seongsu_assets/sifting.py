"""Rows of an open panel that break a blocking claim leave their day: the day stands without them.
The claims are examined in `expectations`; nothing is stored here."""

from dataclasses import replace

import pandas as pd

from seongsu_assets import expectations
from seongsu_assets.domain import Domain, Expectation, Parsed, Reject


def sift(
    domain: Domain, parsed: Parsed, known: pd.DataFrame, calendar: pd.DataFrame | None
) -> Parsed:
    """What is left of `parsed`, each row that went told as a Reject with the claim it breaks. One
    counter's fault is no ground to know nothing of the others."""
    if parsed.rows.empty:
        return parsed
    rows = parsed.rows.reset_index(drop=True)
    wrong: dict[int, Expectation] = {}
    for result in expectations.audit_rows(rows, known, domain, calendar):
        if result.expectation.blocking:
            wrong |= dict.fromkeys(result.rows, result.expectation) | wrong
    if not wrong:
        return parsed
    out = rows.iloc[list(wrong)].to_dict("records")
    rejects = [
        Reject(
            place=row["place"],
            reason=f"{claim.claim}: {claim.reason}",
            record=f"{row['series']} {row['hour']}: {row['value']:g}",
            business_date=row["business_date"].date(),
            claim=claim.claim,
            records=0,  # it was counted as understood
        )
        for row, claim in zip(out, wrong.values(), strict=True)
    ]
    return replace(parsed, rows=rows.drop(index=list(wrong)), rejects=(*parsed.rejects, *rejects))


def own(parsed: Parsed, sifted: Parsed) -> Parsed:
    """What is left of `parsed`, whose days were sifted together with others, and what was refused
    of it."""
    days = parsed.rows["business_date"]
    mine = {stamp.date() for stamp in pd.DatetimeIndex(days.unique())}
    left = sifted.rows[sifted.rows["business_date"].isin(days)].reset_index(drop=True)
    refused = [each for each in sifted.rejects if each.business_date in mine]
    return replace(parsed, rows=left, rejects=(*parsed.rejects, *refused))
