"""All stations from the official files to published forecasts: memory, growth, and the bare script.
A quarter of an hour on two cores; the figures by part are printed."""

import pytest

from seongsu_assets_tests import all_stations, bench_stations
from seongsu_assets_tests.bench_stations import ALL, FEW, Both, exponent

pytestmark = [
    pytest.mark.skipif(not all_stations.files(), reason="../shared/data is absent"),
    pytest.mark.timeout(5400),
]


@pytest.fixture(scope="module")
def found() -> dict[int, Both]:
    return {many: bench_stations.measured(many) for many in (FEW, ALL)}


def test_every_station_that_is_still_told_is_forecast_and_published(
    found: dict[int, Both],
) -> None:
    for many, both in found.items():
        told = all_stations.still(all_stations.some(many))
        assert both.ours.series == both.bare.series == told >= many - 1


def test_all_stations_need_no_more_than_eight_gigabytes(found: dict[int, Both]) -> None:
    assert found[ALL].ours.mb <= 8_000


def test_the_work_grows_no_faster_than_the_stations(found: dict[int, Both]) -> None:
    assert exponent(found[FEW].ours.work, found[ALL].ours.work) <= 1.05


def test_the_platform_takes_at_most_half_as_long_again_as_a_bare_script(
    found: dict[int, Both], capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        bench_stations.show(bench_stations.told(found))
    assert found[ALL].ratio <= 1.5
