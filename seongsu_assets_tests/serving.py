"""The small world as a code location: what a code server of the tests loads.
Nothing is imported from here; see `code_server`."""

import os
from pathlib import Path

import dagster as dg

from seongsu_assets_tests.world import World, small_domain

_folder = Path(os.environ["SEONGSU_HOME"])
with dg.DagsterInstance.ephemeral() as _unused:
    defs = World(small_domain(_folder), os.environ["DATABASE_URL"], _folder, _unused).definitions
