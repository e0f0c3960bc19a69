"""Every source under fuzz, by name.
What each one's payloads are like stands in fuzz_counts, fuzz_feeds and fuzz_weather."""

from seongsu_assets_tests.fuzz_counts import COUNT_SHAPES
from seongsu_assets_tests.fuzz_feeds import FEED_SHAPES
from seongsu_assets_tests.fuzz_weather import WEATHER_SHAPES

SHAPES = COUNT_SHAPES | FEED_SHAPES | WEATHER_SHAPES
