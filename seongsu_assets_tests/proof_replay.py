"""Sixty days of real ridership through the running daemon, once with faults and once without.
Run by `make proof`, about an hour for both on two cores; two days are in proof_life."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest

from seongsu_assets.cli import history
from seongsu_assets.domain import Window
from seongsu_assets.domains import DOMAINS
from seongsu_assets.domains.seongsu import SEONGSU
from seongsu_assets_tests import sowing
from seongsu_assets_tests.official import shared_data
from seongsu_assets_tests.replaying import begin, told
from seongsu_assets_tests.sowing import SEOUL

DAYS = 60
FIRST = date(2024, 3, 1)
WINDOW = Window(FIRST, FIRST + timedelta(days=DAYS - 1))
FILES = ("OA-12921_2023_seongsu.csv", "OA-12921_2024-01_to_08_seongsu.csv")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(4 * 3600)]
Life = dict[str, Any]
SHIFT = sowing.SHIFT


@dataclass(frozen=True)
class Expected:
    """What must come of a fault: one incident, opened and closed between these days."""

    fault: str
    kind: str
    subject: str
    opened: tuple[int, int]
    closed: tuple[int, int]


def day(number: int) -> str:
    return str(FIRST + timedelta(days=number))


#: Yesterday's hours are due this morning, and late as the next day begins. An incident of hours
#: closes at the look after they came, which is some hours later.
FAULTS = (
    Expected("a day two days late", "data_late", day(6), (8, 8), (9, 9)),
    Expected("a day three days late", "data_late", day(9), (11, 11), (13, 13)),
    Expected("an outage of three days", "data_late", day(17), (19, 19), (21, 21)),
    Expected("a bad file", "file_refused", "unreadable.csv", (23, 23), (24, 25)),
    Expected(
        "a wrong holiday",
        "check_failed",
        "calendar agrees_with_what_the_feed_says",
        (25, 25),
        (28, 28),
    ),
    Expected("a day of zeros", "day_refused", day(33), (34, 35), (35, 36)),
    # A channel is told by its place in the settings: its address is a secret.
    Expected("a dead webhook", "channel_dead", "json for everyone 2", (43, 45), (46, 48)),
    Expected("a dead daemon", "daemon_dead", "", (50, 50), (50, 50)),
)
#: Both lives see the level shift. It begins on an election, and the next day is no ordinary one:
#: its second ordinary day is the fourth, and is scored on the morning after.
SHIFTED = (
    Expected("a level shift", "drift", "", (SHIFT, SHIFT + 4), (SHIFT, DAYS)),
    Expected("a level shift", "forecast_worse", "", (SHIFT, SHIFT + 7), (SHIFT, DAYS)),
    # A challenger is judged over the days on which nobody could know of the shift, too.
    Expected(
        "a level shift", "check_failed", "challenger intervals_cover",
        (SHIFT, SHIFT + 14), (SHIFT, DAYS),
    ),
)  # fmt: skip
#: A challenger is trained every Monday whatever happens.
MONDAY = 0


def counted() -> pd.DataFrame:
    """The real hours, with the level shift that both lives see."""
    shared = shared_data()
    if shared is None:
        pytest.skip("../shared/data is absent: there is no real past to replay")
    folder = shared / "seoul" / "hourly"
    rows = history.read(DOMAINS["seongsu"], [folder / name for name in FILES])
    after = rows["business_date"] >= pd.Timestamp(day(SHIFT))
    rows.loc[after, "value"] = (rows.loc[after, "value"] * sowing.SHIFTED_BY).round()
    return rows


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Life]:
    """What was told of the life with faults, and of the one without; both at once."""
    rows, homes = counted(), tmp_path_factory.mktemp("replay")
    begun = {plan: begin(homes / plan, plan, WINDOW, rows) for plan in ("sixty", "calm")}
    return {plan: told(process, homes / plan) for plan, process in begun.items()}


@pytest.fixture
def faulty(lives: dict[str, Life]) -> Life:
    return lives["sixty"]


@pytest.fixture
def calm(lives: dict[str, Life]) -> Life:
    return lives["calm"]


def moment(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp).astimezone(SEOUL)


def days_since(when: datetime) -> int:
    """Between the first day of the replay and that of an instant."""
    return (when.date() - FIRST).days


def number(stamp: str) -> int:
    """The day of the replay on which an instant was."""
    return days_since(moment(stamp))


def of(life: Life, expected: Expected) -> list[dict[str, Any]]:
    """The incidents that a fault made."""
    return [
        each for each in life["incidents"]
        if each["kind"] == expected.kind and each["subject"].endswith(expected.subject)
    ]  # fmt: skip


def error(life: Life, first: int, last: int) -> float:
    """WAPE of the next day's forecasts between two days."""
    rows = pd.DataFrame(life["accuracy"])
    rows = rows[(rows.horizon == 1) & rows.business_date.str[:10].between(day(first), day(last))]
    assert len(rows) == last - first + 1
    return float(rows.absolute_error.astype(float).sum() / rows.observed.astype(float).sum())


def test_in_the_end_the_tables_are_those_of_an_undisturbed_life(faulty: Life, calm: Life) -> None:
    assert faulty["lasting"] == calm["lasting"]


@pytest.mark.parametrize("expected", FAULTS, ids=lambda each: each.fault)
def test_a_fault_is_found_told_once_and_over_when_it_is_mended(
    faulty: Life, expected: Expected
) -> None:
    [incident] = of(faulty, expected)
    assert expected.opened[0] <= number(incident["opened_at"]) <= expected.opened[1]
    assert expected.closed[0] <= number(incident["closed_at"]) <= expected.closed[1]
    said = [each["phase"] for each in faulty["messages"] if each["incident_id"] == incident["id"]]
    assert said in (["opened", "closed"], ["opened", "reminder", "closed"])


def test_the_level_shift_is_told_once_its_second_ordinary_day_is_scored(
    faulty: Life, calm: Life
) -> None:
    for life in (faulty, calm):
        incident, *_ = of(life, SHIFTED[0])
        assert SHIFTED[0].opened[0] <= number(incident["opened_at"]) <= SHIFTED[0].opened[1]


def test_nobody_is_told_of_anything_else(faulty: Life, calm: Life) -> None:
    for life, expected in ((faulty, [*FAULTS, *SHIFTED]), (calm, [*SHIFTED])):
        known = [incident["id"] for each in expected for incident in of(life, each)]
        assert [each for each in life["incidents"] if each["id"] not in known] == []


def test_a_model_is_trained_upon_the_shift_and_within_two_weeks_the_error_is_what_it_was(
    faulty: Life, calm: Life
) -> None:
    for life in (faulty, calm):
        judged = [moment(each["decided_at"]) for each in life["decisions"]]
        upon = [each for each in judged if each.weekday() != MONDAY]
        assert [each for each in upon if SHIFT < days_since(each) <= SHIFT + 5]
        assert error(life, SHIFT + 8, SHIFT + 14) <= 1.3 * error(life, 5, SHIFT - 1)


def test_every_morning_of_either_life_has_its_forecast(faulty: Life, calm: Life) -> None:
    hour = SEONGSU.lateness.issue_hour
    for life in (faulty, calm):
        for origin in WINDOW.days():
            issued = [
                moment(each["issued_at"])
                for each in life["issues"]
                if each["origin"][:10] == str(origin)
            ]
            assert min(issued).date() == origin + timedelta(days=1)
            assert min(issued).hour <= hour


def test_the_daemon_that_was_killed_and_started_again_at_once_woke_nobody(faulty: Life) -> None:
    assert "killed" in faulty["sown"]
    day_of = [number(each["created_at"]) for each in faulty["messages"] if each["phase"] != "news"]
    assert sowing.KILLED not in day_of
