"""Files of many stations as one panel: both directions together, unknown where one is not told.
How a row is read is in `test_stations`; all stations of the real files, in `proof_stations`."""

from pathlib import Path

import dagster as dg
import pandas as pd
import pytest

from seongsu_assets import clock
from seongsu_assets.errors import SourceError
from seongsu_assets.sources.files import read_tables
from seongsu_assets.sources.seoul_metro import Station
from seongsu_assets.sources.station_files import StationFiles
from seongsu_assets.warehouse import published
from seongsu_assets.warehouse.embedded import Server
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests import all_stations, official
from seongsu_assets_tests.conftest import database
from seongsu_assets_tests.world import World

GANGNAM = Station("강남", "2호선", 222)
DAYS = official.days_from("2025-02-01", 3)
NOW = f"{all_stations.LAST}T22:00:00+00:00"


def rows() -> list[list[str]]:
    return [c for s in (official.SEONGSU, GANGNAM) for c in official.rows_2024(DAYS, s)]


def parsed(told: list[list[str]], *codes: int) -> pd.DataFrame:
    return source(*codes).parse(payload(told)).rows


def source(*codes: int) -> StationFiles:
    return StationFiles(Path(), codes)


def payload(told: list[list[str]]) -> official.Payload:
    return official.payload("city.csv", official.csv_text(official.HEADER_2024, told))


def test_a_series_is_a_station_and_its_value_the_sum_of_both_directions() -> None:
    found = source().parse(payload(rows()))
    alone = read_tables(payload(rows()), official.SEONGSU).rows
    ours = found.rows[found.rows.series == "211"].set_index(["business_date", "hour"]).value
    assert ours.to_dict() == alone.groupby(["business_date", "hour"]).value.sum().to_dict()
    assert found.names == {"211": "성수 2호선", "222": "강남 2호선"}
    assert not found.rejects


def test_of_an_hour_that_one_direction_alone_tells_nothing_is_known() -> None:
    told = rows()
    told[1][5] = ""  # alighting before six, on the first day
    found = source().parse(payload(told))
    lacking = found.rows[(found.rows.series == "211") & (found.rows.hour == 4)]
    assert len(lacking) == len(DAYS) - 1
    (reject,) = found.rejects
    assert reject.business_date == DAYS[0]
    assert "station 211 has one direction alone at 4" in reject.reason


def test_stations_are_chosen_by_code_and_a_file_of_none_of_them_is_refused() -> None:
    assert set(parsed(rows(), 222).series) == {"222"}
    with pytest.raises(SourceError, match="no row of the stations asked for"):
        parsed(rows(), 999)


@pytest.mark.skipif(not all_stations.files(), reason="../shared/data is absent")
def test_three_stations_of_the_official_files_are_forecast_and_published(
    server: Server, template: str, tmp_path: Path, worker_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some 10 s: eight months through the whole graph."""
    monkeypatch.setenv(clock.VARIABLE, NOW)
    stations = all_stations.some(3)
    all_stations.give(tmp_path / "inbox", stations, newest=1)
    domain = all_stations.domain("stations", stations, tmp_path / "inbox")
    with database(server, template, worker_id) as url, dg.DagsterInstance.ephemeral() as instance:
        World(domain, url, tmp_path, instance).pipeline(all_stations.LAST).run()
        with connect(url) as conn:
            told = published.forecast(conn, domain.name)
            replayed = conn.execute("select inputs -> 'replayed' from warehouse.decision")
            again = [ratio for (ratio,) in replayed]
    assert set(told.series) == {*map(str, stations), domain.total}
    assert set(told.tier) == {"champion"}
    assert (told.groupby("series").size() == 7 * 19).all()
    assert again == pytest.approx([1.0], rel=1e-9)  # what it claims can be repeated
