"""The graph of a replay that is short: the station with a plan that trains in a second.
No assertion is made here."""

from dataclasses import replace

from seongsu_assets.definitions import platform
from seongsu_assets.domains.seongsu import SEONGSU
from seongsu_assets.replay.known import replayed
from seongsu_assets.resources import RESOURCES
from seongsu_assets_tests.world import PLAN

DOMAIN = replace(replayed(SEONGSU), plan=PLAN)
defs = platform([DOMAIN], RESOURCES)
