"""An upstream to test against: a local server that speaks the envelopes of every real source.
Nothing of the platform is tested here, and no answer is a recorded one: all of it is seeded."""

from seongsu_assets_tests.upstream.faults import KINDS
from seongsu_assets_tests.upstream.upstream import Upstream
from seongsu_assets_tests.upstream.wire import KST
from seongsu_assets_tests.upstream.world import KEYS

__all__ = ["KEYS", "KINDS", "KST", "Upstream"]
