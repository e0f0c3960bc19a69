"""Claims of a domain, examined by Great Expectations, and told as verdicts on rows and days.
No thresholds here, and no knowledge of what a column measures."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from seongsu_assets.domain import Domain, Expectation, Window
from seongsu_assets.errors import AuditError
from seongsu_assets.forecasting.plausibility import Candidates
from seongsu_assets.forecasting.totals import examine_totals
from seongsu_assets.validation import Result, check, ephemeral, results_of, validate

FAILURE_COLUMNS = (
    "business_date", "claim", "blocking", "place", "series", "hour", "observed", "reason",
)  # fmt: skip

#: The covariate that tells which days are nothing but a day of the week, and how it says so.
CALENDAR, KIND, ORDINARY = "calendar", "kind", "ordinary"


@dataclass(frozen=True)
class Audit:
    """`failures`: one line per claim and offending row or day (FAILURE_COLUMNS).
    `validations` are Great Expectations' own results by frame, for its pages."""

    failures: pd.DataFrame
    results: tuple[Result, ...]
    validations: dict[str, Any]

    def refused_days(self) -> set[date]:
        """Days on which a blocking claim does not hold."""
        blocked = self.failures[self.failures["blocking"].astype(bool)]
        return {moment.date() for moment in blocked["business_date"].unique()}


def audit(
    rows: pd.DataFrame,
    reference: pd.DataFrame,
    domain: Domain,
    calendar: pd.DataFrame | None = None,
) -> Audit:
    """Judge `rows` (OBSERVATION_COLUMNS and `place`) beside accepted rows of the weeks around.
    `calendar` is the one in force; without it, what the domain's own says.

    Of an open panel the days alone: its rows were judged one by one. AuditError when there are no
    rows: nothing that arrived is not the same as nothing wrong."""
    if rows.empty:
        raise AuditError("there are no rows to examine", remedy="fetch or import the days again")
    given = _beside(rows, reference, domain, calendar)
    of_days = given.days()
    places = rows.groupby("business_date")["place"].agg(_span)
    of_days["place"] = of_days["business_date"].map(places)
    of_rows = {} if domain.open else {"rows": given.told(_columns(domain))}
    return _judge(of_rows | {"days": of_days}, domain)


def audit_rows(
    rows: pd.DataFrame, reference: pd.DataFrame, domain: Domain, calendar: pd.DataFrame | None
) -> list[Result]:
    """The verdict on each claim about rows; see `audit`."""
    claims = [each for each in domain.expectations if each.frame == "rows"]
    if not claims:
        return []
    return check(_beside(rows, reference, domain, calendar).told(_columns(domain)), claims)


def _beside(
    rows: pd.DataFrame, reference: pd.DataFrame, domain: Domain, calendar: pd.DataFrame | None
) -> Candidates:
    return Candidates(
        rows,
        reference,
        hours=domain.cadence.required_hours,
        series=domain.series or sorted({*rows["series"], *reference["series"]}),
        ordinary=_ordinary_days(rows, domain, calendar),
        step=domain.cadence.step,
    )


def _columns(domain: Domain) -> set[str]:
    """What the domain's claims about rows ask for."""
    return {each.arguments["column"] for each in domain.expectations if each.frame == "rows"}


def audit_totals(rows: pd.DataFrame, reference: pd.DataFrame, domain: Domain) -> Audit:
    """Judge whole-day totals beside accepted rows by the hour of the weeks around."""
    return _judge({"totals": examine_totals(rows, reference)}, domain)


def _judge(frames: Mapping[str, pd.DataFrame], domain: Domain) -> Audit:
    failures, results, validations = list[dict[str, Any]](), list[Result](), dict[str, Any]()
    for name, frame in frames.items():
        claims = [each for each in domain.expectations if each.frame == name]
        if not claims:
            continue
        validations[name] = validate(frame, claims, name)
        found = results_of(frame, claims, validations[name])
        results += found
        failures += [
            _failure(row, result.expectation, domain.thing)
            for result in found
            for row in frame.iloc[list(result.rows)].to_dict("records")
        ]
    table = pd.DataFrame(failures, columns=list(FAILURE_COLUMNS))
    table["business_date"] = pd.to_datetime(table["business_date"]).astype("datetime64[ns]")
    return Audit(table.sort_values("business_date", kind="stable"), tuple(results), validations)


def data_docs(audit: Audit, folder: Path) -> Path:
    """Great Expectations' own pages of this audit, written into `folder`: the index page."""
    context = ephemeral()
    from great_expectations.core.run_identifier import RunIdentifier
    from great_expectations.data_context.types.resource_identifiers import (
        ExpectationSuiteIdentifier,
        ValidationResultIdentifier,
    )

    store = {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder.absolute())}
    index = {"class_name": "DefaultSiteIndexBuilder"}
    site = {"class_name": "SiteBuilder", "site_index_builder": index, "store_backend": store}
    context.add_data_docs_site("audit", site)
    run = RunIdentifier(run_name="audit")
    for name, validation in audit.validations.items():
        suite = ExpectationSuiteIdentifier(name)
        context.validation_results_store.add(
            ValidationResultIdentifier(suite, run, name), validation
        )
    context.build_data_docs(site_names=["audit"])
    return folder / "index.html"


def _ordinary_days(
    rows: pd.DataFrame, domain: Domain, told: pd.DataFrame | None
) -> Collection[date]:
    """The days that the calendar knows as ordinary; none without a calendar."""
    if told is None:
        calendar = next((each for each in domain.covariates if each.name == CALENDAR), None)
        if calendar is None:
            return ()
        days = rows["business_date"]
        told = calendar.build(Window(days.min().date(), days.max().date()))
    return {moment.date() for moment in told.loc[told[KIND] == ORDINARY, "business_date"]}


def _span(places: pd.Series) -> str:
    """Where a day stands: the addresses of its rows, or the first and the last of many."""
    first, *others = dict.fromkeys(places)
    joint = " and " if len(others) == 1 else " to "
    return joint.join((first, *others[-1:]))


def _failure(row: Mapping[Any, Any], expectation: Expectation, thing: str) -> dict[str, Any]:
    """One line of Audit.failures."""
    column = expectation.arguments["column"]
    observed = row[column]
    numeric = isinstance(observed, int | float)
    return {
        "business_date": row["business_date"],
        "claim": expectation.claim,
        "blocking": expectation.blocking,
        "place": row["place"],
        "series": row.get("series"),
        "hour": row.get("hour"),
        "observed": float(observed) if numeric else None,
        "reason": f"{_subject(row, thing)}: {_words(row, column)}, {_allowed(expectation)}. "
        f"{expectation.reason}",
    }


def _subject(row: Mapping[Any, Any], thing: str) -> str:
    when = f"{row['business_date']:%Y-%m-%d}"
    if "hour" not in row:
        return when
    if row["hour"] < 0:
        return f"{when} {row['series']} ({row['value']:,.10g} {thing} in all)"
    return f"{when} {row['series']} at {row['hour']} ({row['value']:,.10g} {thing})"


def _words(row: Mapping[Any, Any], column: str) -> str:
    observed, what = row[column], row.get(f"{column}_what")
    number = f"{observed:,.3g}" if isinstance(observed, float) else str(observed)
    return f"{column.replace('_', ' ')} is {number}" + (f" ({what})" if what else "")


def _allowed(expectation: Expectation) -> str:
    least, most = (expectation.arguments.get(bound) for bound in ("min_value", "max_value"))
    if least is not None and most is not None:
        return f"allowed is {least:g} to {most:g}"
    if least is not None:
        return f"at least {least:g} is allowed"
    if most is not None:
        return f"at most {most:g} is allowed"
    return "which is not allowed"
