"""`python -m seongsu_assets_tests.upstream`: the upstream as a rehearsal, on the real clock.
No faults here; it prints its address and the settings that lead to it, and serves until SIGTERM."""

import argparse
import signal
import sys
import threading
from pathlib import Path

from seongsu_assets import clock
from seongsu_assets.sources.providers import PROVIDERS
from seongsu_assets_tests.upstream.annual_files import past, write
from seongsu_assets_tests.upstream.truth import Truth
from seongsu_assets_tests.upstream.upstream import Upstream
from seongsu_assets_tests.upstream.wire import KST


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m seongsu_assets_tests.upstream")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before each reply")
    parser.add_argument("--files", type=Path, help="a folder for the official files of the past")
    chosen = parser.parse_args()
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: ended.set())
    if chosen.files:  # before anybody can reach the server: its history is there with it
        write(Truth(chosen.seed, clock.now), chosen.files, past(clock.now().astimezone(KST).date()))
    with Upstream(seed=chosen.seed, port=chosen.port) as upstream:
        upstream.latency = chosen.latency
        sys.stdout.write("\n".join([upstream.url, *_settings(upstream), ""]))
        sys.stdout.flush()
        ended.wait()


def _settings(upstream: Upstream) -> list[str]:
    """Lines for `.env`."""
    keyed = [provider for provider in PROVIDERS if provider.key]
    keys = [f"SEONGSU_{each.key.upper()}={upstream.keys[each.name]}" for each in keyed]
    return [f"SEONGSU_UPSTREAM={upstream.url}", *keys]


if __name__ == "__main__":
    main()
