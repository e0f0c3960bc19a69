"""The operator's page behind its door: signed in, with hostile names, and as it is printed.
What the page says is in test_ui_operator_*.py, the looks of the door in test_every_page.py."""

from datetime import timedelta

import pytest

from seongsu_assets.warehouse.migrating import migrate
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests import ui_past
from seongsu_assets_tests.adjusting import enter, entry, withdraw
from seongsu_assets_tests.answering_api import KEY, Api
from seongsu_assets_tests.browser import looking
from seongsu_assets_tests.browser.conftest import NOW, SATURDAY
from seongsu_assets_tests.browser.site import served
from seongsu_assets_tests.ui_world import World, build, morning
from ui.strings import TABLES

FRIDAY, MONDAY = SATURDAY - timedelta(1), SATURDAY + timedelta(2)
ISSUED = morning(SATURDAY)
HOSTILE = "<img src=x onerror=alert(1)> =1+1 성수"


@pytest.fixture(scope="module")
def desk(server, tmp_path_factory, worker_id):
    """The address of the app in front of an API that knows the key."""
    name = f"operator_{worker_id}"
    server.ensure_database(name)
    url = server.url(name)
    with connect(url) as conn:
        migrate(conn)
    build(url, World(FRIDAY, ISSUED, scored=False))
    ui_past.score(url, FRIDAY, 5)
    enter(url, entry(MONDAY, name=HOSTILE), ISSUED)
    withdraw(url, enter(url, entry(MONDAY, people=-200, name="x" * 80), ISSUED), ISSUED)
    api = Api()
    told = {"SEONGSU_NOW": NOW.isoformat(), "SEONGSU_API_ADDRESS": api.address}
    with served(server, tmp_path_factory.mktemp("operator"), DATABASE_URL=url, **told) as address:
        yield address
    api.close()


def sign_in(window, language):
    words = TABLES[language]
    window.open("operator", language, chance="30")
    window.page.get_by_label(words["operator.key"], exact=True).fill(KEY)
    window.page.get_by_role("button", name=words["operator.sign_in"], exact=True).click()
    window.page.wait_for_selector(".staff")
    return window.settle()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_page_of_somebody_who_has_signed_in_is_whole(browser, desk, pictures, language):
    """Signed in once for all sizes and schemes: who tries more than a few times must wait."""

    def look(window):
        found = []
        sign_in(window, language)
        for size in ("phone", "desktop"):
            window.resize(size).grow()
            for scheme in ("light", "dark"):
                window.page.emulate_media(color_scheme=scheme)
                found += looking.faults(window.settle(), language)
                name = f"operator_{language}_{size}_{scheme}_in.png"
                window.page.screenshot(path=pictures / name)
        return found, KEY in window.page.content()

    assert browser.see(desk, look, "phone") == ([], False)


SHOWN = """() => [...document.querySelectorAll('section.ds, button, a, input')]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && e.getBoundingClientRect().height)
  .map(e => e.className)"""


def test_on_paper_there_is_the_sheet_and_nothing_else(browser, desk, pictures):
    def look(window):
        page = sign_in(window, "ko").page
        page.emulate_media(media="print", color_scheme="dark")
        page.wait_for_timeout(300)
        page.pdf(path=pictures / "operator_sheet.pdf", prefer_css_page_size=True)
        style = "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
        return page.evaluate(SHOWN), page.eval_on_selector(".staff td", style)

    shown, (ink, ground) = browser.see(desk, look, "phone", "dark")
    assert shown == ["ds staff"]
    assert ink == "rgb(0, 0, 0)"
    assert ground in {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}
