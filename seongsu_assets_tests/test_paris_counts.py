"""Records of the counters of Paris made rows: which hour it was, what is unknown, what is refused.
How they are fetched is tested in test_paris_counters."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd
import pytest

from seongsu_assets.domain import Parsed
from seongsu_assets.sources.paris.counts import instants
from seongsu_assets_tests.paris_portal import (
    CLOCKS_BACK,
    CLOCKS_FORWARD,
    COUNTERS,
    DAY,
    arrived,
    day_of,
    record,
)

HOURS = instants(DAY)


def parsed(*records: Any, day=DAY) -> Parsed:
    found = COUNTERS.parse(arrived(records, day))
    places = [reject.place for reject in found.rejects]
    assert len(places) == len(set(places))
    assert found.received == len(records)
    return found


def counted(found: Parsed) -> dict[tuple[str, int], float]:
    return {
        (series, hour): value
        for series, hour, value in found.rows[["series", "hour", "value"]].itertuples(index=False)
    }


def test_a_row_is_a_counter_an_hour_of_paris_and_a_count_with_its_place():
    (row,) = parsed(record("100-1", HOURS[8], 431)).rows.to_dict("records")
    assert row == {
        "series": "100-1",
        "business_date": pd.Timestamp(DAY),
        "hour": 8,
        "value": 431.0,
        "place": "comptage-velo-donnees-compteurs/20260227 record 1",
    }


def test_the_frame_has_its_types_also_when_it_is_empty():
    full, empty = parsed(record("a", HOURS[0])).rows, parsed().rows
    assert list(full.dtypes) == list(empty.dtypes)
    assert list(full.columns) == list(empty.columns)
    assert str(empty["business_date"].dtype) == "datetime64[ns]"


@pytest.mark.parametrize(
    "spelled",
    ["2026-02-27T07:00:00Z", "2026-02-27T08:00:00+01:00", "2026-02-27T09:00:00.000+02:00"],
)
def test_an_instant_is_the_same_in_every_offset(spelled: str):
    assert set(counted(parsed(record("a", HOURS[0], 5, date=spelled)))) == {("a", 8)}


def test_the_hour_that_comes_twice_is_the_sum_of_both():
    found = parsed(*day_of(CLOCKS_BACK, 1), day=CLOCKS_BACK)
    (counter,) = set(found.rows["series"])
    assert [counted(found)[counter, hour] for hour in range(5)] == [0, 1, 2 + 3, 4, 5]
    assert sorted(found.rows["hour"]) == list(range(24))
    both = found.rows.loc[found.rows["hour"] == 2, "place"].item()
    assert both.endswith("record 3 and comptage-velo-donnees-compteurs/20251026 record 4")


@pytest.mark.parametrize("missing", ["null", "absent", "contradictory"])
def test_half_of_the_hour_that_comes_twice_is_not_the_hour(missing: str):
    records = day_of(CLOCKS_BACK, 1)
    if missing == "null":
        records[3]["sum_counts"] = None
    elif missing == "absent":
        del records[3]
    else:
        records.append(records[3] | {"sum_counts": 99})
    found = parsed(*records, day=CLOCKS_BACK)
    assert sorted(found.rows["hour"]) == [0, 1, *range(3, 24)]
    assert "comes twice" in found.rejects[-1].reason


def test_the_hour_that_does_not_exist_has_no_row():
    found = parsed(*day_of(CLOCKS_FORWARD, 2), day=CLOCKS_FORWARD)
    assert found.rejects == ()
    for _, rows in found.rows.groupby("series"):
        assert list(rows["hour"]) == [0, 1, *range(3, 24)]


def test_a_null_is_unknown_and_never_zero():
    found = parsed(record("a", HOURS[8], None), record("a", HOURS[9], 0))
    assert counted(found) == {("a", 9): 0.0}
    assert found.rejects == ()
    assert found.facts["nulls"] == 0.5


def test_an_hour_told_twice_alike_is_one_row():
    found = parsed(*[record("a", HOURS[8], 5)] * 2, record("a", HOURS[8], None))
    assert counted(found) == {("a", 8): 5.0}
    assert found.facts["repeated"] == 2


def test_an_hour_told_in_two_ways_is_refused_with_both_places_named():
    found = parsed(record("a", HOURS[8], 5), record("b", HOURS[8], 5), record("a", HOURS[8], 6))
    assert counted(found) == {("b", 8): 5.0}
    first, second = found.rejects
    assert first.reason == second.reason
    assert "record 1 and " in first.reason
    assert "record 3 give a at 2026-02-27 07:00Z differently" in first.reason
    assert '"sum_counts": 6' in second.record


def test_a_counter_that_is_renamed_is_the_same_series():
    renamed = record("a", HOURS[9], 6, nom_compteur="Another name")
    assert set(counted(parsed(record("a", HOURS[8], 5), renamed))) == {("a", 8), ("a", 9)}


def test_a_record_of_another_day_is_refused():
    found = parsed(record("a", HOURS[0] - timedelta(hours=1)), record("a", HOURS[0]))
    assert set(counted(found)) == {("a", 0)}
    assert found.rejects[0].reason == f"is not of {DAY}"
    assert found.facts["outside"] == 1


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"sum_counts": -1}, "out of reach"),
        ({"sum_counts": 5.5}, "not whole"),
        ({"sum_counts": "many"}, "no number"),
        ({"sum_counts": True}, "no number"),
        ({"sum_counts": [5]}, "no number"),
        ({"sum_counts": 10**9}, "out of reach"),
        ({"id_compteur": None}, "id_compteur is missing"),
        ({"id_compteur": " "}, "id_compteur is missing"),
        ({"id_compteur": "a\0b"}, "id_compteur is no text"),
        ({"id_compteur": "a\u202eb"}, "id_compteur is none"),
        ({"id_compteur": "x" * 81}, "id_compteur is none"),
        ({"id_compteur": {}}, "id_compteur is no text"),
        ({"date": None}, "date is missing"),
        ({"date": "2026-02-27T07:00:00"}, "no hour with an offset"),
        ({"date": "2026-02-27T07:30:00Z"}, "no hour with an offset"),
        ({"date": "2026-02-27"}, "no hour with an offset"),
        ({"date": "2026-02-31T07:00:00Z"}, "day"),
        ({"date": "2026-02-27T25:00:00Z"}, "hour"),
        ({"date": 1772175600}, "date is no text"),
        ({"date": "0001-01-01T00:00:00+14:00"}, "no hour with an offset"),
        ({"date": "2026-02-27T07:00:00+00:30"}, "is not of"),
    ],
)
def test_a_record_that_is_not_understood_is_refused_with_its_reason(changed, reason):
    found = parsed(record("a", HOURS[8], 5), record("b", HOURS[8]) | changed)
    assert set(counted(found)) == {("a", 8)}
    (reject,) = found.rejects
    assert reason in reject.reason
    assert reject.business_date == DAY


@pytest.mark.parametrize("no_record", [None, 5, "text", [], {}])
def test_what_is_no_record_is_refused(no_record: Any):
    found = parsed(no_record, record("a", HOURS[8]))
    assert set(counted(found)) == {("a", 8)}
    assert len(found.rejects) == 1


def test_a_whole_number_with_a_point_is_a_count():
    assert counted(parsed(record("a", HOURS[8], 5.0))) == {("a", 8): 5.0}


def test_the_days_of_a_year_have_their_hours():
    first = datetime(2026, 1, 1, tzinfo=UTC).date()
    days = [first + timedelta(n) for n in range(365)]
    lengths = [len(instants(day)) for day in days]
    assert sum(lengths) == 365 * 24
    assert {str(day): n for day, n in zip(days, lengths, strict=True) if n != 24} == {
        "2026-03-29": 23,
        "2026-10-25": 25,
    }
