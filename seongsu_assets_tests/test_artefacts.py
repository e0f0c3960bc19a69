"""F-54: a malicious or damaged model executes nothing, is refused at once, and another tier serves.
The kinds are in `artefacts`."""

import json
import re
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from psycopg.types.json import Jsonb

from seongsu_assets.assets import issuing
from seongsu_assets.domain import Plan, Window
from seongsu_assets.errors import ModelError
from seongsu_assets.forecasting import booster_text, model, trees
from seongsu_assets.warehouse import features, forecasts, models
from seongsu_assets.warehouse.postgres import Connection, connect, frame
from seongsu_assets_tests.artefacts import KINDS, Artefact, line, pickled, sealed, storable
from seongsu_assets_tests.built import LAST
from seongsu_assets_tests.ridership import days, station, table
from seongsu_assets_tests.world import World

#: What is shorter takes no time worth measuring; the huge ones take what hashing them takes.
AT_ONCE = 5.0


@pytest.fixture(scope="module")
def learned():
    return table(station(), days("2023-02-01", "2023-10-08", 2))


def stored(learned, seed: int) -> Artefact:
    plan = Plan(train_days=200, minimum_days=20)
    text, metadata = model.fit(learned, station(), plan, seed=seed).to_text()
    return text, json.loads(json.dumps(metadata))


@pytest.fixture(scope="module")
def good(learned) -> Artefact:
    return stored(learned, 0)


@pytest.fixture(scope="module")
def other(learned) -> Artefact:
    """Of one series and fewer columns: sealed, only its content tells that it is another's."""
    learned = learned[learned["series"] == "boarding"]
    text, metadata = stored(learned, 1)
    renamed = text.replace("log_level", "log_tevel")
    return sealed(renamed, metadata)


def test_the_good_artefact_is_read(good: Artefact) -> None:
    assert model.Model.from_text(*good).to_text()[0] == good[0]


def test_a_pickle_of_the_kinds_would_leave_its_marker(tmp_path: Path) -> None:
    """The bomb works: what follows would notice."""
    import pickle

    pickle.loads(pickled(tmp_path / "marker"))
    assert (tmp_path / "marker").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_it_executes_nothing_and_is_refused_at_once(
    kind: str, good: Artefact, other: Artefact, tmp_path: Path
) -> None:
    marker = tmp_path / "marker"
    doctored = KINDS[kind](*good, marker, other)
    began = time.perf_counter()
    with pytest.raises(ModelError):
        model.Model.from_text(*doctored)
    assert time.perf_counter() - began < AT_ONCE
    assert not marker.exists()


def test_every_tree_that_lightgbm_writes_is_read() -> None:
    random = np.random.default_rng(1)
    rows = random.normal(size=(1200, 3))
    rows[::7, 1], rows[:, 2] = np.nan, 1.0
    for target in (np.ones(1200), rows[:, 0] + np.nan_to_num(rows[:, 1]), rows[:, 0] * 1e12):
        booster = trees.fit(rows, target, np.ones(1200), list("abc"), seed=0, threads=1)
        booster_text.check(booster.model_to_string(), list("abc"))


def test_no_byte_changed_in_a_text_brings_the_reader_down(good: Artefact) -> None:
    """What the check lets pass, LightGBM reads and predicts: nothing else may happen."""
    text, metadata = good
    random = np.random.default_rng(54)
    names, passed = metadata["features"], 0
    rows = np.zeros((5, len(names)))
    head = text.index("Tree=3\n")
    end = text.index("end of trees")
    short = text[:head] + text[end:]
    short = line(short, "num_class", lambda value: value)
    for _ in range(400):
        place = int(random.integers(0, len(short)))
        letter = random.choice(list("0123456789-.= \ne[]:x"))
        changed = f"{short[:place]}{letter}{short[place + 1 :]}"
        try:
            booster_text.check(changed, names)
        except ModelError:
            continue
        passed += 1
        assert np.isfinite(trees.predict(trees.read(changed, names), rows)).all()
    assert passed > 0


def replace_champion(conn: Connection, artefact: Artefact) -> None:
    """The rows of every champion replaced, with the row's own hash made to fit."""
    text, metadata = artefact
    conn.execute("alter table warehouse.model disable trigger append_only")
    conn.execute(
        "update warehouse.model set booster = %s, metadata = %s, sha256 = %s",
        (text, Jsonb(metadata), models.digest(text, metadata)),
    )


def test_whatever_replaces_the_champion_another_tier_serves_and_says_so(
    world: World, other: Artefact, tmp_path: Path
) -> None:
    marker, told = tmp_path / "marker", list[str]()
    with connect(world.url) as conn:
        (champion,) = models.champions(conn, "seongsu@sample")
        good = models.artefact(conn, champion)
        held = features.read(conn, "seongsu@sample", Window(LAST, LAST))
        for kind, make in KINDS.items():
            try:
                doctored = storable(make(*good, marker, other))
            except ModelError:
                continue  # no row can hold it
            replace_champion(conn, doctored)
            told.clear()
            began = time.perf_counter()
            served = issuing.serve(conn, "seongsu@sample", held, told.append)
            assert time.perf_counter() - began < AT_ONCE, kind
            assert served is None, kind
            assert re.match(f"{champion} cannot serve: .+ -> .+", told[0]), kind
    assert not marker.exists()


def test_the_last_good_model_serves_then_the_usual_profile(world: World) -> None:
    with connect(world.url) as conn:
        (first,) = models.champions(conn, "seongsu@sample")
        conn.execute(
            """insert into warehouse.model
               select 'newer', dataset, created_at, trained_from, trained_to, data_sha,
                      code_version, 'damaged', metadata, sha256, metrics, evaluation
               from warehouse.model where model_id = %s""",
            (first,),
        )
        models.decide(
            conn, "seongsu@sample", challenger="newer", champion=first, outcome="promote",
            reason="a test", inputs={}, now=frame(conn, "select now() as now").now.iloc[0],
        )  # fmt: skip
    world.pipeline(LAST).stage("forecast", Window(LAST, LAST))
    with connect(world.url) as conn:
        assert tier(conn) == ("last_good", first)
        replace_champion(conn, ("damaged", {}))
    world.pipeline(LAST).stage("forecast", Window(LAST, LAST))
    with connect(world.url) as conn:
        assert tier(conn) == ("profile", None)


def test_the_champion_serves_also_before_the_features_of_its_day_are_kept(world: World) -> None:
    """After an outage all that was due comes at once, in any order."""
    with connect(world.url) as conn:
        kept = issuing.make(conn, world.domain, "seongsu@sample", LAST, print)
        conn.execute("delete from warehouse.feature where origin = %s", (LAST,))
        assert features.read(conn, "seongsu@sample", Window(LAST, LAST)).empty
        made = issuing.make(conn, world.domain, "seongsu@sample", LAST, print)
    assert (made.head.tier, made.head.model_id) == ("champion", kept.head.model_id)
    pd.testing.assert_frame_equal(made.rows, kept.rows)


def tier(conn: Connection) -> tuple[str, str | None]:
    issue_id = forecasts.newest(conn, "seongsu@sample")
    assert issue_id is not None
    return forecasts.read(conn, issue_id).tier.iloc[0], forecasts.model_of(conn, issue_id)


def test_numbers_that_are_well_formed_and_absurd_do_not_serve(world: World) -> None:
    told = list[str]()
    with connect(world.url) as conn:
        (champion,) = models.champions(conn, "seongsu@sample")
        text, metadata = models.artefact(conn, champion)
        metadata["coefficients"] = [[1e10 for _ in row] for row in metadata["coefficients"]]
        replace_champion(conn, (text, metadata))
        held = features.read(conn, "seongsu@sample", Window(LAST, LAST))
        assert issuing.serve(conn, "seongsu@sample", held, told.append) is None
    assert "not a number" in told[0]


def test_a_row_that_is_not_what_was_stored_is_refused(world: World) -> None:
    with connect(world.url) as conn:
        (champion,) = models.champions(conn, "seongsu@sample")
        conn.execute("alter table warehouse.model disable trigger append_only")
        conn.execute("update warehouse.model set evaluation = 'PAR1', sha256 = sha256")
        models.artefact(conn, champion)  # serving does not need the evaluation
        with pytest.raises(ModelError, match="evaluation is not readable"):
            models.load(conn, champion)
        conn.execute('update warehouse.model set metadata = metadata || \'{"total": "all"}\'')
        with pytest.raises(ModelError, match="its hash is another"):
            models.artefact(conn, champion)
