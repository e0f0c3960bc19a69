"""What-ifs over HTTP: the champion's answer, what an event does to it, and what cannot be used.
Refused requests are in `test_api_refusals`."""

from datetime import timedelta
from typing import Any

import pytest

from seongsu_assets.api.shapes import Predicted
from seongsu_assets.warehouse import models
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests import api_world
from seongsu_assets_tests.api_world import DATASET, Api, patient, serving
from seongsu_assets_tests.built import LAST
from seongsu_assets_tests.world import World

api = api_world.api
#: A Wednesday.
DAY = str(LAST + timedelta(days=3))


def predict(api: Api, *days: dict[str, Any], **more: Any) -> dict[str, Any]:
    body = {"domain": "seongsu", "days": list(days), **more}
    answer = api.http.post("/predict", json=body)
    assert answer.status_code == 200, answer.text
    Predicted.model_validate(answer.json())
    return answer.json()


def test_nothing_supposed_is_what_is_published(api: Api) -> None:
    told = predict(api, {"date": DAY})
    issued = api.get("/forecast", domain="seongsu", from_=DAY, to=DAY).json()["rows"]
    assert told["rows"] == [{**row, "q50_without": row["q50"]} for row in issued]


def test_the_answer_names_the_model_and_the_data(api: Api) -> None:
    told = predict(api, {"date": DAY}, series="total")
    with connect(api.world.url) as conn:
        champion = models.champions(conn, DATASET)[0]
        trained_to = models.load(conn, champion).trained_to
    assert told["model"]["model_id"] == champion
    assert told["model"]["trained_to"] == str(trained_to)
    assert told["model"]["tier"] == "champion"
    assert told["data"]["data_through"] == str(LAST)
    assert told["data"]["data_version"] == predict(api, {"date": DAY})["data"]["data_version"]
    assert {row["series"] for row in told["rows"]} == {"total"}


def test_a_holiday_changes_its_day_and_no_other(api: Api) -> None:
    other = str(LAST + timedelta(days=4))
    told = predict(api, {"date": DAY, "event": "holiday"}, {"date": other}, series="total")
    changed = {row["business_date"] for row in told["rows"] if row["q50"] != row["q50_without"]}
    assert changed == {DAY}
    rush = [row for row in told["rows"] if row["business_date"] == DAY and row["hour"] == 8]
    assert rush[0]["q50"] < 0.9 * rush[0]["q50_without"]


def test_weather_that_says_nothing_is_not_passed_off_as_used(api: Api) -> None:
    """The built world has never heard of any weather."""
    told = predict(api, {"date": DAY, "weather": {"precipitation": 60.0}})
    assert all(row["q50"] == row["q50_without"] for row in told["rows"])
    assert len(told["notes"]) == 1
    assert DAY in told["notes"][0]


@pytest.mark.parametrize(
    ("days", "status", "field"),
    [
        ([{"date": str(LAST)}], 404, "days.0.date"),
        ([{"date": DAY}, {"date": DAY}], 409, "days.1.date"),
        ([{"date": str(LAST + timedelta(days=6)), "event": "bridge"}], 409, "days.0.event"),
    ],
)
def test_what_contradicts_itself_is_refused_with_its_field(
    api: Api, days: list[dict[str, Any]], status: int, field: str
) -> None:
    answer = api.http.post("/predict", json={"domain": "seongsu", "days": days})
    assert answer.status_code == status
    assert answer.json()["errors"][0]["field"] == field


def test_weather_that_is_known_changes_its_day_alone(world: World) -> None:
    """A rainy day in three; that rain keeps nobody away is for the model to find out."""
    with connect(world.url) as conn:
        conn.execute(
            """insert into warehouse.reading
               select 'seongsu', 'weather_forecast', '', day - interval '12 hours', day,
                      jsonb_build_object('temperature', 20, 'snowfall', 0, 'precipitation',
                          case when mod(n, 3) = 0 then 25 else 0 end),
                      (select min(id) from warehouse.payload), day
               from generate_series(0, 206) n,
                    lateral (select (%s::date - 199 + n)::timestamp at time zone 'Asia/Seoul')
                        days(day)""",
            (LAST,),
        )
    other = str(LAST + timedelta(days=4))
    with serving(world, patient()) as api:
        told = predict(api, {"date": DAY, "weather": {"precipitation": 80}}, {"date": other})
        same = predict(api, {"date": DAY, "weather": {"temperature": 20}})
    assert told["notes"] == []
    changed = {row["business_date"] for row in told["rows"] if row["q50"] != row["q50_without"]}
    assert changed == {DAY}
    assert len(same["notes"]) == 1
    assert all(row["q50"] == row["q50_without"] for row in same["rows"])
