"""All domains at once, on generated data: how each begins, what the next day takes, and memory.
`python -W ignore -m seongsu_assets_tests.bench_domains`. No claim is made here."""

import re
import signal
import subprocess
import sys
import tempfile
import time
from urllib.request import urlopen

import pandas as pd

from seongsu_assets.cli.show import frame_table, say
from seongsu_assets.domains import DOMAINS
from seongsu_assets_tests import family
from seongsu_assets_tests.bench_start import environment, kinds

#: A Friday, and the Saturday after it: a day is over everywhere, and with it a week of the shops.
FIRST, NEXT = "2026-11-20T12:00:00+00:00", "2026-11-21T12:30:00+00:00"
#: Seconds that the watcher is given to look at every domain.
PATIENCE = 120
CLI = (sys.executable, "-W", "ignore", "-m", "seongsu_assets.cli")
LOADING = """
import resource, time
began = time.perf_counter()
from seongsu_assets.definitions import platform
from seongsu_assets.domains import DOMAINS
from seongsu_assets.resources import RESOURCES
chosen = [DOMAINS[name] for name in {names}]
platform(chosen, RESOURCES).get_repository_def().load_all_definitions()
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)
"""


def main() -> None:
    """Print three tables: what is loaded, how domains begin, and a day of all of them."""
    _loaded()
    with tempfile.TemporaryDirectory() as home:
        env = environment(home, FIRST)
        rows = [_begun(name, env) for name in DOMAINS]
        frame_table("begun on generated data, one after another", pd.DataFrame(rows))
        _day({**env, "SEONGSU_NOW": NEXT})


def _loaded() -> None:
    rows: list[dict[str, object]] = []
    for names in (["seongsu"], list(DOMAINS)):
        code = LOADING.format(names=names)
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        seconds, memory = map(float, done.stdout.split())
        rows.append({"domains": len(names), "load s": seconds, "MB": memory})
    frame_table("definitions in a fresh process", pd.DataFrame(rows))


def _begun(name: str, env: dict[str, str]) -> dict[str, object]:
    began = time.perf_counter()
    done = subprocess.run([*CLI, "run", name], env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        say(done.stderr[-2000:])
    return {"domain": name, "s": time.perf_counter() - began, "ended": done.returncode}


def _day(env: dict[str, str]) -> None:
    """The next day by `seongsu up`, which runs each domain once and then serves."""
    up = subprocess.Popen([*CLI, "up"], env=env, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL,
                          text=True)  # fmt: skip
    began = time.perf_counter()
    assert up.stderr is not None
    stages: dict[str, float] = {}
    try:
        for line in up.stderr:
            for name in DOMAINS:
                if name in line and "/10" in line:
                    stages.setdefault(name, time.perf_counter() - began)
            if line.startswith("all up"):
                break
        ready = time.perf_counter() - began
        told = _told(env["SEONGSU_WATCH_PORT"])
        found = kinds(up.pid, env["SEONGSU_HOME"])
        memory = {name: family.memory(pids) for name, pids in found.items()}
    finally:
        up.send_signal(signal.SIGINT)
        up.wait(120)
    starts = [*stages.values(), ready]
    lengths = {name: starts[n + 1] - starts[n] for n, name in enumerate(stages)}
    frame_table("the next day, in one `seongsu up`", pd.DataFrame(
        [{"what": name, "s": seconds} for name, seconds in lengths.items()]
        + [{"what": "from the command until all answer", "s": ready}]))  # fmt: skip
    whole = [{"process": name, "MB": mb} for name, mb in memory.items()]
    frame_table("memory while it serves (proportional set size)", pd.DataFrame(
        [*whole, {"process": "all", "MB": sum(memory.values())}]))  # fmt: skip
    say(f"in /metrics: {', '.join(sorted(told))}")


def _told(port: str) -> set[str]:
    """The domains that the watcher tells of, once it has looked at all or has had its time."""
    until, told = time.monotonic() + PATIENCE, set[str]()
    while not told >= set(DOMAINS) and time.monotonic() < until:
        with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=60) as answer:
            told = set(re.findall(r'domain="([a-z_]+)"', answer.read().decode()))
        time.sleep(1)
    return told


if __name__ == "__main__":
    main()
