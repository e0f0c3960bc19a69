"""The graph of the domain that is rehearsed.
Nothing is defined here."""

import os

from seongsu_assets.definitions import platform
from seongsu_assets.domains import DOMAINS
from seongsu_assets.replay import REPLAYED
from seongsu_assets.replay.known import rehearsed
from seongsu_assets.resources import RESOURCES

defs = platform([rehearsed(DOMAINS[os.environ[REPLAYED]])], RESOURCES)
