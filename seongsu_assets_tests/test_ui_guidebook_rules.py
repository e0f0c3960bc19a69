"""What the guidebook claims of the platform holds, and any graph can be drawn.
No page and no database."""

import random
import re
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest

import seongsu_assets
from seongsu_assets.cli import COMMANDS, app
from seongsu_assets_tests import ui_dagster
from seongsu_assets_tests.browser.site import paths
from seongsu_assets_tests.ui_page import LANGUAGES
from ui.pages.guidebook.graph import graph
from ui.pages.guidebook.ladder import LADDER
from ui.pages.guidebook.layers import Layout, layout
from ui.pages.guidebook.live import ALWAYS
from ui.pages.guidebook.newest import SHOWN
from ui.pages.guidebook.question import ACTIVE, FAILED, QUESTION
from ui.pages.guidebook.sample_rows import NAMED
from ui.strings import TABLES

CODE = Path(seongsu_assets.__file__).parent
GRAPH = Path(__file__).with_name("asset_graph.txt").read_text()


def stages() -> dict[str, list[str]]:
    """Every stage of the platform's own graph, with what it comes from."""
    lines = re.findall(r"^(?:seongsu/)?(\w+) <- (.*)$", GRAPH, re.MULTILINE)
    return {name: re.findall(r"seongsu/(\w+)", froms) for name, froms in lines}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_of_the_graph_has_a_name_and_a_text(language):
    words = TABLES[language]
    assert len(stages()) == 22
    for name in stages():
        assert words[f"stage.{name}"]
        assert words[f"stage_text.{name}"]


def test_what_a_level_names_is_there():
    for name in COMMANDS:
        import_module(f"seongsu_assets.cli.{name}")
    commands = {each.name or each.callback.__name__ for each in app.registered_commands}
    for level in LADDER:
        assert all((CODE / each).exists() for each in level.code)
        assert set(level.stages) <= set(stages())
        assert {"" if page == "now" else page for page in level.pages} <= set(paths())
        if level.command:
            assert level.command.split()[0] == "seongsu"
            assert level.command.split()[1] in commands


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_level_and_column_has_its_words(language):
    words = TABLES[language]
    for number in range(1, len(LADDER) + 1):
        assert f"ladder.{number}" in words
    for shown in SHOWN.values():
        assert {f"column.{name}" for name in shown.columns} <= set(words)
    assert set(NAMED) <= {name for shown in SHOWN.values() for name in shown.columns}


def test_the_stages_that_are_always_told_are_of_the_graph():
    assert set(ALWAYS) <= set(stages())
    assert set(SHOWN) <= set(stages())


def test_the_question_is_one_that_dagster_understands():
    graphql = pytest.importorskip("graphql")
    from dagster_graphql.schema import create_schema

    document = graphql.parse(QUESTION)
    assert graphql.validate(create_schema().graphql_schema, document) == []
    assert [each.operation.value for each in document.definitions[:1]] == ["query"]
    assert ACTIVE
    assert FAILED


def test_the_recorded_answer_has_the_whole_graph():
    found = graph(ui_dagster.answer(), "seongsu").stages
    assert {name: sorted(stage.sources) for name, stage in found.items()} == {
        name: sorted(froms) for name, froms in stages().items()
    }


def test_a_graph_shows_its_domain_and_what_belongs_to_none():
    assert set(graph(ui_dagster.answer(), "elsewhere").stages) == {"status"}


def joined(drawn: Layout) -> set[tuple[str, str]]:
    """Which stages the lines lead from and to."""
    reached: dict[int, set[str]] = {}
    found: set[tuple[str, str]] = set()
    for place, row in enumerate(drawn.rows):
        here: dict[int, set[str]] = {}
        for a, b in drawn.lines[place - 1] if place else ():
            here.setdefault(b, set()).update(reached[a])
        for column, node in row.items():
            if isinstance(node, str):
                found |= {(source, node) for source in here.get(column, set())}
                here[column] = {node}
        reached = here
    return found


def some_graph(draw: random.Random) -> dict[str, list[str]]:
    names = [f"n{place}" for place in range(draw.randint(1, 14))]
    return {
        name: draw.sample(names[:place], min(place, draw.randint(0, 3)))
        for place, name in enumerate(names)
    }


@pytest.mark.parametrize("seed", range(60))
def test_lines_lead_from_each_stage_to_all_that_come_of_it_and_to_no_other(seed):
    sources = some_graph(random.Random(seed))
    drawn = layout(sources)
    placed = [node for row in drawn.rows for node in row.values() if isinstance(node, str)]
    assert sorted(placed) == sorted(sources)
    assert joined(drawn) == {(each, name) for name, froms in sources.items() for each in froms}
    assert all(0 <= column < drawn.columns for row in drawn.rows for column in row)


def test_our_own_graph_needs_three_columns_and_no_two_lines_cross():
    own = stages()
    read = {source for froms in own.values() for source in froms}
    drawn = layout({name: froms for name, froms in own.items() if froms or name in read})
    assert drawn.columns == 3
    for gap in drawn.lines:
        assert all(b <= d for (_, b), (_, d) in pairwise(sorted(gap)))


def test_nothing_to_draw_is_drawn_as_nothing():
    assert layout({}) == Layout(0, (), ())
