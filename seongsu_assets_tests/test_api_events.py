"""Events over HTTP: who may enter them, what is refused, and that asking twice changes nothing.
What an entry is worth afterwards is in test_adjustments_scored."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from seongsu_assets.api.guard import Guard, fingerprint, hashed
from seongsu_assets.api.limits import Limiter, Rate
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.api_world import KEY, Api, patient, serving
from seongsu_assets_tests.built import LAST
from seongsu_assets_tests.world import World

DAY = LAST + timedelta(days=2)
BY = fingerprint(hashed(KEY))


@pytest.fixture
def api(world: World) -> Iterator[Api]:
    with serving(world, patient()) as found:
        yield found


def event(**changes: Any) -> dict[str, Any]:
    given = {
        "id": str(uuid4()), "domain": "seongsu", "business_date": str(DAY), "from_hour": 17,
        "to_hour": 20, "name": "성수 팝업", "people": 500,
    }  # fmt: skip
    return given | changes


def kept(api: Api) -> list[tuple[Any, ...]]:
    with connect(api.world.url) as conn:
        return conn.execute(
            "select id::text, name, people, entered_by from warehouse.adjustment order by number"
        ).fetchall()


def withdraw(api: Api, event_id: str, key: str = KEY) -> httpx.Response:
    headers = {"Authorization": f"Bearer {key}"}
    return api.http.post(f"/events/{event_id}/withdraw", headers=headers)


def ask(api: Api, key: str = KEY) -> httpx.Response:
    return api.http.get("/key", headers={"Authorization": f"Bearer {key}"})


def test_an_event_is_entered_once_however_often_it_is_sent(api: Api) -> None:
    asked = event()
    first, again = api.write("/events", asked), api.write("/events", asked)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    told = first.json()
    assert {name: told[name] for name in asked} == asked
    assert (told["series"], told["entered_by"], told["withdrawn_at"]) == ("total", BY, None)
    assert datetime.fromisoformat(told["entered_at"]) == datetime.fromisoformat(
        "2025-06-16T07:00:00+09:00"
    )
    assert kept(api) == [(asked["id"], "성수 팝업", 500, BY)]


def test_an_event_is_withdrawn_once_and_stays(api: Api) -> None:
    asked = event(people=-300)
    api.write("/events", asked)
    first, again = withdraw(api, asked["id"]), withdraw(api, asked["id"])
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    assert first.json()["withdrawn_by"] == BY
    entered, _ = kept(api)
    assert entered[0] == asked["id"]


def test_what_is_entered_is_read_like_everything_that_is_published(api: Api) -> None:
    asked = event()
    api.write("/events", asked)
    before = api.get("/forecast", domain="seongsu").text
    with connect(api.world.url) as conn:
        conn.execute("set role anon")
        found = conn.execute("select id, people, in_force from published.adjustment").fetchall()
    assert found == [(asked["id"], 500, True)]
    assert api.get("/forecast", domain="seongsu").text == before


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"id": "x"}, 422, "id"),
        ({"name": ""}, 422, "name"),
        ({"name": "   "}, 422, "name"),
        ({"name": "a\nb"}, 422, "name"),
        ({"name": "a\u202eb"}, 422, "name"),
        ({"name": "a\u2028b"}, 422, "name"),
        ({"name": "\0"}, 422, "name"),
        ({"name": "x" * 81}, 422, "name"),
        ({"people": 0}, 422, "people"),
        ({"people": 1.5}, 422, "people"),
        ({"people": "500"}, 422, "people"),
        ({"people": 100_001}, 422, "people"),
        ({"people": True}, 422, "people"),
        ({"business_date": "21 June"}, 422, "business_date"),
        ({"from_hour": -1}, 422, "from_hour"),
        ({"to_hour": 29}, 422, "to_hour"),
        ({"domain": "x"}, 422, "domain"),
        ({"by": "somebody"}, 422, "by"),
        ({"entered_at": "2020-01-01T00:00:00Z"}, 422, "entered_at"),
        ({"business_date": str(LAST)}, 404, "business_date"),
        ({"business_date": "2030-01-01"}, 404, "business_date"),
        ({"from_hour": 4}, 404, "from_hour"),
        ({"from_hour": 20, "to_hour": 17}, 404, "from_hour"),
        ({"to_hour": 17}, 404, "from_hour"),
        ({"to_hour": 26}, 404, "from_hour"),
        ({"business_date": str(LAST + timedelta(1)), "from_hour": 6}, 409, "from_hour"),
    ],
)
def test_what_is_wrong_is_a_problem_that_names_the_field(
    api: Api, changes: dict[str, Any], status: int, field: str
) -> None:
    answer = api.write("/events", event(**changes))
    assert answer.status_code == status, answer.text
    told = {each["field"] for each in answer.json()["errors"]}
    assert field in {name.partition(".")[0] for name in told}
    assert answer.json()["remedy"]
    assert kept(api) == []


def test_an_id_cannot_be_used_for_something_else(api: Api) -> None:
    asked = event()
    api.write("/events", asked)
    answer = api.write("/events", {**asked, "people": 501})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (409, "id")


def test_an_event_that_there_is_not_cannot_be_withdrawn(api: Api) -> None:
    assert withdraw(api, str(uuid4())).status_code == 404
    assert withdraw(api, "x").status_code == 422


def test_what_is_over_cannot_be_withdrawn(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = event()
    api.write("/events", asked)
    monkeypatch.setenv("SEONGSU_NOW", f"{DAY}T19:00:00+09:00")
    assert withdraw(api, asked["id"]).status_code == 409


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "=cmd|' /C calc'!A0", "'; drop--"])
def test_a_hostile_name_is_kept_as_it_is_typed(api: Api, name: str) -> None:
    assert api.write("/events", event(name=name)).json()["name"] == name
    assert kept(api)[0][1] == name


def test_a_good_key_is_told_its_fingerprint_and_nothing_else(api: Api) -> None:
    answer = ask(api)
    assert answer.status_code == 200
    assert answer.json() == {"fingerprint": BY}
    assert re.fullmatch("[0-9a-f]{8}", BY)
    assert BY not in hashed(KEY)
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("key", ["wrong", KEY.upper(), hashed(KEY), BY])
def test_without_the_key_nothing_is_entered_withdrawn_or_told(api: Api, key: str) -> None:
    asked = event()
    api.write("/events", asked)
    for answer in (
        api.write("/events", event(), key),
        withdraw(api, asked["id"], key),
        ask(api, key),
        api.http.get("/key"),
        api.http.post(f"/events/{asked['id']}/withdraw"),
    ):
        assert answer.status_code == 401
        assert BY not in answer.text
    assert len(kept(api)) == 1


@pytest.mark.parametrize("end", ["%0A", "/", "%2F", "%0D%0A", "?", "%00"])
def test_an_odd_spelling_of_the_path_is_no_way_around_the_key(api: Api, end: str) -> None:
    """The router forgives a line break at the end of a path."""
    asked = event()
    api.write("/events", asked)
    answer = api.http.post(f"/events/{asked['id']}/withdraw{end}")
    assert answer.status_code in {401, 404}
    assert len(kept(api)) == 1


def test_without_a_configured_key_it_is_said_what_to_do(world: World) -> None:
    with serving(world, patient(key=None)) as api:
        for answer in (ask(api), api.write("/events", event()), withdraw(api, str(uuid4()))):
            assert answer.status_code == 403
            assert "seongsu key" in answer.json()["remedy"]


def test_who_guesses_keys_must_wait(world: World) -> None:
    guard = Guard(hashed(KEY), writes=Limiter(Rate(6, 3), Rate(1e6, 1e3)))
    with serving(world, guard) as api:
        answers = [ask(api, "wrong").status_code for _ in range(4)]
        assert answers == [401, 401, 401, 429]
        assert ask(api).status_code == 429


def test_requests_are_counted_by_route_and_not_by_event(api: Api) -> None:
    withdraw(api, str(uuid4()))
    routes = set(re.findall(r'route="([^"]+)"', api.get("/metrics").text))
    assert "/events/{id}/withdraw" in routes


def test_a_database_that_takes_nothing_is_said_to_be_away(api: Api) -> None:
    with connect(api.world.url) as conn:
        conn.execute("alter table warehouse.adjustment rename to gone")
    answer = api.write("/events", event())
    assert answer.status_code == 503
    assert "gone" not in answer.text
    assert "adjustment" not in answer.text
