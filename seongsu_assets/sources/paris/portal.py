"""The answers of Opendatasoft's Explore API v2.1, which Paris Open Data runs: pages and exports.
No record and no dataset here."""

from typing import Any

from seongsu_assets.errors import Outage, QuotaSpent, RequestRefused
from seongsu_assets.outside import Answer
from seongsu_assets.sources.answers import json_of, refuse_status
from seongsu_assets.sources.pages import Page

#: Records of one call, and the record beyond which none can be asked for: more is refused with 400,
#: InvalidRESTParameterError. Documented, and seen by users; an export is documented as unlimited.
PAGE_SIZE, FURTHEST = 100, 10_000

_TOO_MANY = 429
_CHANGED = "compare with the portal's documentation: the shape has changed"


def refuse(answer: Answer) -> None:
    """Raise what a status means: QuotaSpent where the day's calls are used up, else as
    `refuse_status`. The words of the quota's answer are as users of other such portals saw them."""
    if answer.status == _TOO_MANY:
        said = json_of(answer.body)
        if isinstance(said, dict) and said.get("limit_time_unit") == "day":
            limit = str(said.get("call_limit"))[:20]
            raise QuotaSpent(f"the portal's {limit} calls a day are used up", remedy="ask tomorrow")
    refuse_status(answer)


def is_export(tree: Any) -> bool:
    return isinstance(tree, list)


def page(tree: Any) -> Page:
    """Records, and how many there are of them in all. RequestRefused for anything else."""
    if isinstance(tree, dict) and not getattr(tree, "repeated", ()):
        rows, total = tree.get("results"), tree.get("total_count")
        if type(total) is int and isinstance(rows, list) and 0 <= len(rows) <= total:
            return Page(rows, total)
    raise RequestRefused("the answer has no records or does not count them", remedy=_CHANGED)


def read_page(answer: Answer) -> tuple[Page, Answer]:
    """A reader for `Web.get`."""
    refuse(answer)
    return page(json_of(answer.body)), answer


def read_export(answer: Answer, total: int) -> Answer:
    """A reader for `Web.get`: Outage unless all `total` records are there."""
    refuse(answer)
    records = json_of(answer.body)
    if not is_export(records):
        raise RequestRefused("the export is no list of records", remedy=_CHANGED)
    if len(records) != total:
        raise Outage(f"the export has {len(records):,} of {total:,} records")
    return answer
