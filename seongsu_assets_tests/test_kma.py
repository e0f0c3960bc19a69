"""KMA's nowcast and forecasts over HTTP, from the grid to the reading.
The envelope's refusals have a file of their own."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

from seongsu_assets.domain import READING_COLUMNS, Payload
from seongsu_assets.sources.kma.forecasts import KmaNow, KmaShort, KmaVillage
from seongsu_assets.sources.kma.products import NOW, SHORT, VILLAGE
from seongsu_assets.sources.providers import KMA_HUB
from seongsu_assets_tests.upstream import KST, Upstream
from seongsu_assets_tests.weather_web import ask, broken, payload

ALL = (KmaNow(), KmaShort(), KmaVillage())


def kst(text):
    return datetime.fromisoformat(text).replace(tzinfo=KST)


@pytest.fixture
def upstream():
    with Upstream(now=kst("2026-03-02 12:55")) as server:
        yield server


def asked_for(upstream):
    """base_date and base_time of each request, and the parameters that are always the same."""
    return [
        {name: values[0] for name, values in parse_qs(urlsplit(seen.path).query).items()}
        for seen in upstream.requests
    ]


def bases(upstream):
    return [f"{each['base_date']} {each['base_time']}" for each in asked_for(upstream)]


@pytest.mark.parametrize(
    ("product", "now", "newest", "before"),
    [
        (NOW, "2026-03-02 12:40", "2026-03-02 12:00", "2026-03-02 11:00"),
        (NOW, "2026-03-02 12:39", "2026-03-02 11:00", "2026-03-02 10:00"),
        (NOW, "2026-03-02 00:10", "2026-03-01 23:00", "2026-03-01 22:00"),
        (SHORT, "2026-03-02 12:45", "2026-03-02 12:30", "2026-03-02 11:30"),
        (SHORT, "2026-03-02 12:44", "2026-03-02 11:30", "2026-03-02 10:30"),
        (SHORT, "2026-01-01 00:00", "2025-12-31 23:30", "2025-12-31 22:30"),
        (VILLAGE, "2026-03-02 02:10", "2026-03-02 02:00", "2026-03-01 23:00"),
        (VILLAGE, "2026-03-02 02:09", "2026-03-01 23:00", "2026-03-01 20:00"),
        (VILLAGE, "2026-03-02 23:30", "2026-03-02 23:00", "2026-03-02 20:00"),
    ],
)
def test_the_newest_issue_that_is_out_is_known_from_the_clock(product, now, newest, before):
    assert product.bases(kst(now).astimezone(UTC)) == (kst(newest), kst(before))


def test_the_nowcast_is_the_weather_that_is(upstream):
    answer = payload(KmaNow(), upstream)
    (row,) = KmaNow().parse(answer).rows.to_dict("records")
    sky = upstream.world.weather.at(kst("2026-03-02 12:00"))
    assert (row["key"], row["issued_at"], row["at"]) == ("61,126", *[kst("2026-03-02 12:00")] * 2)
    assert row["attributes"]["temperature"] == sky.temperature
    assert row["attributes"]["precipitation"] == sky.rain
    assert row["attributes"]["humidity"] == sky.humidity


def test_a_thousand_rows_are_asked_for_in_json_and_the_key_is_the_decoded_one(upstream):
    answer = payload(KmaNow(), upstream)
    (request,) = asked_for(upstream)
    assert request == {
        "serviceKey": upstream.keys["data_go_kr"],
        "dataType": "JSON",
        "base_date": "20260302",
        "base_time": "1200",
        "nx": "61",
        "ny": "126",
        "numOfRows": "1000",
        "pageNo": "1",
    }
    assert "serviceKey={key}" in answer.request
    assert upstream.keys["data_go_kr"] not in answer.request


def test_an_issue_that_is_not_out_yet_makes_the_one_before_be_asked_for(upstream):
    upstream.options.nowcast_minute = 58
    answer = payload(KmaNow(), upstream)
    assert bases(upstream) == ["20260302 1200", "20260302 1100"]
    assert list(KmaNow().parse(answer).rows["at"]) == [kst("2026-03-02 11:00")]


@pytest.mark.parametrize("source", ALL)
def test_two_issues_that_are_not_there_are_late_and_nothing_more_is_asked(upstream, source):
    upstream.fault("code", code="03")
    (absence,) = ask(source, upstream)
    assert (absence.meaning, absence.business_date) == ("late", kst("2026-03-02 00:00").date())
    assert len(upstream.requests) == 2


@pytest.mark.parametrize(
    ("fault", "meaning", "calls"),
    [
        (("bad_key", {}), "bad key", 1),
        (("quota", {}), "quota", 1),
        (("code", {"code": "10"}), "refused", 1),
        (("code", {"code": "01"}), "outage", 4),
        (("http_500", {}), "outage", 4),
        (("empty_body", {}), "outage", 4),
        (("html_page", {}), "outage", 4),
        (("cut_json", {}), "outage", 4),
        (("partial_page", {}), "refused", 1),
    ],
)
@pytest.mark.parametrize("provider", ["data_go_kr", "kma_hub"])
def test_each_refusal_is_told_as_what_it_is(upstream, provider, fault, meaning, calls):
    source = KmaVillage() if provider == "data_go_kr" else KmaVillage(provider=KMA_HUB)
    kind, arguments = fault
    upstream.fault(kind, **arguments)
    (absence,) = ask(source, upstream)
    assert absence.meaning == meaning
    assert len(upstream.requests) == calls


def test_an_outage_that_passes_is_asked_through(upstream):
    upstream.fault("xml_error", code="04", times=2)
    assert isinstance(payload(KmaShort(), upstream), Payload)


@pytest.mark.parametrize("gateway", ["old", "new"])
def test_a_wrong_key_is_refused_once_by_either_gateway(upstream, gateway):
    upstream.options.gateway = gateway
    (absence,) = ask(KmaNow(), upstream, key=lambda _: "encoded%2Btwice")
    assert absence.meaning == "bad key"
    assert len(upstream.requests) == 1


def test_without_a_key_nothing_is_asked_and_nothing_is_said(upstream):
    assert ask(KmaNow(), upstream, key=lambda _: None) == []
    assert upstream.requests == []


def test_the_hub_is_another_door_with_a_key_of_another_name(upstream):
    answer = payload(KmaNow(provider=KMA_HUB), upstream)
    assert asked_for(upstream)[0]["authKey"] == upstream.keys["kma_hub"]
    assert len(KmaNow().parse(answer).rows) == 1


def test_the_issue_is_the_one_the_answer_names_and_not_the_one_asked_for(upstream):
    answer = payload(KmaShort(provider=KMA_HUB), upstream)
    assert bases(upstream) == ["20260302 1230"]
    rows = KmaShort().parse(answer).rows
    assert set(rows["issued_at"]) == {pd.Timestamp(kst("2026-03-02 12:00"))}


def test_the_ultra_short_forecast_is_six_hours_of_eleven_categories(upstream):
    answer = payload(KmaShort(), upstream)
    found = KmaShort().parse(answer)
    assert found.received == 66
    hours = [kst("2026-03-02 13:00") + timedelta(hours=n) for n in range(6)]
    assert list(found.rows["at"]) == hours
    for hour, attributes in zip(hours, found.rows["attributes"], strict=True):
        sky = upstream.world.weather.expected(hour, kst("2026-03-02 12:30"))
        assert attributes["temperature"] == round(sky.temperature)
        assert {"precipitation", "humidity", "wind", "sky", "pop", "kind"} <= set(attributes)


def test_the_village_forecast_is_whole_also_where_it_goes_on_every_three_hours(upstream):
    upstream.now = kst("2026-03-02 23:20")
    answer = payload(KmaVillage(), upstream)
    found = KmaVillage().parse(answer)
    steps = found.rows["at"].diff().dropna().dt.total_seconds() / 3600
    assert set(steps) == {1.0, 3.0}
    assert found.received == 980
    assert not found.rejects
    assert broken(KmaVillage(), answer) == set()


def test_more_items_than_one_page_has_are_asked_for_page_by_page(upstream, monkeypatch):
    monkeypatch.setattr("seongsu_assets.sources.kma.forecasts._PAGE_SIZE", 100)
    upstream.now = kst("2026-03-02 23:20")
    paged = KmaVillage().parse(payload(KmaVillage(), upstream))
    assert len(upstream.requests) == 10
    monkeypatch.undo()
    assert paged.rows.equals(KmaVillage().parse(payload(KmaVillage(), upstream)).rows)


@pytest.mark.parametrize("source", ALL)
def test_what_the_source_sends_keeps_its_contract(upstream, source):
    answer = payload(source, upstream)
    assert broken(source, answer) == set()
    found = source.parse(answer)
    assert tuple(found.rows.columns) == (*READING_COLUMNS, "place")
    assert {str(found.rows[name].dtype) for name in ("issued_at", "at")} == {"datetime64[ns, UTC]"}


@pytest.mark.parametrize(
    ("fault", "claim"),
    [
        (("rename_column", {"old": "category", "new": "kind"}), "every_category_is_there"),
        (("rename_column", {"old": "fcstValue", "new": "value"}), "every_category_is_there"),
        (("set_column", {"column": "fcstValue", "value": "-999"}), "temperature_is_understood"),
    ],
)
def test_a_renamed_field_breaks_the_contract(upstream, fault, claim):
    upstream.fault(fault[0], **fault[1])
    claims = broken(KmaVillage(), payload(KmaVillage(), upstream))
    assert claim in claims


def test_a_renamed_category_breaks_the_contract(upstream):
    answer = payload(KmaShort(), upstream)
    renamed = answer.body.replace(b'"RN1"', b'"RAIN"')
    claims = broken(KmaShort(), replace(answer, body=renamed))
    assert {"every_category_is_there", "no_category_is_new"} <= claims
