"""The restore drill on real files: a home lost, one made from the backup alone, and the next day.
Run by `make proof`; what each part does is tested in `test_backup`."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from seongsu_assets.artefacts import Folder
from seongsu_assets.backup import manifest, tables
from seongsu_assets.backup.holdings import SCHEMAS
from seongsu_assets.ports import free_port
from seongsu_assets.warehouse.embedded import running
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.dumping import dumped
from seongsu_assets_tests.proof_crashes import tell

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]
ROOT = Path(__file__).parents[1]
#: The morning after the newest day of the files, and the next.
TODAY, TOMORROW = "2024-09-01T09:00:00+09:00", "2024-09-02T09:00:00+09:00"
#: The card totals of the newest days, as the drop folder would have them. The last is of TODAY.
NEWEST = ("202408", "20240901")


@dataclass(frozen=True)
class Home:
    """`seongsu` in a home of its own, by the clock of the files, with no way out."""

    folder: Path
    port: int

    def __call__(self, *words: object, now: str = TODAY) -> str:
        """What a command says; how long it took is in `took`."""
        known = {
            "SEONGSU_HOME": str(self.folder), "SEONGSU_POSTGRES_PORT": str(self.port),
            "SEONGSU_NOW": now, "SEONGSU_PROXY": "http://127.0.0.1:9",
            "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "seongsu_assets.cli", *map(str, words)],
            env=os.environ | known, cwd=self.folder.parent, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def said(self, *words: str) -> Any:
        return json.loads(self(*words, "--json"))

    def tables(self) -> dict[str, Any]:
        """Every table of every database by its rows and hash."""
        with running(self.folder, self.port) as server:
            found: dict[str, Any] = {}
            for name, schemas in SCHEMAS.items():
                with connect(server.url(name)) as conn:
                    found[name] = tables.told(conn, schemas)
            return found | {"dumped": dumped(server.url("seongsu"))}


def seconds(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def test_a_home_is_lost_and_made_again_from_its_backup_alone(
    tmp_path: Path, shared_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say = partial(tell, capsys)
    hourly, daily = shared_data / "seoul" / "hourly", shared_data / "seoul" / "daily"
    backup, lost = tmp_path / "backup", Home(tmp_path / "lost", free_port(24_000))
    lost("import", *sorted(hourly.glob("OA-12921_*_seongsu.csv")))
    lost("run", "seongsu", "--as-of", "2024-08-31")
    [card] = daily.glob("seongsu_daily_card_*.csv")
    header, *lines = card.read_text(encoding="utf-8-sig").splitlines()
    dropped = "\n".join([header, *(line for line in lines if _newest(line))])
    Folder(lost.folder / "inbox").write("seongsu/card.csv", dropped.encode())
    forecast, status = lost.said("forecast", "seongsu"), lost.said("status")
    before = lost.tables()

    wrote = seconds(lambda: lost("backup", backup))
    told = manifest.load(backup)
    shutil.rmtree(lost.folder)
    new = Home(tmp_path / "new", free_port(25_000))
    took = seconds(lambda: new("restore", backup))

    after = new.tables()
    assert after["dumped"] == before["dumped"]
    assert after["seongsu"] == before["seongsu"]
    assert after["dagster"] == before["dagster"]
    moved = {name for name in before["mlflow"] if before["mlflow"][name] != after["mlflow"][name]}
    assert moved <= {f"public.{n}" for n in ("experiments", "runs", "model_versions", "tags",
                                             "datasets")}  # fmt: skip
    assert new.said("forecast", "seongsu") == forecast
    assert new.said("status") == status
    new("reproduce", forecast[0]["issue_id"])

    new("run", "seongsu", "--as-of", "2024-09-01", now=TOMORROW)
    ahead = new.said("forecast", "seongsu")
    assert ahead[0]["origin"][:10] == "2024-09-01"
    [files] = [row for row in new.said("status")[0]["sources"] if row["source"] == "files"]
    assert (files["newest"], files["estimated"] > 0) == ("2024-09-01", True)  # was dropped before
    rows = sum(table.rows for each in told.databases.values() for table in each.tables.values())
    size = sum(file.bytes for file in told.files.values()) / 1e6
    many = sum(len(each.tables) for each in told.databases.values())
    say(
        f"{many} tables, {rows:,} rows, {len(told.files)} files, {size:.1f} MB: "
        f"backed up in {wrote / 60:.2f} minutes, restored and verified in {took / 60:.2f}"
    )


def _newest(line: str) -> bool:
    day = line.partition(",")[0].strip('"').replace("-", "")
    return day.startswith(NEWEST[0]) or day == NEWEST[1]
