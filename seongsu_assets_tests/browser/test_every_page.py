"""Every page that the app registers, in both languages, on a phone and on a desktop, in both
schemes of colour. What single controls do is in test_hands.py."""

import pytest

from seongsu_assets_tests.browser import looking
from seongsu_assets_tests.browser.site import paths


@pytest.mark.parametrize("size", ["phone", "desktop"])
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("path", paths(), ids=lambda path: path or "first")
def test_a_page_is_whole_and_nothing_in_it_is_wrong(
    browser, base, pictures, path, language, size
):  # fmt: skip
    def look(window):
        found = {}
        window.open(path, language).grow()
        for scheme in ("light", "dark"):
            window.page.emulate_media(color_scheme=scheme)
            faults = looking.faults(window.settle(), language)
            name = f"{path or 'first'}_{language}_{size}_{scheme}.png"
            window.page.screenshot(path=pictures / name)
            if faults:
                found[scheme] = faults
        return found

    assert browser.see(base, look, size) == {}
