"""The rows of all stations into the tables, beside a COPY of the same rows into a bare one.
`python -W ignore -m seongsu_assets_tests.bench_load`; no assertion is made here."""

import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from seongsu_assets import settlement
from seongsu_assets.cli.show import frame_table
from seongsu_assets.domain import Domain, Parsed, Payload, Window
from seongsu_assets.domains.seongsu import SEONGSU
from seongsu_assets.expectations import FAILURE_COLUMNS
from seongsu_assets.sources.folder import read_payload
from seongsu_assets.sources.stations import read_stations
from seongsu_assets.warehouse import arrivals, payloads
from seongsu_assets.warehouse.arrivals import Reading
from seongsu_assets.warehouse.embedded import running
from seongsu_assets.warehouse.migrating import migrate
from seongsu_assets.warehouse.postgres import Connection, connect, copy
from seongsu_assets_tests.bench_line import Line, table
from seongsu_assets_tests.official import shared_data

PORT, DATASET = 55_970, "stations"
NOW = datetime(2024, 9, 1, tzinfo=UTC)
ROW = ["arrival_id", "series", "hour", "value", "place"]


def lines() -> Iterator[Line]:
    """What recording and settling take of each row, beside the COPY of a bare table."""
    folder = shared_data()
    if folder is None:
        yield Line("rows of all stations into the tables", against="../shared/data is absent")
        return
    files = sorted((folder / "seoul" / "hourly").glob("*all_stations.csv.gz"))
    clock = Clock()
    given = [read_payload(file, NOW) for file in files]
    read = [_together(each) for each in given]
    rows = sum(len(each) for each in read)
    with tempfile.TemporaryDirectory() as place, running(Path(place), PORT) as server:
        server.ensure_database("load")
        with connect(server.url("load")) as conn:
            migrate(conn)
            conn.execute("create table bare (like warehouse.arrival_row)")
            with clock.of("bare"):
                for each in read:
                    copy(conn, "bare", each.assign(arrival_id=0)[ROW])
            readings = [_reading(conn, *each) for each in zip(given, read, strict=True)]
            with clock.of("record"):
                arrivals.record(conn, DATASET, "files", readings, _accept, NOW)
            domain, window = _domain(read), _window(read)
            with clock.of("settle"):
                settlement.settle(conn, domain, DATASET, window, NOW)
            counted = conn.execute("select count(*) from warehouse.observation").fetchone()
    assert counted == (rows,)
    bare, told = clock.seconds["bare"], f"COPY of {rows / 1e6:.1f} million rows"
    yield Line("write path: record what arrived", clock.seconds["record"], "s", bare, told,
               "a foreign key and an index of each row, a hash of each day")  # fmt: skip
    yield Line("write path: settle, with revisions", clock.seconds["settle"], "s", bare, told,
               "two unique indexes and a foreign key of each row")  # fmt: skip


def main() -> None:
    frame_table("rows of all stations", table(lines()).round(2), whole=("what",))


class Clock:
    """Seconds by what took them."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def of(self, what: str) -> Generator[None]:
        began = time.perf_counter()
        yield
        self.seconds[what] = time.perf_counter() - began


def _together(payload: Payload) -> pd.DataFrame:
    """Every row of the file; a series is a station's direction."""
    census = read_stations([payload])
    return pd.concat(
        [
            parsed.rows.assign(series=f"{station.code} " + parsed.rows.series)
            for station, (parsed,) in census.stations.items()
        ],
        ignore_index=True,
    )


def _reading(conn: Connection, payload: Payload, rows: pd.DataFrame) -> Reading:
    payload_id, _ = payloads.store(conn, DATASET, payload)
    return Reading(payload_id, payload.request, Parsed(rows, ()))


def _accept(_: pd.DataFrame) -> pd.DataFrame:
    """What the audit takes is not a matter of loading."""
    return pd.DataFrame(columns=[*FAILURE_COLUMNS, "grain"])


def _domain(read: list[pd.DataFrame]) -> Domain:
    series = sorted({name for rows in read for name in rows.series.unique()})
    return replace(SEONGSU, name=DATASET, series=tuple(series))


def _window(read: list[pd.DataFrame]) -> Window:
    days = pd.concat([rows.business_date for rows in read])
    return Window(days.min().date(), days.max().date())


if __name__ == "__main__":
    main()
