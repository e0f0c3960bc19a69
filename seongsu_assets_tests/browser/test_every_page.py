"""Every page that the app registers, in both languages, on a phone and on a desktop, in both
schemes of colour. What single controls do is in test_hands.py."""

import pytest

from seongsu_assets_tests.browser import looking
from seongsu_assets_tests.browser.site import paths


@pytest.mark.parametrize(
    ("language", "sizes"), [("ko", ("phone", "desktop")), ("en", ("desktop", "phone"))]
)
@pytest.mark.parametrize("path", paths(), ids=lambda path: path or "first")
def test_a_page_is_whole_and_nothing_in_it_is_wrong(
    browser, base, pictures, path, language, sizes
):  # fmt: skip
    """It is opened at one size and turned to the other: to load it costs more than to look."""

    def look(window):
        found = []
        window.open(path, language)
        for size in sizes:
            window.resize(size).grow()
            for scheme in ("light", "dark"):
                window.page.emulate_media(color_scheme=scheme)
                faults = looking.faults(window.settle(), language)
                name = f"{path or 'first'}_{language}_{size}_{scheme}"
                window.page.screenshot(path=pictures / f"{name}.png")
                found += [f"{name}: {each}" for each in faults]
        return "\n".join(found)

    assert browser.see(base, look, sizes[0]) == ""
