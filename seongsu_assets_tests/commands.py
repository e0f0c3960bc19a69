"""The command line in this process, on a home and a small domain of its own.
No assertion is made here."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from seongsu_assets import cli, definitions
from seongsu_assets.domains import DOMAINS
from seongsu_assets.resources import Outside, Tracking, Warehouse, Workplace
from seongsu_assets.settings import settings
from seongsu_assets.warehouse.location import embedded, open_url
from seongsu_assets_tests.built import NOW
from seongsu_assets_tests.world import small_domain

PORT = "55700"


@dataclass(frozen=True)
class Answer:
    """What a command left behind."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Commands:
    """Runs `seongsu` as a terminal would, without a new process."""

    home: Path

    def __call__(self, capture: pytest.CaptureFixture[str], *words: object) -> Answer:
        capture.readouterr()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "argv", ["seongsu", *map(str, words)])
            with pytest.raises(SystemExit) as left:
                cli.main()
        told = capture.readouterr()
        return Answer(int(left.value.code or 0), told.out, told.err)


@contextmanager
def commands(home: Path) -> Generator[Commands]:
    """The command line on `home`, on the morning after LAST; everything is put back at the end."""
    domain = small_domain(home)
    resources = {
        "warehouse": Warehouse(),
        "outside": Outside(),
        "tracking": Tracking(record=False),
        "workplace": Workplace(),
    }
    before = dict(os.environ)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"HOME": str(home), "POSTGRES_PORT": PORT, "NOW": NOW}.items():
            patch.setenv(f"SEONGSU_{name}", value)
        patch.delenv("DATABASE_URL", raising=False)
        patch.setitem(DOMAINS, domain.name, domain)
        patch.setattr(definitions, "defs", definitions.platform([domain], resources))
        _forget()
        yield Commands(home)
    os.environ.clear()
    os.environ.update(before)
    _forget()


def _forget() -> None:
    for remembered in (settings, open_url, embedded):
        remembered.cache_clear()
