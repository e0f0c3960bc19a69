"""F-02, the short run: whatever arrives, nothing false comes of it and nothing is lost uncounted.
The long run stands in proof_fuzz."""

import json

import pytest
from hypothesis import given

from seongsu_assets_tests.fuzz import fuzz, nested, payloads
from seongsu_assets_tests.fuzz_counts import COUNT_SHAPES


@pytest.mark.parametrize("name", COUNT_SHAPES)
def test_a_fuzzed_payload_gives_good_rows_or_reasons_and_every_record_is_counted(name):
    shape = COUNT_SHAPES[name]

    @fuzz(300)
    @given(payloads(shape))
    def examine(drawn):
        shape.examine(*drawn)

    examine()


@pytest.mark.parametrize("name", COUNT_SHAPES)
def test_the_fuzz_starts_from_a_day_that_is_good(name):
    shape = COUNT_SHAPES[name]
    records = shape.records()
    body = json.dumps(shape.wrap(records, len(records))).encode()
    parsed = shape.examine(body, len(records))
    assert parsed is not None
    assert not parsed.rejects
    assert len(parsed.rows) > 0


@pytest.mark.parametrize("name", COUNT_SHAPES)
def test_the_fuzz_reaches_good_rows_refused_records_and_refused_payloads(name):
    shape = COUNT_SHAPES[name]
    seen = {"rows": 0, "rejects": 0, "refused": 0}

    @fuzz(150)
    @given(payloads(shape))
    def examine(drawn):
        parsed = shape.examine(*drawn)
        seen["refused"] += parsed is None
        seen["rows"] += parsed is not None and len(parsed.rows) > 0
        seen["rejects"] += parsed is not None and len(parsed.rejects) > 0

    examine()
    assert min(seen.values()) > 10, seen


@pytest.mark.parametrize("name", COUNT_SHAPES)
def test_a_value_nested_to_any_depth_refuses_its_record_or_the_payload(name):
    shape = COUNT_SHAPES[name]
    records = shape.records()
    text = json.dumps(shape.wrap(records, len(records)))
    for depth in (1, 2, 60, 500, *range(900, 1100)):
        parsed = shape.examine(nested(text, depth), len(records))
        assert parsed is None or len(parsed.rejects) > 0
