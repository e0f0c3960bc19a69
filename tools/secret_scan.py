"""`python tools/secret_scan.py`: no secret stands in a file of the project or ever stood in one.
What is looked for is detect-secrets' own; nothing is sent anywhere to try whether it works."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
DETECT = Path(sys.executable).with_name("detect-secrets")
OWN = Path(__file__).with_name("own_secrets.py")
#: What only looks like a secret, wherever it stands or stood: placeholders, and what tests made up.
HARMLESS = (
    "PASSWORD$",  # of the addresses in examples
    "^they read ",  # of a sentence on who knows no password
    "^(dagster-postgres|app-tls)",  # names of secrets of Kubernetes
    "^false$",
    "^sb_publishable_everybody$",  # public, as it says
    "^s3cret$",
    "^(0a1b2c3d4e|3f2a9c11d0)$",  # who decided, in tests of what is shown of it
    "^slack://A/B/C$",
    "^https://hc-ping.com/",
    "AsosHourlyInfoService",  # an address's path
    "^upstream%2Bdata",  # the key of a source that is acted
    "^(4a6d5871526a656f|3130384f796f4b71|08c6903cd8c0)",  # planted once; a commit
    "^Secret of this project$",
)
#: An answer of Dagster as it came: its digests are of data.
RECORDED = "dagster_answer.json"
#: Folders that are no part of the project, where no git tells what is.
FOREIGN = {".git", ".venv", ".venv-audit", "node_modules", ".seongsu", "__pycache__"}
SECONDS = 120


def git(*words: str) -> str | None:
    """What git says, undecodable bytes replaced; None where this is no clone."""
    program = shutil.which("git")
    if program is None:
        return None
    told = subprocess.run(
        [program, "-C", ROOT, *words], capture_output=True, check=False, timeout=SECONDS
    )
    return told.stdout.decode(errors="replace") if told.returncode == 0 else None


def present() -> Iterator[Path]:
    """The files of the project: those that git tracks or would, or else all but `FOREIGN`."""
    listed = git("ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if listed is not None:
        yield from (ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file())
        return
    for path in ROOT.rglob("*"):
        if path.is_file() and not FOREIGN & set(path.relative_to(ROOT).parts):
            yield path


def lines() -> tuple[Mapping[str, dict[str, None]], int]:
    """Each line that stands or ever stood in a file, once, by the file; and the commits seen."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for path in present():
        text = path.read_bytes()
        if b"\0" not in text:
            name = str(path.relative_to(ROOT))
            found[name].update(dict.fromkeys(text.decode(errors="replace").splitlines()))
    history = git("log", "--all", "--patch", "--unified=0", "--no-renames", "--format=") or ""
    name = ""
    for line in history.splitlines():
        if line.startswith("+++ "):
            name = line.removeprefix("+++ ").removeprefix("b/")
        elif line.startswith("+"):
            found[name][line[1:]] = None
    return found, len((git("rev-list", "--all") or "").split())


def suspects(found: Mapping[str, dict[str, None]]) -> Iterator[str]:
    """Where something stands that may be a secret, and its kind; never the secret."""
    with tempfile.TemporaryDirectory() as folder:
        for name, texts in found.items():
            copy = Path(folder, name)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text("\n".join(texts))
        allowed = [word for text in HARMLESS for word in ("--exclude-secrets", text)]
        told = subprocess.run(
            [DETECT, "scan", "--all-files", "--no-verify", "--plugin", OWN, *allowed,
             "--exclude-files", RECORDED, "."],
            cwd=folder, capture_output=True, text=True, check=True, timeout=SECONDS,
        )  # fmt: skip
    for name, secrets in json.loads(told.stdout)["results"].items():
        texts = list(found[name])
        for secret in secrets:
            yield f"{_place(name, texts[secret['line_number'] - 1])}: {secret['type']}"


def _place(name: str, line: str) -> str:
    path = ROOT / name
    now = path.read_bytes().decode(errors="replace").splitlines() if path.is_file() else []
    return f"{name}:{now.index(line) + 1}" if line in now else f"{name}, in the history"


def main() -> int:
    found, commits = lines()
    told = sorted(suspects(found))
    print(*told, sep="\n")
    print(f"{len(told)} in {len(found)} files of the tree and {commits} commits")
    return bool(told)


if __name__ == "__main__":
    sys.exit(main())
