"""`make audit`: every scan of the project that needs no network, or those named, and one verdict.
What is looked for is each program's own; `seongsu_assets_tests/proof_audit.py` sees each refuse."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path.cwd()
BIN = Path(sys.executable).parent
TOOLS = Path(__file__).parent
ACTIONLINT = TOOLS / "node_modules" / "@tktco" / "node-actionlint" / "bin" / "node-actionlint.js"
#: Scans that this machine cannot run, named by whoever starts us; without it a gap is an error.
WITHOUT = os.environ.get("AUDIT_WITHOUT", "").split()
SECONDS = 180


@dataclass(frozen=True)
class Scan:
    """A program with its words, the files it looks at, and where it is to be had."""

    name: str
    command: tuple[str | Path, ...]
    files: tuple[str, ...] = ()
    remedy: str = "make audit"
    tells: bool = False  # whether its last line is worth reading when it is clean

    def gap(self) -> str:
        """Why it cannot be run; empty where it can."""
        for program in self.command[:2]:
            if isinstance(program, Path) and not program.exists():
                return f"{program} is missing: run `{self.remedy}`"
        if not shutil.which(self.command[0]):
            return f"{self.command[0]} is missing: run `{self.remedy}`"
        empty = [pattern for pattern in self.files if not list(ROOT.glob(pattern))]
        return f"there is no {empty[0]}" if empty else ""

    def words(self) -> list[str | Path]:
        found = [path for pattern in self.files for path in sorted(ROOT.glob(pattern))]
        return [*self.command, *(path.relative_to(ROOT) for path in found)]


WORKFLOWS = (".github/workflows/*.yml",)
SCANS = (
    Scan("secrets", (BIN / "python", TOOLS / "secret_scan.py"), tells=True),
    Scan(
        "bandit",
        (BIN / "bandit", "-q", "-c", "pyproject.toml", "-r", "seongsu_assets", "ui", "tools"),
    ),
    Scan("shellcheck", (BIN / "shellcheck",), (".ci/run", "deploy/*.sh")),
    Scan(
        "actionlint",
        ("node", ACTIONLINT, *WORKFLOWS),
        remedy="npm ci --prefix tools --ignore-scripts",
    ),
    Scan("zizmor", (BIN / "zizmor", "--offline", "--no-progress"), WORKFLOWS),
    Scan(
        "workflow schema",
        (BIN / "check-jsonschema", "--builtin-schema", "vendor.github-workflows"),
        WORKFLOWS,
    ),
    Scan("hadolint", (BIN / "hadolint",), ("docker/Dockerfile*",)),
    Scan(
        "kubernetes",
        (BIN / "kubernetes-validate", "--strict", "--quiet"),
        ("deploy/kubernetes/[!k]*.yaml",),
    ),
    Scan(
        "promtool",
        ("promtool", "check", "config"),
        ("docker/prometheus/prometheus.yml",),
        remedy="apt-get install prometheus",
    ),
)


def run(scan: Scan) -> tuple[Scan, str, str]:
    """The scan, its verdict ("clean", "refused", "not run"), and what it said or needs."""
    gap = scan.gap()
    if gap:
        return scan, "not run" if scan.name in WITHOUT else "refused", gap
    begun = time.monotonic()
    told = subprocess.run(
        scan.words(), cwd=ROOT, capture_output=True, text=True, check=False, timeout=SECONDS
    )
    said = f"{told.stdout}{told.stderr}".strip()
    if told.returncode:
        return scan, "refused", said
    last = said.splitlines()[-1] if scan.tells else ""
    return scan, "clean", f"{time.monotonic() - begun:5.1f} s  {last}"


def verdicts(names: Sequence[str]) -> Iterator[bool]:
    chosen = [scan for scan in SCANS if not names or scan.name in names]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for scan, verdict, said in pool.map(run, chosen):
            print(f"{verdict:8} {scan.name:16} {'' if verdict == 'refused' else said}", flush=True)
            if verdict == "refused":
                print(f"{said}\n", flush=True)
            yield verdict != "refused"


if __name__ == "__main__":
    sys.exit(not all(list(verdicts(sys.argv[1:]))))
