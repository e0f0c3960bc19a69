"""What the API tells of the published forecast: its numbers, its edges, and what caches may keep.
Refused requests are in `test_api_refusals`."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import dagster as dg
import pytest

from seongsu_assets.api.shapes import Forecast, When
from seongsu_assets.warehouse import published
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests import api_world, ui_world
from seongsu_assets_tests.api_world import Api, patient, serving
from seongsu_assets_tests.built import LAST
from seongsu_assets_tests.world import World, small_domain

DAYS = [LAST + timedelta(days=n) for n in range(1, 8)]

api = api_world.api


def test_the_forecast_is_the_published_one_to_the_digit_that_is_told(api: Api) -> None:
    told = Forecast.model_validate(api.get("/forecast", domain="seongsu").json(), strict=False)
    with connect(api.world.url) as conn:
        rows = published.forecast(conn, "seongsu")
    assert told.count == len(told.rows) == len(rows)
    for ours, row in zip(told.rows, rows.itertuples(), strict=True):
        assert (ours.series, ours.business_date, ours.hour) == (
            row.series, row.business_date.date(), row.hour,
        )  # fmt: skip
        for name in ("q05", "q10", "q25", "q50", "q75", "q90", "q95", "usual"):
            assert getattr(ours, name) == pytest.approx(getattr(row, name), abs=0.005)
        assert ours.p_levels == row.p_levels
        assert ours.at == row.at
    head = rows.iloc[0]
    assert told.issue.model_id == head.model_id
    assert told.issue.issue_id == head.issue_id
    assert told.issue.data_through == LAST
    assert told.sample


def test_a_window_and_a_series_are_cut_out_of_the_whole(api: Api) -> None:
    whole = api.get("/forecast", domain="seongsu").json()["rows"]
    part = api.get("/forecast", domain="seongsu", series="total", from_=DAYS[1], to=DAYS[2]).json()
    wanted = {str(DAYS[1]), str(DAYS[2])}
    assert part["rows"] == [
        row for row in whole if row["series"] == "total" and row["business_date"] in wanted
    ]
    assert part["count"] == len(part["rows"]) > 30


@pytest.mark.parametrize(
    ("field", "window"),
    [
        ("from", {"from_": LAST}),
        ("to", {"to": LAST + timedelta(days=8)}),
        ("to", {"from_": DAYS[3], "to": DAYS[2]}),
        ("from", {"from_": date(1, 1, 1), "to": date(9999, 12, 31)}),
    ],
)
def test_a_day_that_is_not_published_is_not_found_and_nothing_is_cut_short(
    api: Api, field: str, window: dict[str, date]
) -> None:
    answer = api.get("/forecast", domain="seongsu", **window)
    assert answer.status_code == 404
    assert [each["field"] for each in answer.json()["errors"]] == [field]
    assert str(DAYS[0]) in answer.json()["remedy"]


def test_what_a_cache_holds_is_confirmed_without_a_body(api: Api) -> None:
    first = api.get("/forecast", domain="seongsu")
    etag = first.headers["etag"]
    assert first.headers["cache-control"] == "public, max-age=0, must-revalidate"
    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = api.http.get(str(first.url), headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b""), known
        assert again.headers["etag"] == etag
    other = api.http.get(str(first.url), headers={"If-None-Match": '"other"'})
    assert (other.status_code, other.content) == (200, first.content)


def test_the_calmest_and_the_busiest_slots_are_those_of_the_forecast(api: Api) -> None:
    told = api.get(
        "/forecast/when", domain="seongsu", from_=DAYS[0], to=DAYS[0], hours=2, earliest=9,
        latest=21,
    ).json()  # fmt: skip
    When.model_validate(told)
    rows = api.get(
        "/forecast", domain="seongsu", series="total", from_=DAYS[0], to=DAYS[0]
    ).json()["rows"]  # fmt: skip
    people = {row["hour"]: row["q50"] for row in rows}
    pairs = {hour: (people[hour] + people[hour + 1]) / 2 for hour in range(9, 20)}
    assert told["compared"] == len(pairs)
    assert told["best"][0]["first_hour"] == min(pairs, key=lambda hour: pairs[hour])
    assert told["worst"][0]["first_hour"] == max(pairs, key=lambda hour: pairs[hour])
    assert told["best"][0]["people_per_hour"] == pytest.approx(min(pairs.values()), abs=0.01)
    for slots in (told["best"], told["worst"]):
        spans = sorted((slot["begins"], slot["ends"]) for slot in slots)
        assert all(end <= begin for (_, end), (begin, _) in pairwise(spans))
    length = datetime.fromisoformat(told["best"][0]["ends"]) - datetime.fromisoformat(
        told["best"][0]["begins"]
    )
    assert length == timedelta(hours=2)


def test_slots_that_no_window_holds_are_not_found(api: Api) -> None:
    answer = api.get("/forecast/when", domain="seongsu", hours=5, earliest=9, latest=12)
    assert answer.status_code == 404
    assert answer.json()["errors"][0]["field"] == "hours"


def test_a_series_of_another_domain_is_not_found(api: Api) -> None:
    answer = api.get("/forecast", domain="seongsu", series="승차 인원")
    assert answer.status_code == 404
    assert answer.json()["errors"][0]["field"] == "series"


def test_series_with_korean_names_are_asked_for_percent_encoded(
    warehouse_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = {"승차 인원": 0.45, "하차/인원&": 0.55}
    monkeypatch.setattr(ui_world, "PARTS", parts)
    ui_world.build(warehouse_url, ui_world.World(LAST, ui_world.morning(DAYS[0])))
    with dg.DagsterInstance.ephemeral() as instance:
        domain = replace(small_domain(tmp_path), series=tuple(parts))
        world = World(domain, warehouse_url, tmp_path, instance)
        with serving(world, patient()) as api:
            for name in parts:
                answer = api.http.get(f"/forecast?domain=seongsu&series={quote(name, safe='')}")
                told = Forecast.model_validate(answer.json())
                assert {row.series for row in told.rows} == {name}
                assert len(told.rows) == 7 * len(ui_world.HOURS)
            assert not told.sample
            assert told.rows[0].q05 is None  # made before the outer quantiles were kept
