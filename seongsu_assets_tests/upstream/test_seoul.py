"""openapi.seoul.go.kr: its rules and codes, daily totals, sums of months, hours of years.
No hourly counts of yesterday here, and nothing of the city's own estimates."""

from collections import Counter
from datetime import date, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from seongsu_assets_tests.upstream import KEYS, KST
from seongsu_assets_tests.upstream.asking import NOON, card, code_of, ours, seoul


def test_a_day_of_card_data_is_one_page_with_seongsu_once_and_within_the_known_distance(get, up):
    day = date(2026, 9, 29)
    answer = card(get, day)["CardSubwayStatsNew"]
    assert answer["RESULT"]["CODE"] == "INFO-000"
    assert 604 <= answer["list_total_count"] == len(answer["row"]) <= 619
    (row,) = ours(answer["row"])
    assert (row["USE_YMD"], row["SBWY_ROUT_LN_NM"], row["REG_YMD"]) == (
        "20260929", "2호선", "20261002",
    )  # fmt: skip
    truth = up.truth.hourly(day)
    for column, series in (("GTON_TNOPE", "boarding"), ("GTOFF_TNOPE", "alighting")):
        assert row[column] == up.truth.daily(day)[series]
        assert row[column] == pytest.approx(sum(truth[series].values()), rel=0.002)


def test_card_data_comes_three_days_later_or_when_it_is_said_to_and_never_when_withheld(get, up):
    day = date(2026, 9, 29)
    up.now = datetime(2026, 10, 2, 5, 59, tzinfo=KST)
    assert code_of(card(get, day)) == "INFO-200"
    up.now = NOON
    assert "CardSubwayStatsNew" in card(get, day)
    up.truth.publish_late(day, "CardSubwayStatsNew", days=1)
    assert code_of(card(get, day)) == "INFO-200"
    up.now = NOON + timedelta(days=1)
    assert ours(card(get, day)["CardSubwayStatsNew"]["row"])[0]["REG_YMD"] == "20261003"
    up.truth.withhold(day, "CardSubwayStatsNew")
    up.now = NOON + timedelta(days=300)
    assert code_of(card(get, day)) == "INFO-200"


def test_a_revision_has_other_counts_and_a_later_date_of_registration(get, up):
    day = date(2026, 9, 1)
    before = ours(card(get, day)["CardSubwayStatsNew"]["row"])[0]
    up.truth.revise(day, 1.1)
    after = ours(card(get, day)["CardSubwayStatsNew"]["row"])[0]
    assert after["GTON_TNOPE"] == pytest.approx(1.1 * before["GTON_TNOPE"], rel=0.001)
    assert (before["REG_YMD"], after["REG_YMD"]) == ("20260904", "20261002")
    assert up.truth.daily(day, revision=0)["boarding"] == before["GTON_TNOPE"]


def test_the_names_of_2022_can_be_had(get, up):
    up.options.old_names = True
    row = card(get, date(2026, 9, 1))["CardSubwayStatsNew"]["row"][0]
    assert list(row) == [
        "USE_DT", "LINE_NUM", "SUB_STA_NM", "RIDE_PASGR_NUM", "ALIGHT_PASGR_NUM", "WORK_DT",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("wrong/json/CardSubwayStatsNew/1/5/20260901", "INFO-100"),
        ("{key}/pdf/CardSubwayStatsNew/1/5/20260901", "ERROR-301"),
        ("{key}/json/cardSubwayStatsNew/1/5/20260901", "ERROR-310"),
        ("{key}/json/CardSubwayStatsNew", "ERROR-331"),
        ("{key}/json/CardSubwayStatsNew/1", "ERROR-332"),
        ("{key}/json/CardSubwayStatsNew/one/5/20260901", "ERROR-333"),
        ("{key}/json/CardSubwayStatsNew/9/5/20260901", "ERROR-334"),
        ("sample/json/CardSubwayStatsNew/1/6/20260901", "ERROR-335"),
        ("{key}/json/CardSubwayStatsNew/1/1001/20260901", "ERROR-336"),
        ("{key}/json/CardSubwayStatsNew/1/5", "ERROR-300"),
        ("{key}/json/CardSubwayStatsNew/1/5/20300101", "INFO-200"),
        ("{key}/json/CardSubwayStatsNew/700/710/20260901", "INFO-200"),
    ],
)
def test_the_seoul_host_refuses_under_http_200_and_without_a_service_name(get, path, code):
    answer = get(f"/seoul/{path.format(key=KEYS['seoul'])}")
    assert answer.status_code == 200
    if code in ("ERROR-336", "ERROR-301"):
        assert answer.text.startswith("<RESULT>")
        assert ET.fromstring(answer.text).findtext("CODE") == code
    else:
        assert list(answer.json()) == ["RESULT"]
        assert code_of(answer.json()) == code


def test_month_sums_are_loaded_on_the_fifth_and_equal_the_days(get, up):
    path = ("CardSubwayTime", 1, 1000, "202609", "2호선", "성수")
    up.now = datetime(2026, 10, 4, 23, tzinfo=KST)
    assert code_of(seoul(get, *path).json()) == "INFO-200"
    up.now = datetime(2026, 10, 5, 1, tzinfo=KST)
    (row,) = seoul(get, *path).json()["CardSubwayTime"]["row"]
    days = [date(2026, 9, n) for n in range(1, 31)]
    assert (row["USE_MM"], row["JOB_YMD"]) == ("202609", "20261005")
    assert row["HR_8_GET_OFF_NOPE"] == sum(up.truth.hourly(day)["alighting"][8] for day in days)
    up.options.old_names = True
    old = seoul(get, *path).json()["CardSubwayTime"]["row"][0]
    assert old["EIGHT_ALIGHT_NUM"] == row["HR_8_GET_OFF_NOPE"]
    assert {"MIDNIGHT_RIDE_NUM", "THREE_RIDE_NUM", "TWENTY_THREE_ALIGHT_NUM"} <= set(old)


def test_years_of_hours_stand_in_blocks_behind_row_numbers_the_newest_first(get, up):
    answer = seoul(get, "subwSttn", 1, 1).json()["subwSttn"]
    assert answer["row"][0]["MVMN_YMD"] == "2024-01-01"
    block = 366 * 550
    rows = seoul(get, "subwSttn", block, block + 1).json()["subwSttn"]["row"]
    assert [row["MVMN_YMD"] for row in rows] == ["2024-12-31", "2023-01-01"]
    first = seoul(get, "subwSttn", 1, 550).json()["subwSttn"]["row"]
    (row,) = (r for r in first if (r["STTN"], r["GTNF_SE"]) == ("성수", "하차"))
    assert row["HR08"] == up.truth.hourly(date(2024, 1, 1))["alighting"][8]


def test_a_card_day_can_be_longer_than_one_call_with_seongsu_on_its_last_page(get, up):
    up.options.card_rows = 2_500
    pages = [card(get, date(2026, 9, 1), n, n + 999)["CardSubwayStatsNew"] for n in (1, 1001, 2001)]
    rows = [row for page in pages for row in page["row"]]
    assert {page["list_total_count"] for page in pages} == {len(rows)} == {2_500}
    assert not ours(pages[0]["row"])
    assert len(ours(rows)) == 1
    names = Counter((row["SBWY_ROUT_LN_NM"], row["SBWY_STNS_NM"]) for row in rows)
    assert max(names.values()) == 1
