"""What `seongsu new` understands of a file, and what it refuses to guess.
The files that it writes, and a forecast from them, are in `test_new`."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from seongsu_assets.domain import Payload, Slot
from seongsu_assets.drafting import wandering
from seongsu_assets.drafting.draft import Draft, draft
from seongsu_assets.drafting.wishes import Wishes
from seongsu_assets.errors import SourceError, Unclear
from seongsu_assets.sources.long_table import Columns, read
from seongsu_assets_tests import tables_made as made

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def payload(text: str) -> Payload:
    return Payload("files", "a.csv", text.encode(), datetime(2026, 11, 21, tzinfo=UTC))


def drafted(text: str, **said: str | tuple[str, ...]) -> Draft:
    return draft("shop", payload(text), Wishes(**said))  # type: ignore[arg-type]


def refused(text: str, **said: str | tuple[str, ...]) -> str:
    with pytest.raises(Unclear) as error:
        drafted(text, **said)
    assert error.value.remedy
    return str(error.value)


def told(known: Draft) -> dict[str, str]:
    return {each.what: ("assumed " if each.assumed else "") + each.found for each in known.told}


def test_hours_with_offsets_are_series_of_the_zone_that_the_offsets_say() -> None:
    known = drafted(made.hours_with_offsets())
    assert known.columns == Columns(
        "visitors", "Etc/GMT-9", at="when", series=("shop",), name="visitors"
    )
    assert known.nature.series == ("a", "b", "c")
    assert known.nature.slots == tuple(Slot(hour) for hour in range(24))
    assert known.total == "total"
    said = told(known)
    assert said["time"] == "column `when`, 2,160 of 2,160 read, hourly"
    assert said["zone"] == "Etc/GMT-9: all offsets are +09:00"
    assert said["total"].startswith("assumed")


def test_days_are_one_series_and_the_parts_of_a_date_are_no_values() -> None:
    known = drafted(made.days_alone())
    assert (known.columns.value, known.columns.day, known.total) == ("visits", "date", "visits")
    assert known.nature.slots == (Slot(0, hours=24),)
    assert known.plan.horizon == 14
    assert told(known)["zone"].startswith("assumed UTC")
    assert told(known)["days"] == "2024-01-01 to 2024-08-27, none of 240 missing"


def test_semicolons_decimal_commas_and_days_first_are_understood_from_the_cells() -> None:
    known = drafted(made.days_with_commas())
    assert (known.columns.form, known.columns.decimal) == ("%d.%m.%Y", ",")
    rows = read(payload(made.days_with_commas()), known.columns).rows
    assert rows.business_date.max() == pd.Timestamp("2024-08-27")
    assert rows.value.iloc[0] == pytest.approx(round(made.level(0) * 10, 2))
    assert not known.nature.whole


def test_hours_beside_a_day_are_read_with_the_zone_that_is_named() -> None:
    assert "--timezone" in refused(made.wall_hours())
    known = drafted(made.wall_hours(), timezone="Europe/Berlin")
    assert (known.columns.day, known.columns.hour) == ("day", "hour")
    assert [slot.hour for slot in known.nature.slots if slot.optional] == [2]  # clocks leap over it


def test_two_values_are_not_guessed_between() -> None:
    assert "each of boarding, alighting may be the value" in refused(made.two_values())
    assert drafted(made.two_values(), value="alighting").columns.value == "alighting"
    assert "there is no column people" in refused(made.two_values(), value="people")


def test_a_day_and_a_month_are_not_guessed_between() -> None:
    text = "day,count\n" + "".join(
        f"{day:02}/{month:02}/{year},{year % 100 + day + 7 * month}\n"
        for year in (2023, 2024) for month in range(1, 13) for day in range(1, 13)
    )  # fmt: skip
    assert "day or the month first" in refused(text)
    assert "are missing" in refused(text, first="month")  # what is said is believed


def test_a_thousand_and_a_fraction_are_not_guessed_between() -> None:
    lines = made.days_alone().splitlines()
    text = "date;sum\n" + "".join(
        f"{line.split(',')[1]};{1 + n % 9},{n * 37 % 900 + 100}\n"
        for n, line in enumerate(lines[1:])
    )
    assert "may be thousands or a fraction" in refused(text)
    assert drafted(text, decimal=",").nature.highest < 10


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (made.spaced(timedelta(minutes=15)), "15 minutes apart"),
        (made.spaced(timedelta(days=7), form="%Y-%m-%d"), "a week apart"),
        (made.spaced(timedelta(days=31), form="%Y-%m"), "names months"),
        (made.spaced(DAY, rows=20), "20 rows"),
        (made.spaced(DAY).replace("at,count", "count,count"), "begins with the headings"),
        (made.days_alone().replace("-", "x"), "no column tells a time"),
        (made.days_alone().replace(",0,", ",0,-").replace(",1,", ",1,-"), "below zero"),
    ],
)
def test_what_is_not_supported_is_refused_with_what_is(text: str, says: str) -> None:
    assert says in refused(text)


def test_rows_that_nothing_tells_apart_are_refused() -> None:
    text = made.days_alone(60).replace("row,", "shop,")
    doubled = text + "".join(f"1{line}\n" for line in text.splitlines()[1:])
    assert "share date and year with another" in refused(
        doubled.replace(",2024,", ",2024,9"), series=("year",)
    )


def test_days_that_are_missing_by_a_rule_are_refused() -> None:
    lines = made.days_alone().splitlines()
    working = [line for line in lines if line.split(",")[3] not in {"5", "6"}]
    assert "are missing" in refused("\n".join(working) + "\n")


def test_series_that_come_and_go_are_an_open_panel() -> None:
    lines = ["date,shop,sales"]
    for n in range(60):
        day = date(2024, 1, 1) + n * DAY
        lines += [
            f"{day},s{shop:02},{made.level(n) + shop:.0f}" for shop in range(20) if n + shop > 15
        ]
    known = drafted("\n".join(lines) + "\n")
    assert known.nature.series == ()
    assert 1 <= known.nature.fewest <= 10
    assert known.plan.learner == "panel"


def test_a_country_that_nobody_knows_is_refused() -> None:
    with pytest.raises(SourceError, match="two letters"):
        drafted(made.days_alone(), country="XX")


@pytest.mark.parametrize(("pull", "wanders"), [(0.0, True), (0.2, False)])
def test_a_walk_is_told_from_what_returns(pull: float, *, wanders: bool) -> None:
    chance, value, values = np.random.default_rng(3), 0.0, list[float]()
    for _ in range(24 * 200):
        value += chance.normal(0, 0.01) - pull * value
        values.append(100 * float(np.exp(value)))
    days = pd.Timestamp("2024-01-01") + pd.to_timedelta(np.arange(len(values)) // 24, unit="D")
    rows = pd.DataFrame(
        {"series": "x", "business_date": days, "hour": np.arange(len(values)) % 24, "value": values}
    )
    assert wandering.measure(rows).wanders == wanders
