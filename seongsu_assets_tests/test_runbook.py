"""The runbook has an entry for every kind of alert, and names only commands that there are.
Whether what it says helps is for people to judge."""

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import typer

from seongsu_assets import cli
from seongsu_assets.incidents import data, days, doors, files, serving
from seongsu_assets.incidents.kinds import KINDS

ROOT = Path(__file__).parents[1]
BOOK = (ROOT / "docs" / "runbook.md").read_text()
ENTRIES = {
    part.partition("\n")[0].strip(): part.partition("\n")[2] for part in BOOK.split("\n## ")[1:]
}


def commands() -> dict[str, set[str]]:
    """Every command of the command line with its options."""
    for name in cli.COMMANDS:
        import_module(f"seongsu_assets.cli.{name}")
    group: Any = typer.main.get_command(cli.app)
    return {
        name: {option for each in command.params for option in each.opts}
        for name, command in group.commands.items()
    }


def named(text: str) -> list[list[str]]:
    """The words of each command that the text names."""
    spans = re.findall(r"`seongsu\s([^`]*)`", text)
    return [span.split() for span in spans]


def test_every_kind_has_its_entry_and_every_entry_its_kind_in_the_same_order() -> None:
    assert list(ENTRIES) == list(KINDS)


@pytest.mark.parametrize("name", list(KINDS))
def test_an_entry_is_short_and_says_what_it_means_what_to_look_at_and_what_to_run(
    name: str,
) -> None:
    entry, kind = ENTRIES[name], KINDS[name]
    assert entry.strip().startswith(f"*{kind.severity}, {kind.owner}.* **Means:** ")
    assert re.findall(r"\*\*(\w[\w ]*):\*\* \S", entry) == ["Means", "Look at", "Run"]
    assert len(entry.strip().splitlines()) <= 9


@pytest.mark.parametrize(
    "text", [BOOK, *(kind.remedy for kind in KINDS.values())], ids=["book", *KINDS]
)
def test_every_command_that_is_named_is_there_with_its_options(text: str) -> None:
    known = commands()
    for name, *words in named(text):
        assert name in known, name
        assert {word for word in words if word.startswith("--")} <= known[name], (name, words)


def test_the_runbook_names_commands_at_all() -> None:
    assert {name for name, *_ in named(BOOK)} >= {"status", "backfill", "import", "run", "reread"}


def test_what_the_platform_finds_is_of_a_known_kind() -> None:
    found = {*data.KINDS, files.KIND, days.LOST, doors.CONTRACT, serving.DRIFT}
    assert found <= set(KINDS)
    assert {name for name in data.KINDS if KINDS[name].severity == "news"} == set()


def test_the_runbook_names_no_file_that_is_not_there() -> None:
    for path in re.findall(r"`(seongsu_assets/[\w/.]+|\.env\.example)`", BOOK):
        assert (ROOT / path).exists(), path
