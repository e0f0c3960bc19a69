"""`seongsu new`: two files of code that load, are formatted, and lead to a forecast.
What is understood of a table is in `test_drafting`."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

import dagster as dg
import pytest

from seongsu_assets import domains
from seongsu_assets.domain import Domain
from seongsu_assets.errors import NotEnoughHistory
from seongsu_assets.warehouse import published
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests import tables_made as made
from seongsu_assets_tests.commands import Answer, Commands, commands
from seongsu_assets_tests.world import World

#: Days enough for a challenger that is better than the week before.
HISTORY = 250
LAST = date(2023, 12, 31) + timedelta(days=HISTORY)
RUFF = Path(sys.executable).with_name("ruff")
TITLE = 'Läden "am Ring" \\ it\'s'


@pytest.fixture
def new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator["Newly"]:
    """The command, with a folder of domains of its own before the real one."""
    folder = tmp_path / "declared"
    folder.mkdir()
    monkeypatch.setattr(domains, "__path__", [str(folder), *domains.__path__])
    before = set(sys.modules)
    with commands(tmp_path) as run:
        yield Newly(run, capsys, folder)
    for name in set(sys.modules) - before:
        if name.startswith("seongsu_assets.domains."):
            del sys.modules[name]


class Newly:
    """`seongsu new NAME --from` a file of this text."""

    def __init__(self, run: Commands, capture: pytest.CaptureFixture[str], folder: Path) -> None:
        self.run, self.capture, self.folder = run, capture, folder

    def __call__(self, name: str, text: str, *words: str) -> Answer:
        self.file(name).write_text(text, encoding="utf-8")
        return self.run(self.capture, "new", name, "--from", self.file(name), *words)

    def file(self, name: str) -> Path:
        return self.folder / f"{name}.csv"

    def domain(self, name: str) -> Domain:
        """What the files declare, as the platform would find it."""
        return vars(import_module(f"seongsu_assets.domains.{name}"))[name.upper()]


def world(url: str, domain: Domain, folder: Path, instance: dg.DagsterInstance) -> World:
    return World(domain, url, folder, instance)


def test_from_a_table_of_days_to_a_forecast(new: Newly, warehouse_url: str) -> None:
    answer = new("ring", made.days_with_commas(HISTORY), "--unit", "EUR")
    assert answer.code == 0, answer.err
    assert f"seongsu run ring --as-of {LAST}" in answer.out
    domain = new.domain("ring")
    with dg.DagsterInstance.ephemeral() as instance:
        pipeline = world(warehouse_url, domain, new.folder, instance).pipeline(LAST)
        with pytest.raises(NotEnoughHistory, match="seongsu import FILE --domain ring"):
            pipeline.run()
        inbox = new.run.home / "inbox" / "ring"
        (inbox / "ring.csv").write_bytes(new.file("ring").read_bytes())
        pipeline.run()
        late = world(warehouse_url, domain, new.folder, instance).pipeline(date(2025, 6, 15))
        with pytest.raises(NotEnoughHistory, match=f"--as-of {LAST}"):
            late.run()
    with connect(warehouse_url) as conn:
        rows = published.forecast(conn, "ring")
    assert sorted(rows.horizon) == list(range(1, 15))
    assert set(rows.series) == {domain.total} == {"Umsatz"}
    assert set(rows.tier) == {"champion"}
    assert not rows["sample"].any()
    truth = [made.usual((day.date() - made.MONDAY.date()).days) * 10 for day in rows.business_date]
    assert rows.q50.tolist() == pytest.approx(truth, rel=0.15)


def test_series_that_come_by_the_hour_reach_the_graph(new: Newly, warehouse_url: str) -> None:
    assert new("shops", made.hours_with_offsets()).code == 0
    domain = new.domain("shops")
    assert domain.series == ("a", "b", "c")
    inbox = new.run.home / "inbox" / "shops"
    (inbox / "shops.csv").write_bytes(new.file("shops").read_bytes())
    last = date(2024, 1, 30)
    with dg.DagsterInstance.ephemeral() as instance:
        world(warehouse_url, domain, new.folder, instance).pipeline(last).run()
    with connect(warehouse_url) as conn:
        rows = published.forecast(conn, "shops")
    assert len(rows) == 4 * 24 * 7
    assert set(rows.tier) == {"profile"}  # a month is too little to learn from, and said to be


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (made.days_with_commas(), ["--title", TITLE, "--country", "KR"]),
        (made.days_alone(), ["--unit", "visits of a day", "--country", "US"]),
        (made.hours_with_offsets(), ["--country", "FR"]),
        (made.wall_hours(), ["--timezone", "Europe/Berlin"]),
        (made.two_values(), ["--value", "boarding"]),
    ],
)
def test_what_is_written_is_formatted_and_loads(new: Newly, text: str, words: list[str]) -> None:
    assert new("mine", text, *words).code == 0
    domain = new.domain("mine")
    assert domain.title == (TITLE if "--title" in words else "Mine")
    written = [new.folder / "mine.py", new.folder / "mine_expectations.py"]
    assert all(len(path.read_text().splitlines()) <= 65 for path in written)
    for path in written:
        there = Path(domains.__path__[-1]) / path.name  # as if it stood beside the others
        for check in (["format", "--check"], ["check"]):
            done = subprocess.run(
                [RUFF, *check, "--no-cache", "--stdin-filename", there, "-"],
                input=path.read_text(), capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["Ring", "9lives", "a-b", "class", "x", "ring_feeds", "seongsu"])
def test_a_name_that_is_none_or_taken_is_refused(new: Newly, name: str) -> None:
    answer = new(name, made.days_alone())
    assert answer.code == 1
    assert " -> " in answer.err
    assert not list(new.folder.glob("*.py"))


def test_nothing_is_written_over(new: Newly) -> None:
    theirs = new.folder / "ring_expectations.py"
    theirs.write_text("mine")
    answer = new("ring", made.days_alone())
    assert answer.code == 1
    assert "there is a file" in answer.err
    assert [theirs.read_text(), *new.folder.glob("ring.py")] == ["mine"]


def test_a_table_with_two_meanings_writes_nothing(new: Newly) -> None:
    answer = new("ring", made.two_values())
    assert (answer.code, answer.out) == (1, "")
    assert "each of boarding, alighting may be the value -> say which" in answer.err
    assert not list(new.folder.glob("*.py"))
