"""The rules of the architecture, each an assertion.
Nothing about what a node computes."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import seongsu_assets
from seongsu_assets.definitions import defs, platform
from seongsu_assets.domains import DOMAINS
from seongsu_assets.resources import RESOURCES
from seongsu_assets_tests.snapshot import describe

PACKAGE = Path(seongsu_assets.__file__).parent
SNAPSHOT = Path(__file__).with_name("asset_graph.txt")
HEAVY = (
    "mlflow",
    "great_expectations",
    "lightgbm",
    "sklearn",
    "streamlit",
    "matplotlib",
    "holidays",
    "scipy",
    "optuna",
)
MODULES = sorted(PACKAGE.rglob("*.py"))


def imports(module: Path, *, inside_functions: bool = True) -> set[str]:
    tree = ast.parse(module.read_text())
    nodes = ast.walk(tree) if inside_functions else tree.body
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def place(module: Path) -> str:
    """The module's first name inside the package: `assets`, `cli`, `resources`, ..."""
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_dagster_is_imported_only_where_the_graph_meets_it() -> None:
    allowed = {
        "resources",
        "assets",
        "automation",
        "jobs",
        "sensors",
        "presence",
        "instance",
        "code_server",
        "warmed",
        "definitions",
        "executors",
        "due",
        "cli",
        "stack",
        "replay",
        "metrics",
        "runs",
        "causes",
        "standing",
        "status_page",
        "watching",
    }
    guilty = {
        str(module.relative_to(PACKAGE))
        for module in MODULES
        if any(name.split(".")[0] == "dagster" for name in imports(module))
        and place(module) not in allowed
    }
    assert guilty == set()


def test_domains_are_known_only_to_definitions_and_the_command_line() -> None:
    guilty = {
        str(module.relative_to(PACKAGE))
        for module in MODULES
        if any(name.startswith("seongsu_assets.domains") for name in imports(module))
        and place(module) not in {"definitions", "cli", "domains", "replay"}
    }
    assert guilty == set()


def test_no_code_asks_for_a_domain_by_name() -> None:
    names = {repr(name) for name in DOMAINS} | {f'"{name}"' for name in DOMAINS}
    guilty = {
        str(module.relative_to(PACKAGE))
        for module in MODULES
        for line in module.read_text().splitlines()
        if "domain.name ==" in line
        or (place(module) == "assets" and any(name in line for name in names))
    }
    assert guilty == set()


def test_forecasting_imports_nothing_of_ours_but_the_vocabulary() -> None:
    vocabulary = ("domain", "plan", "errors", "forecasting")
    allowed = tuple(f"seongsu_assets.{name}" for name in vocabulary)
    guilty = {
        (module.name, name)
        for module in (PACKAGE / "forecasting").rglob("*.py")
        for name in imports(module)
        if name.startswith("seongsu_assets.")
        and not (name in allowed or name.startswith(tuple(f"{part}." for part in allowed)))
    }
    assert guilty == set()


def fresh(code: str) -> str:
    """What a new interpreter prints."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        capture_output=True, text=True, timeout=120, check=False,
        cwd=PACKAGE.parent, env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_loading_the_definitions_in_a_fresh_interpreter_imports_nothing_heavy() -> None:
    code = (
        f"import sys, seongsu_assets.definitions; print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    assert fresh(code) == "[]"


@pytest.mark.parametrize("name", list(DOMAINS))
def test_each_domain_loads_alone(name: str) -> None:
    alone = platform([DOMAINS[name]], RESOURCES).resolve_asset_graph()
    own = {key.path[0] for key in alone.get_all_asset_keys() if key.path != ["status"]}
    assert own == {name}


def test_a_code_server_takes_all_domains_at_once() -> None:
    """It refuses two ops, jobs, schedules or sensors of one name."""
    together = platform(DOMAINS.values(), RESOURCES).get_repository_def()
    together.load_all_definitions()
    assert {f"{name}_promote" for name in DOMAINS} <= set(together.job_names)


def test_the_graph_is_the_committed_one() -> None:
    """An intended change is committed with `python -m seongsu_assets_tests.snapshot`."""
    assert describe(defs) == SNAPSHOT.read_text()


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    places = (PACKAGE, PACKAGE.parent / "ui", Path(__file__).parent)
    long = {
        str(module.relative_to(PACKAGE.parent)): n
        for place in places
        for module in place.rglob("*.py")
        if (n := len(module.read_text().splitlines())) > 250
    }
    assert long == {}


def test_every_module_says_what_it_is_and_what_it_is_not() -> None:
    silent = {
        str(module.relative_to(PACKAGE))
        for module in MODULES
        if module.read_text().strip()
        and len((ast.get_docstring(ast.parse(module.read_text())) or "").splitlines()) < 2
    }
    assert silent == set()
