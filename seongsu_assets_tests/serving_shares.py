"""Stations dealt out to several domains, as a code location: what a code server and workers load.
Nothing is imported from here; see `shares`."""

import os
from pathlib import Path

import dagster as dg

from seongsu_assets_tests.shares import read
from seongsu_assets_tests.world import World

_folder = Path(os.environ["SEONGSU_HOME"])
_domains = read(_folder)
with dg.DagsterInstance.ephemeral() as _unused:
    _world = World(_domains[0], os.environ["DATABASE_URL"], _folder, _unused)
    defs = _world.with_domains(*_domains)
