"""Which column tells the time, and how it is written.
How far apart the times are is in `rhythm`; no zone is chosen here."""

import re
from dataclasses import dataclass

import pandas as pd

from seongsu_assets.drafting.cells import MOSTLY, example, listed, said
from seongsu_assets.errors import Unclear
from seongsu_assets.sources.long_table import ISO, moments_of

_ISO = r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(?:Z|[+-]\d\d:?\d\d)?"
_COMPACT = r"(?:19|20)\d\d[01]\d[0-3]\d"
_PARTS = r"^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:[T ](\d{1,2}:\d\d)(:\d\d)?( ?[AaPp][Mm])?)?$"
_MONTH = r"\d{4}[-/.]\d\d?|[A-Za-z]{3,9}[ -]\d{4}"
_OFFSET = r"(Z|[+-]\d\d:?\d\d)$"
#: Of a day and a month, the first is which.
ORDERS = {"day": "%d{0}%m{0}%Y", "month": "%m{0}%d{0}%Y"}
YEAR_DIGITS, MONTHS = 4, 12


@dataclass(frozen=True)
class Written:
    """How a column writes times. `form` is empty where day and month cannot be told apart; then
    `forms` says what may be meant. `offsets` are those of instants, none for wall times."""

    column: str
    form: str
    forms: tuple[str, ...] = ()
    offsets: tuple[str, ...] = ()

    @property
    def aware(self) -> bool:
        return bool(self.offsets)


def find(cells: pd.DataFrame, wanted: str, first: str) -> Written:
    """The one column that tells the time, or `wanted`. `first` says what stands first where both
    day and month may be meant. Unclear when there is none, or more than one."""
    names = [wanted] if wanted else list(cells.columns)
    found = [each for name in names if (each := written(cells[name], first))]
    if not found:
        raise _timeless(cells, names)
    if len(found) > 1:
        told = " and ".join(each.column for each in found)
        raise Unclear(
            f"{told} tell times", remedy=f"name the one that counts: --time {found[0].column}"
        )
    [one] = found
    if not one.form:
        raise Unclear(
            f"{one.column} ({example(cells[one.column])}) may have the day or the month first, and "
            "no number in it is above 12 on one side only",
            remedy="say which: --first day, or --first month",
        )
    return one


def _timeless(cells: pd.DataFrame, names: list[str]) -> Unclear:
    for name in names:
        told = said(cells[name])
        if len(told) and told.str.fullmatch(_MONTH).all():
            return Unclear(
                f"{name} ({example(told)}) names months",
                remedy="hours and days are supported: give a file of one of them",
            )
    whose = f"{names[0]} ({example(cells[names[0]])})" if len(names) == 1 else "no column"
    return Unclear(
        f"{whose} tells a time that is understood, of {listed(cells)}",
        remedy="write times as 2024-01-31, 31.01.2024, 2024-01-31 13:00 or 2024-01-31T13:00+01:00",
    )


def written(column: pd.Series, first: str = "") -> Written | None:
    """How a column writes times; None where most of its cells are no times."""
    told, name = said(column), str(column.name)
    if told.empty:
        return None
    if told.str.fullmatch(_ISO).mean() >= MOSTLY:
        return Written(name, ISO, offsets=_offsets(told))
    if told.str.fullmatch(_COMPACT).mean() >= MOSTLY:
        return Written(name, "%Y%m%d")
    parts = told.str.extract(_PARTS)
    known = parts[0].notna()
    forms = _forms(parts[known], first) if known.mean() >= MOSTLY else []
    return Written(name, forms[0] if len(forms) == 1 else "", tuple(forms)) if forms else None


def read(cells: pd.DataFrame, how: Written, timezone: str = "UTC") -> pd.Series:
    """The column's times without a zone: those of the wall, or of `timezone` for instants."""
    moments = moments_of(cells[how.column], timezone if how.aware else "", how.form)
    return moments.dt.tz_localize(None) if moments.dt.tz is not None else moments


def _offsets(told: pd.Series) -> tuple[str, ...]:
    found = told.str.extract(_OFFSET)[0]
    # A day alone, 2024-01-31, ends in what is no offset.
    found = found.where(told.str.len() > len("2024-01-31")).dropna()
    if len(found) < MOSTLY * len(told):
        return ()
    return tuple(sorted({re.sub(r"^Z$", "+00:00", each) for each in found.unique()}))


def _forms(parts: pd.DataFrame, first: str) -> list[str]:
    """The forms that every row may be of."""
    clock, separators = _clock(parts), parts[1].unique()
    if clock is None or len(separators) > 1:
        return []
    return [form.format(separators[0]) + clock for form in _orders(parts, first)]


def _clock(parts: pd.DataFrame) -> str | None:
    """The form of what stands behind the day; None where it differs from row to row."""
    there = [parts[place].notna() for place in (4, 5, 6)]
    if any(0 < each.sum() < len(parts) for each in there):
        return None
    hours, seconds, halves = (bool(each.all()) for each in there)
    if not hours:
        return ""
    seconds_form = ":%S" if seconds else ""
    space = " " if halves and parts[6].str.startswith(" ").all() else ""
    return f" %I:%M{seconds_form}{space}%p" if halves else f" %H:%M{seconds_form}"


def _orders(parts: pd.DataFrame, first: str) -> list[str]:
    """The orders of day, month and year that no row contradicts."""
    if (parts[0].str.len() == YEAR_DIGITS).all():
        return ["%Y{0}%m{0}%d"]
    if not (parts[3].str.len() == YEAR_DIGITS).all():
        return []  # a year of two digits may be a day
    left, right = parts[0].astype(int).max(), parts[2].astype(int).max()
    possible = {"day": right <= MONTHS, "month": left <= MONTHS}
    found = [ORDERS[order] for order, may_be in possible.items() if may_be]
    return [ORDERS[first]] if first and ORDERS[first] in found else found
