"""Which values of a feed are believed: numbers, words, moments, and records kept as text.
What becomes of a record stands in test_feed."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from seongsu_assets.sources.values import as_text, moment, number, text, whole


@pytest.mark.parametrize("value", [0, 0.0, "0", " 12 ", "12.5", 10_000_000, 1e7])
def test_a_number_is_a_number_and_zero_is_one(value: object):
    assert number(value, "people") == float(str(value))


@pytest.mark.parametrize("value", [None, "", "  "])
def test_what_is_not_known_is_not_zero(value: object):
    assert number(value, "people") is None
    assert whole(value, "people") is None
    assert text(value, "people") is None


@pytest.mark.parametrize(
    "value",
    [
        True, False, -1, "-1", "1e3", "1,000", "٣", "１２", "nan", "-", float("nan"), float("inf"),
        10_000_001, "10000001", 10**400, [1], {"n": 1},
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused_by_name(value: object):
    with pytest.raises(ValueError, match="people"):
        number(value, "people")


def test_people_are_whole():
    assert whole("116.0", "people") == 116
    with pytest.raises(ValueError, match="not whole"):
        whole("116.5", "people")


@pytest.mark.parametrize("value", [1, ["성수"], "성\0수", "\ud800"])
def test_what_no_database_holds_as_text_is_refused(value: object):
    with pytest.raises(ValueError, match="station is no text"):
        text(value, "station")


def test_moments_are_korean_time():
    expected = datetime(2026, 6, 30, 5, 17, 54, tzinfo=UTC)
    assert moment("2026-06-30 14:17:54", "time") == expected
    assert moment("2026-06-30 14:17", "time") == expected.replace(second=0)


@pytest.mark.parametrize(
    "value",
    [
        None, "", 20260630, "2026-06-30", "20260630141754", "2026-02-30 10:00", "2026-06-30 24:00",
        "２０２６-06-30 14:17", "0001-01-01 00:00", "2026-06-30 14:17:54+09:00",
    ],
)  # fmt: skip
def test_what_is_no_moment_is_refused(value: object):
    with pytest.raises(ValueError, match="time"):
        moment(value, "time")


def test_a_refused_record_is_kept_as_text_that_can_be_stored():
    words = as_text({"역": "성수", "bad": "\0\ud800"})
    assert words == '{"역": "성수", "bad": "\\u0000\\ud800"}'
    assert words.encode()


def test_a_record_nested_beyond_reason_is_kept_in_short():
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(RecursionError):
        json.dumps(deep)
    assert as_text(deep).startswith("[[")
