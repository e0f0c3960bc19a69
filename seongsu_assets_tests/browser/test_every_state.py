"""Every page when all is not well: an old forecast, a late one, none, and a lost database.
What each state says is in the tests beside this folder; here it is looked at."""

import pytest

from seongsu_assets_tests.browser import looking
from seongsu_assets_tests.browser.site import paths, served

#: The suite looks at the first page, `make proof` at all.
PATHS = pytest.mark.parametrize(
    "path", [path if not path else pytest.param(path, marks=pytest.mark.slow) for path in paths()],
    ids=lambda path: path or "first",
)  # fmt: skip


def looked(browser, base, file, path, language, **query):
    def look(window):
        window.open(path, language, **query).grow().page.screenshot(path=file)
        return "\n".join(looking.faults(window, language))

    return browser.see(base, look, "phone", "dark" if language == "en" else "light")


@PATHS
def test_a_page_with_an_old_forecast_is_whole(browser, base, pictures, path):
    """It is generated as well, by a fallback, and has a gap: everything that there is to say."""
    file = pictures / f"{path or 'first'}_ko_worn.png"
    assert looked(browser, base, file, path, "ko", domain="worn") == ""


@pytest.mark.parametrize(("domain", "language"), [("tardy", "en"), ("unborn", "ko")])
def test_the_first_page_with_a_late_forecast_or_none_is_whole(
    browser, base, pictures, domain, language
):
    file = pictures / f"first_{language}_{domain}.png"
    assert looked(browser, base, file, "", language, domain=domain) == ""


@pytest.fixture(scope="module")
def cut_off(server, tmp_path_factory):
    with served(
        server, tmp_path_factory.mktemp("lost"), DATABASE_URL="host=127.0.0.1 port=9"
    ) as at:
        yield at


@PATHS
def test_a_page_without_its_database_is_whole(browser, cut_off, pictures, path):
    file = pictures / f"{path or 'first'}_en_lost.png"
    assert looked(browser, cut_off, file, path, "en") == ""
