"""F-02 in full: 10,000 fuzzed payloads of every source. Run by `make proof`.
The short run stands in test_fuzzed_payloads."""

import pytest
from hypothesis import given

from seongsu_assets_tests.fuzz import fuzz, payloads
from seongsu_assets_tests.fuzz_all import SHAPES

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]


@pytest.mark.parametrize("name", SHAPES)
def test_ten_thousand_fuzzed_payloads_give_no_bad_row_and_no_uncaught_exception(name):
    shape = SHAPES[name]
    seen = {"payloads": 0, "rows": 0, "rejects": 0, "refused": 0}

    @fuzz(10_000)
    @given(payloads(shape))
    def examine(drawn):
        parsed = shape.examine(*drawn)
        seen["payloads"] += 1
        seen["refused"] += parsed is None
        seen["rows"] += 0 if parsed is None else len(parsed.rows)
        seen["rejects"] += 0 if parsed is None else sum(each.records for each in parsed.rejects)

    examine()
    assert seen["payloads"] >= 10_000
    assert min(seen.values()) > 0, seen
