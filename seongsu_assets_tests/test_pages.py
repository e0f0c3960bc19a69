"""Pages: asked until whole or refused, and kept as one payload.
No envelope and no HTTP here."""

import json
from datetime import UTC, datetime

import pytest

from seongsu_assets.errors import RequestRefused, SourceError
from seongsu_assets.outside import Answer
from seongsu_assets.sources.pages import Page, all_pages, bundle, pages_onward, unbundle

NOW = datetime(2026, 3, 10, tzinfo=UTC)


def paged(rows: list[int], size: int = 1000, **changed: Page):
    """A source with these rows; `page_2=...` is what it says instead of its second page."""

    def ask(number):
        page = Page(rows[(number - 1) * size : number * size], len(rows))
        said = changed.get(f"page_{number}", page)
        return said, Answer("", 200, json.dumps(said.rows).encode(), NOW)

    return ask


@pytest.mark.parametrize("rows", [1, 999, 1000, 1001, 2500, 10_000])
def test_every_row_behind_a_cap_of_a_thousand_is_read(rows):
    """F-01."""
    answers = all_pages(paged(list(range(rows))), 1000)
    assert [row for answer in answers for row in json.loads(answer.body)] == list(range(rows))
    assert len(answers) == -(-rows // 1000)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"page_1": Page(list(range(999)), 2500)}, "999 records, not 1,000"),
        ({"page_2": Page([], 2500)}, "0 records, not 1,000"),
        ({"page_3": Page([2000], 2500)}, "1 records, not 500"),
        ({"page_3": Page(list(range(501)), 2500)}, "501 records, not 500"),
        ({"page_2": Page(list(range(1000, 2000)), 2600)}, "2,600 records, page 1 of 2,500"),
        ({"page_2": Page(list(range(1000)), 2500)}, "repeats"),
        ({"page_1": Page(list(range(1000)), 10**12)}, "promised"),
    ],
)
def test_pages_that_do_not_add_up_are_refused_and_never_a_part_for_the_whole(changed, words):
    with pytest.raises(RequestRefused, match=words):
        all_pages(paged(list(range(2500)), **changed), 1000)


def onward(rows: list[int], *sizes: int, **changed: Page):
    """A source whose n-th page holds as many rows as `sizes` says, the last size for all others;
    `at_2=...` is what it says from row 2 on."""
    left = list(sizes)

    def ask(first):
        size = left.pop(0) if len(left) > 1 else left[0]
        said = changed.get(f"at_{first}", Page(rows[first : first + size], len(rows)))
        return said, Answer("", 200, json.dumps(said.rows).encode(), NOW)

    return ask


@pytest.mark.parametrize("sizes", [(100,), (1,), (3, 1, 7), (250,), (1000,)])
def test_a_page_begins_where_the_one_before_ended_whatever_it_holds(sizes):
    answers = pages_onward(onward(list(range(250)), *sizes), 250)
    assert [row for answer in answers for row in json.loads(answer.body)] == list(range(250))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"at_100": Page([], 250)}, "100 records of 250, then 0"),
        ({"at_100": Page(list(range(100, 200)), 251)}, "then 100 of 251"),
        ({"at_200": Page(list(range(200, 300)), 250)}, "200 records of 250, then 100"),
        ({"at_100": Page(list(range(99, 199)), 250)}, "told again"),
        ({"at_200": Page(list(range(50)), 250)}, "told again"),
        ({"at_0": Page(list(range(100)), 251)}, "251 records are promised"),
    ],
)
def test_pages_onward_that_do_not_add_up_are_refused(changed, words):
    with pytest.raises(RequestRefused, match=words):
        pages_onward(onward(list(range(250)), 100, **changed), 250)


def test_pages_are_one_payload_that_depends_on_them_alone():
    pages = [b'{"a": 1}', b"", b"PK\x03\x04 no archive", "성수".encode()]
    assert unbundle(bundle(pages)) == pages
    assert bundle(pages) == bundle(pages)
    assert bundle([b"one"]) == b"one"
    assert unbundle(b"one") == [b"one"]


def test_a_torn_bundle_is_refused():
    whole = bundle([b"first", b"second"])
    with pytest.raises(SourceError, match="torn"):
        unbundle(whole[:-9])
    with pytest.raises(SourceError, match="torn"):
        unbundle(whole.replace(b"first", b"frist"[:5]).replace(whole[40:45], b"\xff" * 5))
