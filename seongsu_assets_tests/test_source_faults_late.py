"""F-06 to F-10, end to end: what is said twice, in part, not at all, once more, or too late.
What is wrong to look at stands in test_source_faults."""

import json
import random
from datetime import date, datetime, timedelta

import httpx
import pandas as pd
import pytest

from seongsu_assets import clock
from seongsu_assets.domain import Window
from seongsu_assets.expectations import audit
from seongsu_assets.ingest import reread
from seongsu_assets.overdue import Owed
from seongsu_assets_tests import audited
from seongsu_assets_tests.faulty import (
    CARD,
    DATASET,
    HOURLY,
    SERVICES,
    TODAY,
    ago,
    hours,
    meanings,
    owed,
    quarantined,
    revisions,
    stored,
    total,
    unbalanced,
)
from seongsu_assets_tests.faulty_life import (
    asked,
    asks_for,
    begun,
    landed,
    lived,
    only,
    patient,
    settled,
)
from seongsu_assets_tests.faulty_weather import features_of
from seongsu_assets_tests.rehearsing import Life
from seongsu_assets_tests.ridership import real_station
from seongsu_assets_tests.upstream import KEYS, KST

DAY = timedelta(days=1)


@pytest.mark.parametrize("later", [True, False])
def test_f06_of_two_records_the_last_registered_counts_and_neither_of_the_same_day(
    live: Life, later
):
    begun(live)
    address = f"{live.upstream.url}/seoul/{KEYS['seoul']}/json/{CARD}/1/1000/{ago(4):%Y%m%d}"
    page = httpx.get(address, trust_env=False).json()
    [own] = [row for row in page[CARD]["row"] if row["SBWY_STNS_NM"] == "성수"]
    another = {"GTON_TNOPE": 61_234, "REG_YMD": str(int(own["REG_YMD"]) + later)}
    page[CARD]["row"].insert(0, own | another)
    page[CARD]["list_total_count"] += 1
    live.upstream.fault("body", service=CARD, content=json.dumps(page).encode())
    live.fetch(only(ago(4)))
    newer = live.upstream.truth.daily(ago(4)) | {"boarding": 61_234}
    assert total(live, ago(4)) == (newer if later else {})
    assert ("own_station_is_there_once" in quarantined(live, ago(4))) != later
    assert unbalanced(live.conn).empty


def test_f06_copies_count_once_and_copies_that_differ_count_for_nothing(live: Life):
    begun(live)
    live.upstream.fault("duplicate_rows", service=HOURLY, when=asks_for(ago(2)))
    live.upstream.fault("duplicate_rows", service=HOURLY, when=asks_for(ago(1)), factor=1.1)
    live.fetch(Window(ago(2), ago(1)))
    settled(live)
    assert hours(live, ago(2)) == live.upstream.truth.hourly(ago(2))
    assert quarantined(live, ago(2)) == set()
    assert hours(live, ago(1)) == {}
    assert "own_station_is_there" in quarantined(live, ago(1))
    assert unbalanced(live.conn).empty


def test_f06_each_revision_is_in_force_once_and_the_last_word_stays_even_if_it_was_the_first(
    live: Life,
):
    lived(live)
    day, truth = ago(3), live.upstream.truth
    superseded = 0
    for number, factor in enumerate((1.02, 1.05, 1.0), start=1):
        before, now = truth.hourly(day), truth.revise(day, factor) or truth.hourly(day)
        live.run()
        superseded += sum(
            people != before[series][hour]
            for series, of_series in now.items()
            for hour, people in of_series.items()
        )
        held = revisions(live, day)
        assert hours(live, day) == now, number
        assert total(live, day) == truth.daily(day), number
        assert (~held.current).sum() == superseded > 0
        assert (held[held.current].groupby(["series", "hour"]).size() == 1).all()
    assert hours(live, day) == truth.hourly(day, 0)
    source = live.domain.sources[1]
    reread(live.conn, live.domain, DATASET, source, now=clock.now())
    assert settled(live) == []
    assert hours(live, day) == truth.hourly(day, 0)


def test_f07_half_a_day_is_neither_counted_nor_learned_from_and_is_whole_a_day_later(live: Life):
    lived(live)
    live.run()
    day = TODAY
    live.at(TODAY + timedelta(days=1))
    live.upstream.fault("partial_day", service=HOURLY, hours=12, when=asks_for(day))
    before = features_of(live, day)
    live.run()
    assert hours(live, day) == {}
    assert "hours_are_complete" in quarantined(live, day)
    assert "hours_are_complete" in owed(live, day)[day].why
    pd.testing.assert_frame_equal(before, features_of(live, day), check_exact=True)
    live.upstream.clear()
    live.at(TODAY + timedelta(days=2))
    live.run()
    assert hours(live, day) == live.upstream.truth.hourly(day)
    assert owed(live, day) == {}
    assert not before.equals(features_of(live, day))


def test_f08_zeros_and_the_counts_of_the_day_before_are_kept_out(live: Life):
    lived(live)
    live.upstream.fault("frozen", service=HOURLY, when=asks_for(ago(1)))
    live.upstream.fault("zeros", service=HOURLY, when=asks_for(TODAY))
    live.at(TODAY + DAY)
    live.fetch(Window(ago(1), TODAY))
    settled(live)
    assert hours(live, ago(1)) == hours(live, TODAY) == {}
    assert "day_is_not_a_copy" in lacking(live)[ago(1)].why
    assert "own_station_is_there" in lacking(live)[TODAY].why  # of most cards not even a record
    assert unbalanced(live.conn).empty


@pytest.mark.parametrize(("source", "last"), [("station_hourly", 1), ("card_daily", 2)])
def test_f08_the_answer_of_the_day_before_is_no_answer(live: Life, source, last):
    lived(live)
    day, service = ago(last), SERVICES[source]
    of_station = "/211" if service == HOURLY else ""
    address = f"{live.upstream.url}/seoul/{KEYS['seoul']}/json/{service}/1/1000"
    before = httpx.get(f"{address}/{day - DAY:%Y%m%d}{of_station}", trust_env=False).content
    live.upstream.fault("body", service=service, content=before, when=asks_for(day))
    live.at(TODAY + DAY)
    live.run()
    assert meanings(live, source)[day] == "refused"
    assert stored(live, "quarantine") == 0
    live.upstream.clear()
    live.run()
    assert day not in meanings(live, source)
    assert hours(live, day) == live.upstream.truth.hourly(day)


def frozen_or_empty(rows: pd.DataFrame, days: list[pd.Timestamp]) -> pd.DataFrame:
    """The first half of the days is told as zeros, the other as the day before each."""
    half = len(days) // 2
    told = rows[rows.business_date.isin(days)].copy()
    told.loc[told.business_date.isin(days[:half]), "value"] = 0.0
    for day in days[half:]:
        before = rows.loc[rows.business_date == day - DAY, "value"].to_numpy()
        told.loc[told.business_date == day, "value"] = before
    return told


@pytest.fixture(scope="module")
def year() -> pd.DataFrame:
    """A generated year."""
    window = Window(date(2024, 1, 1), date(2024, 12, 30))
    sample = audited.SAMPLE
    return pd.concat([sample.parse(each).rows for each in sample.fetch(window)], ignore_index=True)


def test_f08_each_of_a_hundred_empty_or_frozen_days_is_refused(year):
    days = list(pd.DatetimeIndex(year.business_date.unique()))[30::3]
    chosen = random.Random(8).sample(days, 100)
    told = frozen_or_empty(year, chosen)
    known = year[~year.business_date.isin(chosen)]
    found = audit(told, known, audited.DOMAIN)
    assert found.refused_days() == {day.date() for day in chosen}


@pytest.mark.parametrize("which", ["generated", "real"])
def test_f08_of_a_year_of_good_days_at_most_one_in_a_hundred_is_refused(year, which):
    rows = year
    if which == "real":
        rows = real_station().query("business_date < '2024-01-01'").assign(place="")
    assert rows.business_date.nunique() >= 365
    assert len(audit(rows, rows.iloc[:0], audited.DOMAIN).refused_days()) <= 3


def test_f09_days_that_come_late_and_in_any_order_end_as_if_they_had_come_in_time(live: Life):
    begun(live)
    with patient(live):
        brought = asked(live, Window(ago(24), ago(4)))
        in_time = landed(live, "in time", [brought])
        shuffled = random.Random(9).sample(brought, len(brought))
        late = landed(live, "late", [shuffled[start : start + 11] for start in range(0, 42, 11)])
    assert len(brought) == 42
    assert (in_time["observation"].value > 0).sum() > 21 * 38
    for table, rows in in_time.items():
        pd.testing.assert_frame_equal(late[table], rows)


def lacking(life: Life) -> dict[date, Owed]:
    """The days that lack their hours, of all that are told of here."""
    return owed(life, ago(20), clock.yesterday("Asia/Seoul"))


#: How long the source is out from TODAY, 21:00, and the days that nobody could have had in time.
OUTAGES = {"1 h": (1, []), "1 d": (24, []), "8 d": (8 * 24, [ago(1), TODAY])}


@pytest.mark.parametrize(("out_for", "lost"), OUTAGES.values(), ids=OUTAGES)
def test_f10_after_an_outage_all_is_told_but_what_was_forgotten_meanwhile(live, out_for, lost):
    lived(live)
    live.upstream.fault("down", service="seoul")
    back = datetime(TODAY.year, TODAY.month, TODAY.day, 21, tzinfo=KST) + timedelta(hours=out_for)
    for evening in range(-(-out_for // 24)):
        live.at(TODAY + evening * DAY)
        live.run()
        today, told = live.upstream.now.date(), lacking(live)
        alarming = {day for day, each in told.items() if each.alarming(clock.now())}
        assert alarming == {day for day in told if 5 <= (today - day).days <= 7}
    live.upstream.clear()
    live.at(back.date(), back.hour, 40)
    live.run()
    assert {day: each.state for day, each in lacking(live).items()} == dict.fromkeys(lost, "lost")
    for day in Window(ago(8), clock.yesterday("Asia/Seoul")).days():
        assert hours(live, day) == ({} if day in lost else live.upstream.truth.hourly(day))


def test_f10_the_alarm_rings_from_72_hours_before_a_day_is_forgotten_until_it_is(live: Life):
    begun(live)
    day = ago(1)
    live.upstream.truth.withhold(day, HOURLY)
    forgotten = datetime(day.year, day.month, day.day, tzinfo=KST) + 8 * DAY
    for before, alarming in ((100, 0), (73, 0), (72.1, 0), (72, 1), (24, 1), (0.1, 1), (0, 0)):
        moment = forgotten - timedelta(hours=before)
        live.at(moment.date(), moment.hour, moment.minute)
        live.fetch(only(day))
        told = owed(live, day)[day]
        assert told.state == ("late" if before else "lost")
        assert told.alarming(clock.now()) == bool(alarming), before
