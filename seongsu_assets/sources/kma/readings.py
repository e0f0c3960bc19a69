"""KMA's items made readings: one per hour spoken of, of all its categories.
What a value means is in `kma_values`; no request is made here."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from seongsu_assets.domain import Parsed, Reject
from seongsu_assets.sources.feed import Reading, as_parsed
from seongsu_assets.sources.kma.grid import Cell
from seongsu_assets.sources.kma.products import Product
from seongsu_assets.sources.kma.values import KNOWN, spoken
from seongsu_assets.sources.values import KST, as_text, fields, needed

#: The village forecast speaks of five days; more than twice that no issue can mean.
_FARTHEST = timedelta(days=11)
#: How far the server's clock may be ahead of ours, and how old an issue may be that it repeats.
_AHEAD, _OLDEST = timedelta(hours=1), timedelta(days=30)
_HOUR = timedelta(hours=1)
_LISTED = 200
_DATE, _TIME = re.compile(r"[12][0-9]{7}"), re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True)
class _Value:
    """One item: what a category says of an hour."""

    base: datetime
    at: datetime
    category: str
    said: Mapping[str, Any]
    place: str
    record: str


def readings(items: Sequence[Any], product: Product, cell: Cell, received_at: datetime) -> Parsed:
    """READING_COLUMNS and `place`, one reading per issue and hour; facts for the contract."""
    read = [_read(item, place, product, cell, received_at) for place, item in enumerate(items)]
    said = [each for each in read if isinstance(each, Reject)]
    values = [each for each in read if isinstance(each, _Value)]
    hours: dict[tuple[datetime, datetime], list[_Value]] = defaultdict(list)
    for value in values:
        hours[value.base, value.at].append(value)
    found = list[Reading | Reject](said)
    for parts in hours.values():
        found += _hour(parts, cell)
    return as_parsed(found, len(items), _facts(values, found, product, received_at))


def _read(
    item: Any, place: int, product: Product, cell: Cell, received_at: datetime
) -> _Value | Reject:
    try:
        return _value(item, f"item {place}", product, cell, received_at)
    except ValueError as error:
        return Reject(f"item {place}", str(error), as_text(item))


def _value(item: Any, place: str, product: Product, cell: Cell, received_at: datetime) -> _Value:
    item = fields(item)
    if f"{item.get('nx')},{item.get('ny')}" != str(cell):
        raise ValueError(f"of another cell than {cell}")
    base = at = _moment(item, "base")
    if product.forecasts:
        at = _moment(item, "fcst")
    if not received_at - _OLDEST <= base <= received_at + _AHEAD:
        raise ValueError("not issued when it was received")
    if not timedelta(0) <= at - base <= _FARTHEST:
        raise ValueError("no hour that this issue can speak of")
    if product.value not in item:
        raise ValueError(f"{product.value} is missing")
    category = needed(item.get("category"), "category")
    said = spoken(category, item[product.value]) if category in KNOWN else {}
    return _Value(base, at, category, said, place, as_text(item))


def _moment(item: Mapping[str, Any], which: str) -> datetime:
    """`baseDate` and `baseTime`, or likewise `fcst`: Korean time, in UTC. Once the time was a
    number, without its leading zeros."""
    day, clock = str(item.get(f"{which}Date")), str(item.get(f"{which}Time"))
    if _DATE.fullmatch(day) and _TIME.fullmatch(clock):
        try:
            found = datetime.strptime(day + clock.zfill(4), "%Y%m%d%H%M").replace(tzinfo=KST)
        except ValueError:
            pass
        else:
            return found.astimezone(UTC)
    raise ValueError(f"{which} is no moment: {day[:20]!r} {clock[:20]!r}")


def _hour(parts: Sequence[_Value], cell: Cell) -> list[Reading | Reject]:
    """One reading of all categories of an hour; none where all are unknown. A category that is
    told in two ways is refused, the others stand."""
    told: dict[str, list[_Value]] = defaultdict(list)
    for part in parts:
        told[part.category].append(part)
    found, attributes = list[Reading | Reject](), dict[str, Any]()
    for category, same in told.items():
        if all(each.said == same[0].said for each in same):
            attributes |= same[0].said
        else:
            found += [Reject(each.place, f"{category} differs", each.record) for each in same]
    if attributes:
        first = parts[0]
        key, place = str(cell), f"{first.place} to {parts[-1].place.removeprefix('item ')}"
        found.append(Reading(key, first.base, first.at, attributes, place, first.record))
    return found


def _facts(
    values: Sequence[_Value], found: Sequence[Reading | Reject], product: Product, at: datetime
) -> dict[str, Any]:
    said = [each for each in found if isinstance(each, Reading)]
    warm = sum("temperature" in each.attributes for each in said)
    wet = (each.attributes.get("precipitation", 0.0) for each in said)
    categories, bases = {each.category for each in values}, {each.base for each in values}
    return {
        "readings": len(said),
        "temperature_share": warm / len(said) if said else 0.0,
        "wettest": max(wet, default=0.0),
        "missing_categories": ", ".join(sorted(product.needs - categories)),
        "unknown_categories": ", ".join(sorted(categories - KNOWN))[:_LISTED],
        "issues": len(bases),
        "age_hours": (at - min(bases)) / _HOUR if bases else 0.0,
    }
