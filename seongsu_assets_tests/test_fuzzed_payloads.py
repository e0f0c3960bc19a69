"""F-02, the short run: whatever arrives, nothing false comes of it and nothing is lost uncounted.
The long run stands in proof_fuzz."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seongsu_assets_tests.fuzz import fuzz, nested, payloads
from seongsu_assets_tests.fuzz_all import SHAPES
from seongsu_assets_tests.fuzz_counts import COUNT_SHAPES
from seongsu_assets_tests.test_train_load import NEW, table


@pytest.mark.parametrize("name", SHAPES)
def test_a_fuzzed_payload_gives_good_rows_or_reasons_and_every_record_is_counted(name):
    shape = SHAPES[name]
    seen = {"rows": 0, "rejects": 0, "refused": 0}

    @fuzz(300)
    @given(payloads(shape))
    def examine(drawn):
        parsed = shape.examine(*drawn)
        seen["refused"] += parsed is None
        seen["rows"] += parsed is not None and len(parsed.rows) > 0
        seen["rejects"] += parsed is not None and len(parsed.rejects) > 0

    examine()
    assert min(seen.values()) > 10, seen


@pytest.mark.parametrize("name", SHAPES)
def test_the_fuzz_starts_from_an_answer_that_is_good(name):
    shape = SHAPES[name]
    records = shape.records()
    body = json.dumps(shape.wrap(records, len(records))).encode()
    parsed = shape.examine(body, len(records))
    assert parsed is not None
    assert not parsed.rejects
    assert len(parsed.rows) > 0


@pytest.mark.parametrize("name", COUNT_SHAPES)
def test_a_value_nested_to_any_depth_refuses_its_record_or_the_payload(name):
    shape = COUNT_SHAPES[name]
    records = shape.records()
    text = json.dumps(shape.wrap(records, len(records)))
    for depth in (1, 2, 60, 500, *range(900, 1100)):
        parsed = shape.examine(nested(text, depth), len(records))
        assert parsed is None or len(parsed.rejects) > 0


def test_a_damaged_table_of_train_loads_gives_good_readings_or_reasons():
    shape, good = SHAPES["train load"], table(NEW)

    @fuzz(300)
    @given(st.integers(0, 2**32), st.integers(1, 40), st.booleans())
    def examine(seed, flips, cut):
        chance, body = random.Random(seed), bytearray(good)
        for _ in range(flips):
            body[chance.randrange(len(body))] = chance.choice([*b'0,"\r\n\0\x81- ', 255])
        shape.examine(bytes(body[: chance.randrange(len(body))] if cut else body), None)

    examine()
