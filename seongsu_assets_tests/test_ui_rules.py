"""The rules behind the pages that need no page: states, slots, sentences, strings, colours.
No database."""

import ast
import random
import re
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ui import strings
from ui.show import levels, sentences, wording
from ui.state import slots, states
from ui.strings import Words

UI = Path(strings.__file__).parent
ISSUED = datetime(2026, 11, 20, 22, 10, tzinfo=UTC)
KO, EN = Words("ko", "seongsu"), Words("en", "seongsu")


def standing(**changes) -> states.Standing:
    first = datetime(2026, 11, 20, 19, tzinfo=UTC)
    given = {"sample": False, "data_at": first - timedelta(hours=4), "issued_at": ISSUED}
    given |= {"tier": "champion", "first": first, "end": first + timedelta(days=7)}
    return states.Standing(**(given | changes))


def test_the_stale_banner_is_right_on_200_random_clocks():
    draw = random.Random(7)
    seen = {True: 0, False: 0}
    for _ in range(200):
        issued_hours, ahead = draw.uniform(0, 100), draw.uniform(-2, 8)
        now = ISSUED + timedelta(hours=issued_hours)
        end = now + timedelta(days=ahead)
        first = now - timedelta(hours=draw.uniform(-3, 90))
        truth = issued_hours > 50 or ahead <= 0 or first > now
        state = states.decide(now, standing(first=first, end=end))
        assert (state.kind == "stale") is truth
        seen[truth] += 1
    assert min(seen.values()) > 40


@pytest.mark.parametrize(
    ("hours", "kind"), [(1, "fresh"), (26, "fresh"), (26.1, "late"), (50, "late"), (50.1, "stale")]
)
def test_the_issue_ages_from_fresh_to_late_to_stale(hours, kind):
    assert states.decide(ISSUED + timedelta(hours=hours), standing()).kind == kind


def test_a_forecast_that_does_not_reach_a_day_ahead_is_late():
    now = ISSUED + timedelta(hours=2)
    assert states.decide(now, standing(end=now + timedelta(hours=23))).kind == "late"


def test_the_gravest_thing_is_said_first_and_the_others_stay_true():
    old = ISSUED + timedelta(hours=60)
    state = states.decide(old, standing(sample=True, tier="profile"))
    assert (state.kind, state.sample, state.tier) == ("stale", True, "profile")
    assert states.decide(ISSUED, standing(tier="profile")).kind == "fallback"
    assert states.decide(ISSUED, standing(sample=True)).kind == "sample"
    assert states.decide(ISSUED, standing(), failed=True).kind == "error"
    assert states.decide(ISSUED, None, sample=True).kind == "empty"


def test_the_age_is_of_the_data_and_not_of_the_run():
    now = ISSUED + timedelta(minutes=5)
    weeks_old = standing(data_at=now - timedelta(days=20))
    assert states.decide(now, weeks_old).data_age == timedelta(days=20)
    assert states.decide(now, standing(data_at=None)).data_age is None


def test_open_slots_are_recognised_by_their_length():
    spans = slots.layout([4, *range(6, 25)])
    assert [wording.slot(spans[hour], KO) for hour in (4, 18, 24)] == [
        "06시 이전",
        "18–19시",
        "24시 이후",
    ]
    assert wording.slot(spans[24], EN) == "after 24:00"
    assert {span.edge for span in slots.layout(range(24)).values()} == {""}
    assert slots.layout([0]) == {0: slots.Span(0, 24)}
    assert 16 in slots.layout([4, *range(6, 16), *range(17, 25)])


def day(values: dict[int, float]) -> tuple[pd.DataFrame, dict[int, slots.Span]]:
    frame = pd.DataFrame({"q50": values})
    return frame, slots.layout(values)


def test_the_advice_names_the_worst_hour_and_when_it_stays_calmer():
    late = {18: 4000.0, 19: 3500.0, 20: 2600.0, 21: 1100.0}
    values = {4: 9999.0} | dict.fromkeys(range(6, 25), 1000.0) | late
    frame, spans = day(values)
    assert (
        sentences.advice(frame, spans, KO)
        == "18–19시가 가장 붐빕니다. 20시 이후에는 35% 이상 한산합니다."
    )
    assert sentences.advice(frame, spans, EN, from_hour=21).startswith("Now (21:00–22:00)")
    assert sentences.advice(frame, spans, KO, from_hour=24) == strings.KO["sentence.over"]


def test_a_day_that_never_calms_gets_no_promise():
    frame, spans = day(dict.fromkeys([4, *range(6, 25)], 1000.0) | {6: 1200.0})
    assert sentences.advice(frame, spans, EN) == "Most crowded at 06:00–07:00."


def test_a_day_without_a_difference_has_no_worst_hour():
    frame, spans = day(dict.fromkeys([4, *range(6, 25)], 1000.0) | {6: 1015.0})
    assert sentences.advice(frame, spans, EN) == "Much the same at all hours."
    assert sentences.advice(frame, spans, EN, from_hour=23).startswith("Now (23:00–24:00)")


def test_near_the_usual_is_called_usual():
    span, when = slots.Span(18, 1), date(2026, 11, 24)
    assert (
        sentences.against_usual(1040, 1000, when, span, KO)
        == "화요일 18–19시 평소(1,000명)와 비슷합니다"
    )
    assert (
        sentences.against_usual(880, 1000, when, span, EN)
        == "12% below the usual Tue 18:00–19:00 (1,000)"
    )


def test_both_languages_have_the_same_keys_and_say_something():
    assert strings.KO.keys() == strings.EN.keys()
    assert all(text.strip() for text in [*strings.KO.values(), *strings.EN.values()])


@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_key_is_in_two_tables(language):
    keys = [
        key
        for path in (UI / "words" / language).glob("*.py")
        for key in re.findall(r'^    "([^"]+)":', path.read_text(), re.MULTILINE)
    ]
    assert len(keys) == len(set(keys)) == len(strings.TABLES[language])


def test_a_sentence_has_the_same_gaps_to_fill_in_both_languages():
    """But for dates, made of other parts in each, and the words for what is counted."""
    gaps = {
        name: {
            key: set(re.findall(r"{(\w+)[:}]", text)) - set(strings.OWN)
            for key, text in table.items()
        }
        for name, table in strings.TABLES.items()
    }
    differ = {key for key in gaps["ko"] if gaps["ko"][key] != gaps["en"][key]}
    assert {key for key in differ if not key.startswith("date")} == set()


def test_korean_is_written_in_the_string_table_only():
    hangul = re.compile("[가-힣]")
    for path in [*UI.rglob("*.py"), *UI.rglob("*.css")]:
        if UI / "words" in path.parents:
            continue
        text = path.read_text()
        found = hangul.search(text) if path.suffix == ".css" else hangul.search(_literals(text))
        assert found is None, path


def _literals(source: str) -> str:
    """String constants that are not docstrings or other bare expressions."""
    tree = ast.parse(source)
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return " ".join(
        node.value for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare
    )  # fmt: skip


#: Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
SIGHT = {
    "normal": np.eye(3),
    "protan": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                        [-0.003882, -0.048116, 1.051998]]),
    "deutan": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                        [-0.011820, 0.042940, 0.968881]]),
    "tritan": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                        [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip


def linear(colour: str) -> np.ndarray:
    rgb = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    to_xyz = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
                       [0.0193339, 0.1191920, 0.9503041]])  # fmt: skip
    xyz = to_xyz @ rgb.clip(0, 1) / np.array([0.95047, 1.0, 1.08883])
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def ciede2000(one: np.ndarray, other: np.ndarray) -> float:
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_c = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    g = 1.5 - 0.5 * np.sqrt(mean_c**7 / (mean_c**7 + 25**7))
    c1, c2 = np.hypot(a1 * g, b1), np.hypot(a2 * g, b2)
    h1, h2 = (np.degrees(np.arctan2(b, a * g)) % 360 for a, b in ((a1, b1), (a2, b2)))
    dh = (h2 - h1 + 180) % 360 - 180
    dl, dc, big_dh = l2 - l1, c2 - c1, 2 * np.sqrt(c1 * c2) * np.sin(np.radians(dh / 2))
    mean_l, mean_c, h = (l1 + l2) / 2, (c1 + c2) / 2, (h1 + dh / 2) % 360
    weights = ((30, 1, -0.17), (0, 2, 0.24), (-6, 3, 0.32), (63, 4, -0.20))
    t = 1 + sum(w * np.cos(np.radians(n * h - shift)) for shift, n, w in weights)
    sl = 1 + 0.015 * (mean_l - 50) ** 2 / np.sqrt(20 + (mean_l - 50) ** 2)
    sc, sh = 1 + 0.045 * mean_c, 1 + 0.015 * mean_c * t
    turn = np.radians(60 * np.exp(-(((h - 275) / 25) ** 2)))
    rt = -2 * np.sqrt(mean_c**7 / (mean_c**7 + 25**7)) * np.sin(turn)
    parts = dl / sl, dc / sc, big_dh / sh
    return float(np.sqrt(sum(part**2 for part in parts) + rt * parts[1] * parts[2]))


def test_the_colour_difference_agrees_with_a_published_pair():
    """Pair 1 and 17 of Sharma, Wu and Dalal 2005."""
    assert ciede2000(
        np.array([50, 2.6772, -79.7751]), np.array([50, 0, -82.7485])
    ) == pytest.approx(2.0425, abs=1e-3)
    assert ciede2000(np.array([50, 2.5, 0]), np.array([73, 25, -18])) == pytest.approx(
        27.1492, abs=1e-3
    )


@pytest.mark.parametrize("sight", SIGHT)
def test_levels_differ_clearly_for_every_colour_vision(sight):
    seen = [lab(SIGHT[sight] @ linear(colour)) for colour in levels.COLOURS]
    assert min(ciede2000(one, other) for one, other in combinations(seen, 2)) >= 20


def test_words_on_the_level_colours_can_be_read():
    for ground, ink in zip(levels.COLOURS, levels.INKS, strict=True):
        light = [
            float(np.array([0.2126, 0.7152, 0.0722]) @ linear(c)) + 0.05 for c in (ground, ink)
        ]
        assert max(light) / min(light) >= 4.4
