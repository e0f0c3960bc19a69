"""School holidays of zone C, which is that of Paris: as decreed, and beyond the decrees by rule.
What kind of day a day of them is the calendar says."""

from dataclasses import dataclass
from datetime import date, timedelta

from seongsu_assets.domain import Window


@dataclass(frozen=True)
class Break:
    """From the first day without school to the day on which it begins again."""

    name: str
    first: date
    back: date


_ALL_SAINTS, _CHRISTMAS = "Vacances de la Toussaint", "Vacances de Noël"
_WINTER, _SPRING, _SUMMER = "Vacances d'hiver", "Vacances de printemps", "Vacances d'été"

#: As decreed for each school year and published by the ministry of education (data set
#: fr-en-calendrier-scolaire, zone C, académie de Paris). The end of a summer is the first day of
#: school of the next year.
DECREED = (
    Break(_SUMMER, date(2021, 7, 7), date(2021, 9, 2)),
    Break(_ALL_SAINTS, date(2021, 10, 23), date(2021, 11, 8)),
    Break(_CHRISTMAS, date(2021, 12, 18), date(2022, 1, 3)),
    Break(_WINTER, date(2022, 2, 19), date(2022, 3, 7)),
    Break(_SPRING, date(2022, 4, 23), date(2022, 5, 9)),
    Break(_SUMMER, date(2022, 7, 8), date(2022, 9, 1)),
    Break(_ALL_SAINTS, date(2022, 10, 22), date(2022, 11, 7)),
    Break(_CHRISTMAS, date(2022, 12, 17), date(2023, 1, 3)),
    Break(_WINTER, date(2023, 2, 18), date(2023, 3, 6)),
    Break(_SPRING, date(2023, 4, 22), date(2023, 5, 9)),
    Break(_SUMMER, date(2023, 7, 8), date(2023, 9, 4)),
    Break(_ALL_SAINTS, date(2023, 10, 21), date(2023, 11, 6)),
    Break(_CHRISTMAS, date(2023, 12, 23), date(2024, 1, 8)),
    Break(_WINTER, date(2024, 2, 10), date(2024, 2, 26)),
    Break(_SPRING, date(2024, 4, 6), date(2024, 4, 22)),
    Break(_SUMMER, date(2024, 7, 6), date(2024, 9, 2)),
    Break(_ALL_SAINTS, date(2024, 10, 19), date(2024, 11, 4)),
    Break(_CHRISTMAS, date(2024, 12, 21), date(2025, 1, 6)),
    Break(_WINTER, date(2025, 2, 15), date(2025, 3, 3)),
    Break(_SPRING, date(2025, 4, 12), date(2025, 4, 28)),
    Break(_SUMMER, date(2025, 7, 5), date(2025, 9, 1)),
    Break(_ALL_SAINTS, date(2025, 10, 18), date(2025, 11, 3)),
    Break(_CHRISTMAS, date(2025, 12, 20), date(2026, 1, 5)),
    Break(_WINTER, date(2026, 2, 21), date(2026, 3, 9)),
    Break(_SPRING, date(2026, 4, 18), date(2026, 5, 4)),
    Break(_SUMMER, date(2026, 7, 4), date(2026, 9, 1)),
    Break(_ALL_SAINTS, date(2026, 10, 17), date(2026, 11, 2)),
    Break(_CHRISTMAS, date(2026, 12, 19), date(2027, 1, 4)),
    Break(_WINTER, date(2027, 2, 6), date(2027, 2, 22)),
    Break(_SPRING, date(2027, 4, 3), date(2027, 4, 19)),
)

#: The days that the decrees tell of, also those with school: up to the summer of 2027.
TOLD = Window(DECREED[0].first, date(2027, 7, 2))

_TWO_WEEKS = timedelta(days=16)


def school_break(day: date) -> tuple[str, str]:
    """Which school holiday a day is of, and who says so: official (by decree) or rule. Empty where
    there is school, or where nobody knows: the winter and spring weeks change places among the
    three zones by no rule."""
    decreed = TOLD.first <= day <= TOLD.last
    told = DECREED if decreed else _ruled(day.year - 1) + _ruled(day.year)
    for each in told:
        if each.first <= day < each.back:
            return each.name, "official" if decreed else "rule"
    return "", ""


def _ruled(year: int) -> tuple[Break, ...]:
    """What the decrees above have in common: two weeks from the Saturday of 17 to 23 October and of
    17 to 23 December, and from that of 3 to 9 July to the end of August."""
    summer, autumn, christmas = (
        _saturday(date(year, *start)) for start in ((7, 3), (10, 17), (12, 17))
    )
    return (
        Break(_SUMMER, summer, date(year, 9, 1)),
        Break(_ALL_SAINTS, autumn, autumn + _TWO_WEEKS),
        Break(_CHRISTMAS, christmas, christmas + _TWO_WEEKS),
    )


def _saturday(day: date) -> date:
    """The first from `day` on."""
    return day + timedelta(days=(5 - day.weekday()) % 7)
