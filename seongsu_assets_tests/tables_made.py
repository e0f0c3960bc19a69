"""Small tables as people have them, for `seongsu new` to look at: hours, days, commas, doubts.
No assertion is made here."""

import math
import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

MONDAY = datetime(2024, 1, 1)  # noqa: DTZ001 - the wall


def usual(day: int, hour: int = 12) -> float:
    """A level that drifts, with a rhythm of days and weeks."""
    week = (1.0, 0.95, 1.0, 1.05, 1.2, 0.7, 0.55)[(MONDAY + timedelta(days=day)).weekday()]
    return week * (1 + 0.15 * math.sin(day / 25)) * (120 + 40 * math.sin(hour / 12 * math.pi))


def level(day: int, hour: int = 12) -> float:
    """What comes: the usual, and chance."""
    chance = random.Random(day * 24 + hour)
    return usual(day, hour) * math.exp(chance.gauss(0, 0.05))


def hours_with_offsets(days: int = 30) -> str:
    """Three shops by the hour, at instants of a zone without summer time."""
    zone = ZoneInfo("Asia/Seoul")
    lines = ["shop,when,visitors,remark"]
    for n in range(days * 24):
        at = (MONDAY + timedelta(hours=n)).replace(tzinfo=zone).isoformat()
        value = level(n // 24, n % 24)
        lines += [f"{name},{at},{value * part:.0f}," for part, name in enumerate("abc", start=1)]
    return "\n".join(lines) + "\n"


def days_alone(days: int = 240) -> str:
    """One series of days, with the parts of its date beside it, as exports have them."""
    lines = ["row,date,year,weekday,visits"]
    for n in range(days):
        day = MONDAY + timedelta(days=n)
        lines.append(f"{n + 1},{day:%Y-%m-%d},{day.year},{day.weekday()},{level(n) * 10:.0f}")
    return "\n".join(lines) + "\n"


def days_with_commas(days: int = 240) -> str:
    """Semicolons, a decimal comma, and the day first."""
    lines = ["Datum;Umsatz"]
    for n in range(days):
        value = f"{level(n) * 10:.2f}".replace(".", ",")
        lines.append(f"{MONDAY + timedelta(days=n):%d.%m.%Y};{value}")
    return "\n".join(lines) + "\n"


def two_values(days: int = 60) -> str:
    lines = ["date,boarding,alighting"]
    lines += [
        f"{MONDAY + timedelta(days=n):%Y-%m-%d},{n * 7 % 97},{n * 5 % 89}" for n in range(days)
    ]
    return "\n".join(lines) + "\n"


def wall_hours(days: int = 30) -> str:
    """Hours of a clock that nobody says where it hangs."""
    lines = ["day,hour,count"]
    for n in range(days * 24):
        at = MONDAY + timedelta(hours=n)
        lines.append(f"{at:%Y-%m-%d},{at.hour},{level(n // 24, at.hour):.0f}")
    return "\n".join(lines) + "\n"


def spaced(step: timedelta, rows: int = 60, form: str = "%Y-%m-%d %H:%M") -> str:
    lines = ["at,count"]
    lines += [f"{MONDAY + n * step:{form}},{n * 7 % 97 + 3}" for n in range(rows)]
    return "\n".join(lines) + "\n"


def stations(days: int = 40, count: int = 237) -> str:
    """A table of the shape of the one that docs/new-domain.md walks through."""
    lines = ["date,station,people"]
    for n in range(days):
        day = datetime(2023, 1, 1) + timedelta(days=n)  # noqa: DTZ001 - the wall
        people = [f"{day:%Y-%m-%d},역{one},{level(n) * (one + 9):.0f}" for one in range(count)]
        lines += people[n % 2 :]
    return "\n".join(lines) + "\n"
