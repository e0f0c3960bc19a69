"""docs/new-domain.md says what is: its commands are understood, its code is what is written.
Figures in it were measured on real files, and are not measured again here."""

import re
import shlex
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest
from typer.main import get_command

import seongsu_assets
from seongsu_assets import cli
from seongsu_assets.domain import Payload
from seongsu_assets.drafting.declaration import declaration
from seongsu_assets.drafting.draft import Draft, draft
from seongsu_assets.drafting.wishes import Wishes
from seongsu_assets_tests import tables_made as made

PACKAGE = Path(seongsu_assets.__file__).parent
BOOK = (PACKAGE.parent / "docs" / "new-domain.md").read_text(encoding="utf-8")
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", BOOK, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("seongsu ")
]


@pytest.fixture(scope="module")
def known() -> Draft:
    """What the walk's table would be, in small."""
    payload = Payload("files", "stations.csv", made.stations().encode(), datetime.now(UTC))
    return draft("stations", payload, Wishes(timezone="Asia/Seoul", country="KR"))


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_is_understood(line: str) -> None:
    for name in cli.COMMANDS:
        import_module(f"seongsu_assets.cli.{name}")
    _, name, *words = shlex.split(line)
    command = get_command(cli.app).commands[name]  # type: ignore[attr-defined]
    assert command.make_context(name, words).params


def test_the_walk_goes_from_a_table_to_a_backtest() -> None:
    assert [line.split()[1] for line in COMMANDS] == ["new", "import", "run", "backtest"]


def test_the_declaration_is_the_one_that_is_written(known: Draft) -> None:
    [shown] = re.findall(r"```python\n(.*?)```", BOOK, re.DOTALL)
    assert shown == declaration(known)


def test_what_is_said_on_the_way_is_of_the_kinds_that_are_said(known: Draft) -> None:
    said = {each.what for each in known.told}
    shown = re.findall(r"```\n( +time .*?)```", BOOK, re.DOTALL)[0]
    kinds = {line.split()[0] for line in shown.splitlines()}
    assert kinds == said | {"wrote", "next"}


def test_every_refusal_in_the_table_is_one_that_is_made() -> None:
    makers = ("drafting/*.py", "cli/new.py", "cli/pipeline.py", "forecasting/learning.py")
    said = "".join(path.read_text() for maker in makers for path in PACKAGE.glob(maker))
    table = BOOK.split("## What is refused")[1]
    quoted = re.findall(r"`([^`]*)`", "".join(re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)))
    parts = [part.strip(" :") for each in quoted for part in each.split("…")]
    assert len(parts) > 15
    assert [part for part in parts if part.removeprefix("train failed") not in said] == []


def test_every_option_of_the_table_exists() -> None:
    import_module("seongsu_assets.cli.new")
    command = get_command(cli.app).commands["new"]  # type: ignore[attr-defined]
    there = {option for param in command.params for option in param.opts}
    shown = set(re.findall(r"`(--[a-z-]+)", BOOK)) - {"--as-of"}
    assert shown <= there
    assert there - shown <= {"--from", "name", "--help"}
