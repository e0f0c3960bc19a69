"""The three products of KMA's village service: when each is issued, and what it promises.
No request, no value and no place here."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from seongsu_assets.domain import Expectation
from seongsu_assets.sources.claims import between
from seongsu_assets.sources.values import KST

_IN_SET = "ExpectColumnValuesToBeInSet"


@dataclass(frozen=True)
class Product:
    """`hours` and `minute` of each day's issues (KST), out `ready` later. `needs` are categories
    without which the answer is not the product; `readings` the fewest hours it speaks of."""

    name: str
    operation: str
    hours: tuple[int, ...]
    minute: int
    ready: timedelta
    needs: frozenset[str]
    readings: int
    forecasts: bool = True

    @property
    def value(self) -> str:
        """The field that holds the value."""
        return "fcstValue" if self.forecasts else "obsrValue"

    def bases(self, now: datetime) -> tuple[datetime, datetime]:
        """The newest issue that should be out at `now`, and the one before; in UTC."""
        ready = now.astimezone(KST) - self.ready
        issues = [
            datetime.combine(day.date(), time(hour, self.minute), KST)
            for day in (ready - timedelta(days=1), ready)
            for hour in self.hours
        ]
        *_, before, newest = (issue.astimezone(UTC) for issue in issues if issue <= ready)
        return newest, before

    @property
    def contract(self) -> tuple[Expectation, ...]:
        needs = ", ".join(sorted(self.needs))
        return (
            Expectation(
                "every_category_is_there",
                "payloads",
                _IN_SET,
                {"column": "missing_categories", "value_set": [""]},
                f"{needs} were in every answer recorded: one that is gone was renamed, and what it "
                "said would only look unknown.",
            ),
            between(
                "temperature_is_understood",
                "temperature_share",
                0.5,
                None,
                "A cell on land always has a temperature: where half the hours have none, its unit "
                "or its spelling has changed.",
            ),
            between(
                "rain_is_plausible",
                "wettest",
                None,
                200,
                "No hour in Seoul's records has 120 mm: more means another unit.",
            ),
            between(
                "it_has_its_hours",
                "readings",
                self.readings,
                None,
                "An issue speaks of all its hours at once; these are as they are, but not all.",
                blocking=False,
            ),
            between("it_is_one_issue", "issues", None, 1, "One is asked for.", blocking=False),
            between(
                "the_issue_is_new",
                "age_hours",
                None,
                8,
                "The newest issue but one is at most six hours old: an older one was repeated.",
                blocking=False,
            ),
            Expectation(
                "no_category_is_new",
                "payloads",
                _IN_SET,
                {"column": "unknown_categories", "value_set": [""]},
                "A new category is harmless, as POP was; somebody should look what it says.",
                blocking=False,
            ),
        )


#: Documented at 40 minutes past, in 2024 seen at about 50.
NOW = Product(
    "kma_now",
    "getUltraSrtNcst",
    hours=tuple(range(24)),
    minute=0,
    ready=timedelta(minutes=40),
    needs=frozenset(("T1H", "RN1", "REH", "PTY", "WSD")),
    readings=1,
    forecasts=False,
)
#: Documented at 45 minutes past, seen at about 40.
SHORT = Product(
    "kma_short",
    "getUltraSrtFcst",
    hours=tuple(range(24)),
    minute=30,
    ready=timedelta(minutes=15),
    needs=frozenset(("T1H", "RN1", "REH", "PTY", "WSD", "SKY")),
    readings=6,
)
#: 742 items of 12 categories in 2021 were 61 hours, 980 in 2026 are 81.
VILLAGE = Product(
    "kma_village",
    "getVilageFcst",
    hours=tuple(range(2, 24, 3)),
    minute=0,
    ready=timedelta(minutes=10),
    needs=frozenset(("TMP", "PCP", "SNO", "REH", "PTY", "WSD", "SKY", "POP")),
    readings=48,
)
