"""F-02 in full: 10,000 fuzzed payloads of each source of counts through the warehouse.
Run by `make proof`; the short run stands in test_source_faults."""

import pytest

from seongsu_assets_tests.faulty import TODAY
from seongsu_assets_tests.fuzz_warehouse import fuzzed, judge, land
from seongsu_assets_tests.rehearsing import Life

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]


def test_f02_ten_thousand_fuzzed_payloads_leave_no_bad_row_and_every_record_is_accounted_for(
    live: Life,
):
    live.at(TODAY)
    sent, told = [], []
    for name in ("hourly", "card"):  # a total is spread over the hours of the days before it
        sent += fuzzed(name, 10_000)
        told += land(live.conn, name, sent[-10_000:], batch=200)
    seen = judge(live.conn, sent, told)
    print(dict(seen))  # noqa: T201 - the figures of the proof
    assert seen["payloads"] >= 20_000
    assert min(seen.values()) > 0, seen
