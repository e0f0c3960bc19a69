"""`make bench`: everything that is measured, ours beside the bare work in it, as one table.
No assertion is made here; speed is never a test. `bench [PART ...] [--page FILE]`.

Each part has a process of its own. With `--page` the table replaces the one in that page."""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from seongsu_assets.cli.show import frame_table, say
from seongsu_assets_tests import (
    bench_api,
    bench_backfill,
    bench_fetch,
    bench_load,
    bench_model,
    bench_start,
    bench_stations,
    bench_ui,
)
from seongsu_assets_tests.bench_line import Line, markdown, table

PARTS: dict[str, Callable[[], Iterable[Line]]] = {
    "stations": bench_stations.lines,
    "model": bench_model.lines,
    "load": bench_load.lines,
    "fetch": bench_fetch.lines,
    "backfill": bench_backfill.lines,
    "api": bench_api.lines,
    "pages": bench_ui.lines,
    "start": bench_start.lines,
}
#: What stands before a line of JSON, among what else a part says.
MARK = "bench: "
FIRST, LAST = "<!-- measured by `make bench` -->", "<!-- end -->"


def main(asked: Sequence[str], page: Path | None) -> None:
    began, lines = time.monotonic(), list[Line]()
    for part in asked or PARTS:
        lines += _of(part)
        say(f"{part}: {time.monotonic() - began:.0f} s since the start")
    frame_table("ours beside the bare work in it", table(lines).round(2), whole=("what",))
    if page:
        before, rest = page.read_text(encoding="utf-8").split(FIRST)
        after = rest.split(LAST)[1]
        told = f"{before}{FIRST}\n{markdown(lines)}{LAST}{after}"
        page.write_text(told, encoding="utf-8")


def _of(part: str) -> list[Line]:
    """The lines of a part; one that says why where it fails."""
    words = [sys.executable, "-W", "ignore", "-m", __spec__.name, "--child", part]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    told = [each for each in done.stdout.splitlines() if each.startswith(MARK)]
    lines = [Line(**json.loads(each.removeprefix(MARK))) for each in told]
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        lines.append(Line(part, against=f"not measured: {last[:200]}"))
    return lines


def _child(part: str) -> None:
    for line in PARTS[part]():
        sys.stdout.write(f"{MARK}{json.dumps(asdict(line))}\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS])
    parser.add_argument("--page", type=Path)
    parser.add_argument("--child", choices=list(PARTS))
    given = parser.parse_args()
    if given.child:
        _child(given.child)
    else:
        main(given.parts, given.page)
