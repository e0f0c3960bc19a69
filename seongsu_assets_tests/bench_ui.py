"""The pages under visitors: one at a time, cold and warm, then fifty for ten minutes.
`python -W ignore -m seongsu_assets_tests.bench_ui [MINUTES]`; a small world, or the database that
SEONGSU_SHOWN names, by the clock of SEONGSU_NOW. No claim is made here but that nothing leaks."""

import asyncio
import os
import random
import re
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd

from seongsu_assets.cli.show import frame_table, say
from seongsu_assets.warehouse.embedded import running
from seongsu_assets.warehouse.migrating import migrate
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests import ui_past
from seongsu_assets_tests.bench_line import Line
from seongsu_assets_tests.browser.site import paths, served
from seongsu_assets_tests.ui_page import FRIDAY, NOW
from seongsu_assets_tests.visitor import Heard, Visitor, arrived

SESSIONS, MINUTES, WARM = 50, 10.0, 20
#: Seconds between two wishes of a visitor, on the mean; a page also renews itself each minute.
REST, RENEW = 10.0, 60.0
#: They come one after another over so many seconds, as people do; what is measured begins then.
COMING = 60.0


@contextmanager
def site() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), 56_700) as server:
        told = {"SEONGSU_NOW": os.environ.get("SEONGSU_NOW", NOW.isoformat())}
        url = os.environ.get("SEONGSU_SHOWN")
        if url is None:
            server.ensure_database("pages")
            url = server.url("pages")
            with connect(url) as conn:
                migrate(conn)
            ui_past.live(url, FRIDAY)
        with served(server, Path(folder), DATABASE_URL=url, **told) as address:
            yield address


async def alone(address: str) -> np.ndarray:
    """Every page by one visitor: the first look of all after the start, then again and again.
    Seconds of the warm ones."""
    async with arrived(address) as visitor:
        return await _look_around(visitor)


async def _look_around(visitor: Visitor) -> np.ndarray:
    rows, every = [], []
    for path in paths():
        cold = await visitor.visit(path, lang="ko")
        warm = [await visitor.visit(path, lang=("ko", "en")[n % 2]) for n in range(WARM)]
        every += [each.seconds for each in warm]
        times = 1000 * np.array([each.seconds for each in warm])
        most = max(each.bytes for each in [cold, *warm])
        rows.append({"page": path or "first", "cold ms": 1000 * cold.seconds,
                     "warm p50": np.quantile(times, 0.5), "p95": np.quantile(times, 0.95),
                     "kB": most / 1000})  # fmt: skip
    frame_table("one visitor after another", pd.DataFrame(rows).round(0))
    return np.array(every)


def choices(number: int) -> dict[str, str]:
    """What sets this visitor apart: fifty pairs of hours, and two languages."""
    earliest, latest = 7 + number % 5, 13 + number // 5 % 10
    return {"lang": ("ko", "en")[number % 2], "earliest": str(earliest), "latest": str(latest)}


def leaks(heard: Heard, path: str, mine: dict[str, str]) -> list[str]:
    """What was heard that is another visitor's."""
    spoken = set(re.findall(r'<section class="ds[^>]* lang="(\w+)"', heard.markup))
    found = sorted(spoken - {mine["lang"]})
    if path == "when":
        found += [said for said in (f"{k}={v}" for k, v in mine.items()) if said not in heard.code]
    return found


async def come(
    address: str, number: int, until: float, told: dict[str, list[float]], coming: float = 0.0
) -> list[str]:
    """One of the crowd, until it is over; it is there when all have come."""
    draw, mine, wrong = random.Random(number), choices(number), list[str]()
    begins = time.monotonic() + coming
    await asyncio.sleep(coming * number / SESSIONS)
    async with arrived(address) as visitor:
        path, looked = "", time.monotonic()
        while time.monotonic() < until:
            if visitor.fragment and time.monotonic() - looked > RENEW:
                heard, looked = await visitor.renew(), time.monotonic()
            else:
                path = draw.choice(paths())
                heard, looked = await visitor.visit(path, **mine), time.monotonic()
            if looked > begins:
                told[path or "first"].append(heard.seconds)
            wrong += leaks(heard, path, mine) + (["an error"] if heard.failed else [])
            await asyncio.sleep(draw.expovariate(1 / REST))
    return wrong


async def crowd(address: str, minutes: float) -> np.ndarray:
    """Seconds of every page that was shown to the crowd."""
    told: dict[str, list[float]] = defaultdict(list)
    until = time.monotonic() + COMING + 60 * minutes
    come_all = [come(address, number, until, told, COMING) for number in range(SESSIONS)]
    wrong = [each for found in await asyncio.gather(*come_all) for each in found]
    every = np.array([seconds for page in told.values() for seconds in page])
    p50, p95, most = np.quantile(every, [0.5, 0.95, 1.0])
    rate = len(every) / 60 / minutes
    say(f"{SESSIONS} sessions, {minutes:g} minutes, {len(every)} runs, {rate:.1f} a second")
    say(f"p50 {p50:.2f} s, p95 {p95:.2f} s, most {most:.2f} s; leaks or errors: {len(wrong)}")
    if wrong:
        raise SystemExit(f"what is another's was shown: {sorted(set(wrong))[:5]}")
    return every


def lines(minutes: float = 2.0) -> Iterator[Line]:
    """Pages under SESSIONS visitors, beside one visitor alone on warm pages."""
    with site() as address:
        one = asyncio.run(alone(address))
        many = asyncio.run(crowd(address, minutes))
    for part in (0.5, 0.95):
        yield Line(
            f"pages, {SESSIONS} visitors, p{100 * part:.0f}", 1000 * np.quantile(many, part), "ms",
            1000 * np.quantile(one, part), "one visitor", "one process of Python draws for all",
        )  # fmt: skip


def main() -> None:
    with site() as address:
        asyncio.run(alone(address))
        asyncio.run(crowd(address, float(sys.argv[1]) if len(sys.argv) > 1 else MINUTES))


if __name__ == "__main__":
    main()
