"""What all feeds share: what nothing means, and what becomes of what is said twice.
Values stand in test_feed_values; nothing of any one source."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest

from seongsu_assets import validation
from seongsu_assets.domain import Payload, Reject, Terms
from seongsu_assets.errors import (
    KeyRefused,
    NoData,
    Outage,
    QuotaSpent,
    RequestRefused,
    SourceError,
)
from seongsu_assets.outside import Absence, Answer, Provider
from seongsu_assets.sources.answers import json_of
from seongsu_assets.sources.claims import between
from seongsu_assets.sources.feed import Reading, as_parsed, asked, each_record, kept
from seongsu_assets.sources.values import number

TODAY = date(2026, 6, 30)
NOW = datetime(2026, 6, 30, 5, 18, tzinfo=UTC)
SOMEBODY = Provider("somebody", "http://127.0.0.1:1", "somebody_key")
PAYLOAD = Payload("feed", "somebody /1", b"{}", NOW)


class Web:
    """A web in which it is `now`, with or without a key. Nobody is asked."""

    def __init__(self, now: datetime = NOW, *, keyed: bool = True) -> None:
        self._now, self._keyed = now, keyed

    def now(self) -> datetime:
        return self._now

    def has_key(self, provider: Provider) -> bool:
        return self._keyed and provider == SOMEBODY

    def get(
        self,
        provider: Provider,
        path: str,
        parameters: Mapping[str, str],
        read: Callable[[Answer], Any],
    ) -> Any:
        raise NotImplementedError

    def each(
        self, provider: Provider, ask: Callable[[Any], Any], items: Sequence[Any]
    ) -> Iterator[Any]:
        raise NotImplementedError


def fails(error: Exception) -> Callable[[], Payload]:
    def ask() -> Payload:
        raise error

    return ask


def meaning(error: Exception, day: date, terms: Terms, now: datetime = NOW) -> str:
    (said,) = asked(Web(now), terms, day, fails(error))
    assert isinstance(said, Absence)
    assert said.business_date == day
    return said.meaning


def said(key: str, value: float, place: str) -> Reading:
    return Reading(key, NOW, NOW, {"people": value}, place, place)


def test_without_a_key_nobody_is_asked_and_nothing_is_said():
    assert list(asked(Web(keyed=False), Terms(SOMEBODY, 0), TODAY, fails(AssertionError()))) == []


def test_what_is_brought_is_handed_on():
    assert list(asked(Web(), Terms(SOMEBODY, 0), TODAY, lambda: PAYLOAD)) == [PAYLOAD]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (Outage("500"), "outage"),
        (KeyRefused("100"), "bad key"),
        (QuotaSpent("22"), "quota"),
        (RequestRefused("336"), "refused"),
    ],
)
def test_each_error_has_its_meaning(error: SourceError, expected: str):
    assert meaning(error, TODAY, Terms(SOMEBODY, 0)) == expected


def test_an_error_that_is_no_word_of_the_source_is_raised():
    for error in (SourceError("our own mistake"), ValueError("likewise")):
        with pytest.raises(type(error)):
            list(asked(Web(), Terms(SOMEBODY, 0), TODAY, fails(error)))


def test_nothing_is_late_once_the_due_day_is_over_in_seoul():
    terms = Terms(SOMEBODY, due_days=3)
    end = datetime(2026, 7, 3, 15, tzinfo=UTC)  # midnight in Seoul after the third day
    assert meaning(NoData("200"), TODAY, terms, end - timedelta(seconds=1)) == "not due"
    assert meaning(NoData("200"), TODAY, terms, end) == "late"


def test_what_must_be_there_at_any_time_is_late_at_once():
    assert meaning(NoData("200"), TODAY, Terms(SOMEBODY, due_days=-1)) == "late"


def test_a_day_that_the_source_has_forgotten_is_gone():
    terms = Terms(SOMEBODY, due_days=1, keeps_days=7)
    assert meaning(NoData("03"), TODAY - timedelta(7), terms) == "late"
    assert meaning(NoData("03"), TODAY - timedelta(8), terms) == "gone"


def test_an_outage_of_a_forgotten_day_is_still_an_outage():
    terms = Terms(SOMEBODY, due_days=1, keeps_days=7)
    assert meaning(Outage("500"), TODAY - timedelta(30), terms) == "outage"


def test_an_answer_becomes_a_payload_with_its_masked_request():
    answer = Answer("somebody /{key}/1", 200, b"[]", NOW)
    assert kept("feed", json_of)(answer) == Payload("feed", "somebody /{key}/1", b"[]", NOW)


def test_an_answer_of_a_bad_status_or_shape_never_becomes_a_payload():
    with pytest.raises(Outage):
        kept("feed", json_of)(Answer("somebody", 503, b"[]", NOW))
    with pytest.raises(Outage):
        kept("feed", json_of)(Answer("somebody", 200, b"", NOW))


def test_copies_are_kept_once_and_contradictions_not_at_all():
    parsed = as_parsed(
        [said("a", 1, "1"), said("a", 1, "2"), said("b", 1, "3"), said("b", 2, "4")], 4
    )
    assert list(parsed.rows["place"]) == ["1"]
    assert [reject.place for reject in parsed.rejects] == ["3", "4"]


def test_the_frame_has_its_columns_and_types_also_when_it_is_empty():
    for parsed in (as_parsed([], 0), as_parsed([said("a", 1, "1")], 1)):
        assert list(parsed.rows.columns) == ["key", "issued_at", "at", "attributes", "place"]
        assert str(parsed.rows["at"].dtype) == "datetime64[ns, UTC]"


def test_a_record_that_is_none_or_repeats_a_name_is_refused_alone():
    records = json_of(b'[{"n":1},{"n":1,"n":2},[1],null,"x",{"n":"x"}]')
    read = list(
        each_record(records, "row", lambda row: [("k", NOW, NOW, {"n": number(row["n"], "n")})])
    )
    assert [type(each) for each in read] == [Reading, *[Reject] * 5]
    assert [each.place for each in read] == [f"row {n}" for n in range(1, 7)]


def test_a_claim_on_a_fact_is_one_that_great_expectations_can_judge():
    claim = between("some_are_there", "rows", 1, None, "Nothing is not an answer.")
    verdicts = [
        validation.check(pd.DataFrame([{"rows": rows}]), [claim])[0].success for rows in (0, 1)
    ]
    assert verdicts == [False, True]
