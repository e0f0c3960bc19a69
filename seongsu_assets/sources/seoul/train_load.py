"""How full trains leave Seongsu in each half hour of an average day, by quarter (OA-12928).
An average computed from fare cards: nothing of a particular day, and no count of passengers."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import partial

from seongsu_assets.domain import Parsed, Payload, Reject, Terms, Window
from seongsu_assets.outside import Absence, Answer, Web
from seongsu_assets.sources.answers import refuse_status
from seongsu_assets.sources.claims import between
from seongsu_assets.sources.feed import Reading, as_parsed, asked
from seongsu_assets.sources.pages import Page, all_pages, bundle
from seongsu_assets.sources.providers import SEOUL
from seongsu_assets.sources.records import day
from seongsu_assets.sources.seoul.envelope import PAGE_SIZE, seoul_page
from seongsu_assets.sources.seoul.train_load_rows import SERVICE, SLOTS, Row, rows_of
from seongsu_assets.sources.values import KST

_MOVED = "성수E"
_NAMES = ("성수", _MOVED)
#: What was reviewed. In 2025 the outer loop moved from 211 to 9001; 9002 is the branch.
_TRACKS = {
    ("211", "내선"): "inner",
    ("211", "외선"): "outer",
    ("9001", "외선"): "outer",
    ("9002", "외선"): "branch",
}
_CODES = {code for code, _ in _TRACKS}

_EDITION = re.compile(r"(20[0-9]{6})[^0-9]*$")
TERMS = Terms(
    SEOUL,
    due_days=-1,  # an edition is always in force: none is late
    contract=(
        between(
            "the_edition_is_whole", "rows", 1_400, 2_000,
            "An edition has about 1,671 rows: 280 stations, two directions, three kinds of days.",
        ),
        between(
            "every_row_arrived", "missing", 0, 0,
            "A part of what was promised is not the edition.",
        ),
        between(
            "the_outer_loop_is_measured", "outer", 3, 3,
            "It moved to another number once, and what it left behind is all zero.",
        ),
        between(
            "the_inner_loop_is_measured", "inner", 3, 3,
            "Each kind of day has its own row.",
        ),
        between(
            "the_branch_is_measured", "branch", 3, 3,
            "It has a row for each kind of day since it has a number of its own.",
            blocking=False,
        ),
        between(
            "loads_are_in_percent", "heaviest", 20, 300,  # seen: 78.5
            "Seongsu's fullest trains are neither empty nor three times full: a unit has changed.",
        ),
        between(
            "few_rows_are_all_zero", "all_zero", None, 100,
            "Where no train starts a row is all zero: 37 in 2025, 42 in 2026.",
            blocking=False,
        ),
        between(
            "rows_are_understood", "unreadable", None, 0,
            "A row that is not understood is the first sign of a changed shape.",
            blocking=False,
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class TrainLoad:
    """The newest edition from the city's API, or any that is given as an official file."""

    name: str = "train_load"
    terms: Terms = TERMS

    def fetch(self, window: Window, web: Web) -> Iterator[Payload | Absence]:
        """The edition in force: 1,671 rows are two calls. An absence of the last day otherwise."""
        return asked(web, self.terms, window.last, partial(self._ask, web))

    def _ask(self, web: Web) -> Payload:
        def page(position: int) -> tuple[Page, Answer]:
            last = position * PAGE_SIZE
            path = f"/{{key}}/json/{SERVICE}/{last - PAGE_SIZE + 1}/{last}/"
            return web.get(SEOUL, path, {}, _page)

        answers = all_pages(page, PAGE_SIZE)
        body = bundle([answer.body for answer in answers])
        return Payload(self.name, answers[0].request, body, answers[-1].received_at)

    def parse(self, payload: Payload) -> Parsed:
        """READING_COLUMNS: key `weekday|saturday|sunday inner|outer|branch`, attributes the percent
        of each half hour. issued_at = at = the date in the file's name, or the time of arrival: the
        API does not say which edition it gives. None where no train runs: what is blank, and the
        zeros before the first and after the last load. A row that is all zero is refused.

        SourceError for what is neither the API's answer nor an official table."""
        read, missing = rows_of(payload)
        rows = [each for each in read if isinstance(each, Row)]
        rejects = [each for each in read if isinstance(each, Reject)]
        edition, moved = _edition(payload), any(row.name == _MOVED for row in rows)
        told = [_told(row, edition, moved=moved) for row in rows if _is_ours(row)]
        readings = [each for each in told if isinstance(each, Reading)]
        tracks = [each.key.split()[1] for each in readings]
        loads = [load or 0.0 for each in readings for load in each.attributes.values()]
        facts = {
            "rows": len(read),
            "missing": missing,
            **{track: tracks.count(track) for track in ("inner", "outer", "branch")},
            "heaviest": max(loads, default=None),
            "all_zero": sum(not any(row.loads.values()) for row in rows),
            "unreadable": len(rejects),
        }
        return as_parsed([*rejects, *told], len(read), facts)


def _page(answer: Answer) -> tuple[Page, Answer]:
    refuse_status(answer)
    return seoul_page(answer.body, SERVICE), answer


def _is_ours(row: Row) -> bool:
    return row.name in _NAMES or row.code in _CODES


def _told(row: Row, edition: datetime, *, moved: bool) -> Reading | Reject:
    """The reading of a row of ours. `moved`: the outer loop stands under a name of its own."""
    if not any(row.loads.values()):
        return Reject(row.place, "structural zero: not measured, which is not empty", row.record)
    track = _TRACKS.get((row.code or _code(row, moved=moved), row.way))
    if track is None or row.name not in _NAMES:
        reason = f"{row.name} {row.code} {row.way} has no reviewed meaning"
        return Reject(row.place, reason, row.record)
    key = f"{row.day} {track}"
    return Reading(key, edition, edition, _running(row.loads), row.place, row.record)


def _code(row: Row, *, moved: bool) -> str:
    """The number of a row that comes without: of two outer tracks named alike one is the branch,
    and the other is all zero."""
    if row.name == _MOVED:
        return "9001"
    return "9002" if moved and row.way == "외선" else "211"


def _running(loads: Mapping[str, float | None]) -> dict[str, float | None]:
    """Zeros before the first train and after the last are no loads."""
    told = [slot for slot in SLOTS if loads[slot]]
    first, last = SLOTS.index(told[0]), SLOTS.index(told[-1])
    return {
        slot: loads[slot] if first <= position <= last else None
        for position, slot in enumerate(SLOTS)
    }


def _edition(payload: Payload) -> datetime:
    """Midnight of the day in the file's name; without one the time of arrival."""
    found = _EDITION.search(payload.request.rpartition(".")[0])
    try:
        named = day(found[1]) if found else None
    except ValueError:
        named = None
    return datetime.combine(named, time(), KST).astimezone(UTC) if named else payload.received_at
