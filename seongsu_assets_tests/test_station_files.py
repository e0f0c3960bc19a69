"""Files of many stations as one panel: both directions together, unknown where one is not told.
How a row is read is in `test_stations`; all stations of the real files, in `proof_stations`."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import pandas as pd
import pytest

from seongsu_assets import clock
from seongsu_assets.assets import lineage
from seongsu_assets.assets.trial import Court
from seongsu_assets.domain import Window
from seongsu_assets.errors import SourceError
from seongsu_assets.forecasting import learners
from seongsu_assets.sources.files import read_tables
from seongsu_assets.sources.seoul_metro import Station
from seongsu_assets.sources.station_files import StationFiles
from seongsu_assets.warehouse import judging, models, published
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


@pytest.fixture(scope="module")
def run(
    server: Server, template: str, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[tuple[World, list[int]]]:
    """Three stations of the official files, published; and how many rows each fit was given.

    Some 10 s: eight months through the whole graph."""
    if not all_stations.files():
        pytest.skip("../shared/data is absent")
    folder, stations = tmp_path_factory.mktemp("stations"), all_stations.some(3)
    all_stations.give(folder / "inbox", stations, newest=1)
    domain, fitted = all_stations.domain("stations", stations, folder / "inbox"), list[int]()
    kind = learners.KINDS["panel"]

    def fit(features: pd.DataFrame, *given: Any, **options: Any) -> learners.Model:
        fitted.append(len(features))
        return kind.fit(features, *given, **options)

    with (
        pytest.MonkeyPatch.context() as patch,
        database(server, template, worker_id) as url,
        dg.DagsterInstance.ephemeral() as instance,
    ):
        patch.setenv(clock.VARIABLE, NOW)
        patch.setitem(learners.KINDS, "panel", replace(kind, fit=fit))
        world = World(domain, url, folder, instance)
        world.pipeline(all_stations.LAST).run()
        yield world, fitted


def test_three_stations_of_the_official_files_are_forecast_and_published(
    run: tuple[World, list[int]],
) -> None:
    world, _ = run
    with connect(world.url) as conn:
        told = published.forecast(conn, world.domain.name)
    assert set(told.series) == {*map(str, all_stations.some(3)), world.domain.total}
    assert set(told.tier) == {"champion"}
    assert (told.groupby("series").size() == 7 * 19).all()


def test_what_a_model_claims_can_be_repeated_and_is_fitted_again_only_from_another_lesson(
    run: tuple[World, list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, fitted = run
    with connect(world.url) as conn:
        [(challenger, replayed)] = conn.execute(
            "select challenger, inputs -> 'replayed' from warehouse.decision"
        ).fetchall()
        assert (replayed, len(fitted)) == (1.0, 3)  # two of the evaluation, and the one that serves
        court, real = Court(conn, world.domain, world.domain.name), lineage.training_window
        monkeypatch.setattr(  # features of the newest fortnight are not held
            lineage, "training_window",
            lambda domain, last: Window(real(domain, last).first, last - timedelta(days=14)),
        )  # fmt: skip
        other = court.judge(challenger, None)
        assert len(fitted) == 4
        assert other.inputs["replayed"] not in (None, replayed)


def test_a_damaged_judging_model_is_none(run: tuple[World, list[int]]) -> None:
    world, _ = run
    with connect(world.url) as conn:
        model_id = models.newest(conn, world.domain.name)
        assert model_id
        booster, metadata = judging.read(conn, model_id) or ("", {})
        assert metadata["trained_to"] == f"{all_stations.LAST - timedelta(days=28)}"
        conn.execute("alter table warehouse.judging_model disable trigger append_only")
        conn.execute("update warehouse.judging_model set booster = %s", (booster[:-9],))
        assert judging.read(conn, model_id) is None
