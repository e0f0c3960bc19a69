"""Where a place lies on KMA's grid, and what the text of a value means.
Items and requests have files of their own."""

import pytest

from seongsu_assets.sources.kma.forecasts import KmaNow
from seongsu_assets.sources.kma.grid import Cell, cell
from seongsu_assets.sources.kma.values import spoken


@pytest.mark.parametrize(
    ("latitude", "longitude", "nx", "ny"),
    [
        (37.5636, 126.9800, 60, 127),  # Seoul
        (35.1770, 129.0770, 98, 76),  # Busan
        (33.4857, 126.5003, 52, 38),  # Jeju
        (35.8686, 128.6036, 89, 90),  # Daegu
        (37.4532, 126.7074, 55, 124),  # Incheon
        (35.1570, 126.8534, 58, 74),  # Gwangju
        (36.3471, 127.3866, 67, 100),  # Daejeon
        (35.5354, 129.3137, 102, 84),  # Ulsan
    ],
)
def test_the_grid_is_kmas_own(latitude, longitude, nx, ny):
    assert cell(latitude, longitude) == Cell(nx, ny)


def test_seongsu_lies_in_a_computed_cell():
    assert str(KmaNow().cell) == "61,126"


@pytest.mark.parametrize(
    ("category", "value", "attributes"),
    [
        ("T1H", "15.2", {"temperature": 15.2}),
        ("TMP", "-3", {"temperature": -3.0}),
        ("T1H", 15.2, {"temperature": 15.2}),  # numbers, as in 2018
        ("REH", "37", {"humidity": 37.0}),
        ("WSD", "3.7", {"wind": 3.7}),
        ("POP", "60", {"pop": 60.0}),
        ("SKY", "4", {"sky": 4}),
        ("PTY", "7", {"kind": 7}),
        ("RN1", "0", {"precipitation": 0.0}),
        ("RN1", "강수없음", {"precipitation": 0.0}),
        ("PCP", "강수 없음", {"precipitation": 0.0}),
        ("SNO", "적설없음", {"snowfall": 0.0}),
        ("PCP", "0.4", {"precipitation": 0.4}),  # far ahead
        ("SNO", "2", {"snowfall": 2.0}),
        ("PCP", "3.0mm", {"precipitation": 3.0}),
        ("SNO", "2.5cm", {"snowfall": 2.5}),
        ("RN1", "1mm 미만", {"precipitation": 0.5, "precipitation_text": "1mm미만"}),
        ("RN1", "1.0mm 미만", {"precipitation": 0.5, "precipitation_text": "1.0mm미만"}),
        ("SNO", "0.5cm 미만", {"snowfall": 0.25, "snowfall_text": "0.5cm미만"}),
        ("PCP", "30.0~50.0mm", {"precipitation": 40.0, "precipitation_text": "30.0~50.0mm"}),
        ("PCP", "50.0mm 이상", {"precipitation": 50.0, "precipitation_text": "50.0mm이상"}),
        ("TMN", "12.0", {}),
        ("VEC", "352", {}),
    ],
)
def test_each_spelling_of_a_value_is_understood(category, value, attributes):
    assert spoken(category, value) == attributes


@pytest.mark.parametrize("value", ["-999", "-998.9", "900", "999", -999, "", " ", None])
@pytest.mark.parametrize("category", ["T1H", "RN1", "SNO", "REH", "SKY", "PTY"])
def test_a_missing_value_is_unknown_and_never_zero(category, value):
    assert spoken(category, value) == {}


@pytest.mark.parametrize(
    ("category", "value"),
    [
        *(("T1H", value) for value in ("61", "15,2", "１５", "warm", True, [], {}, "1e1")),
        *(("REH", value) for value in ("-1", "101")),
        *(("SKY", value) for value in ("0", "5", "1.5")),
        *(("PTY", value) for value in ("8", "-1")),
        *(("RN1", value) for value in ("-1", "501", "3cm", "50.0~30.0mm", "약간", "1~2mm미만")),
        ("SNO", "3mm"),
        ("PCP", ["0"]),
    ],
)
def test_what_is_not_understood_is_refused(category, value):
    with pytest.raises(ValueError, match=r"out of reach|no number|no code|not understood|upside"):
        spoken(category, value)
