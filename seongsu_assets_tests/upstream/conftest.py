"""Fixtures: an upstream at noon of a Friday in October 2026, and a client of its own.
No test here."""

import httpx
import pytest

from seongsu_assets_tests.upstream import Upstream
from seongsu_assets_tests.upstream.asking import NOON


@pytest.fixture
def up():
    with Upstream(seed=7, now=NOON) as upstream:
        yield upstream


@pytest.fixture
def get(up):
    with httpx.Client(base_url=up.url, timeout=5) as client:
        yield lambda path, **parameters: client.get(path, params=parameters or None)
