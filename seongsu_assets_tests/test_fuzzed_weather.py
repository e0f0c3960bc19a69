"""F-02 for weather and holidays, the short run: nothing false comes of whatever they send.
The shapes stand in fuzz_weather, the damages in fuzz."""

import json

import pytest
from hypothesis import given

from seongsu_assets_tests.fuzz import fuzz, payloads
from seongsu_assets_tests.fuzz_weather import WEATHER_SHAPES


@pytest.mark.parametrize("name", WEATHER_SHAPES)
def test_fuzzed_weather_gives_good_readings_or_reasons_and_every_record_is_counted(name):
    shape = WEATHER_SHAPES[name]
    seen = {"rows": 0, "rejects": 0, "refused": 0}

    @fuzz(200)
    @given(payloads(shape))
    def examine(drawn):
        parsed = shape.examine(*drawn)
        seen["refused"] += parsed is None
        seen["rows"] += parsed is not None and len(parsed.rows) > 0
        seen["rejects"] += parsed is not None and len(parsed.rejects) > 0

    examine()
    assert min(seen.values()) > 5, seen


@pytest.mark.parametrize("name", WEATHER_SHAPES)
def test_the_fuzz_starts_from_an_answer_that_is_good(name):
    shape = WEATHER_SHAPES[name]
    records = shape.records()
    body = json.dumps(shape.wrap(records, len(records))).encode()
    parsed = shape.examine(body, len(records))
    assert parsed is not None
    assert not parsed.rejects
    assert len(parsed.rows) > 0
