"""Every page with fifty hostile names, in a real browser: no script of theirs runs, nothing of
theirs is loaded, and no page is wider for them. That the markup is inert is in test_ui_hostile."""

import pytest

from seongsu_assets.warehouse.migrating import migrate
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.browser.conftest import NOW
from seongsu_assets_tests.browser.site import paths, served
from seongsu_assets_tests.hostile import NAMES
from seongsu_assets_tests.test_ui_hostile import fill

#: The page with the most names; `make proof` looks at the others too.
SUITE = "sources"
TAKEN = "() => 'taken' in window || document.querySelector('img[src=x], base, [onerror]') !== null"
TOO_WIDE = "() => document.documentElement.scrollWidth > innerWidth"


@pytest.fixture(scope="module")
def named(server, tmp_path_factory, worker_id):
    name = f"hostile_{worker_id}"
    server.ensure_database(name)
    with connect(server.url(name)) as conn:
        migrate(conn)
    fill(server.url(name), list(NAMES))
    told = {"DATABASE_URL": server.url(name), "SEONGSU_NOW": NOW.isoformat()}
    with served(server, tmp_path_factory.mktemp("hostile"), **told) as at:
        yield at


@pytest.mark.parametrize(
    "path",
    [path if path == SUITE else pytest.param(path, marks=pytest.mark.slow) for path in paths()],
    ids=lambda path: path or "first",
)
def test_names_that_attack_do_nothing(browser, named, pictures, path):
    def look(window):
        page = window.open(path, d=NAMES[0]).grow().page
        page.screenshot(path=pictures / f"{path or 'first'}_hostile.png")
        return page.evaluate(TAKEN), page.evaluate(TOO_WIDE), window.wrong

    assert browser.see(named, look, "phone") == (False, False, [])
