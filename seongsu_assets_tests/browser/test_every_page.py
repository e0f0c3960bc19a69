"""Every page that the app registers, in both languages, on a phone and on a desktop, in both
schemes of colour; the suite looks at Korean on a phone, `make proof` at all of it. What single
controls do is in test_hands.py."""

import pytest

from seongsu_assets_tests.browser import looking
from seongsu_assets_tests.browser.site import paths


@pytest.mark.parametrize(
    ("language", "sizes"),
    [
        ("ko", ("phone",)),
        pytest.param("ko", ("desktop",), marks=pytest.mark.slow),
        pytest.param("en", ("desktop", "phone"), marks=pytest.mark.slow),
    ],
    ids=["ko-phone", "ko-desktop", "en"],
)
@pytest.mark.parametrize("path", paths(), ids=lambda path: path or "first")
def test_a_page_is_whole_and_nothing_in_it_is_wrong(
    browser, base, pictures, path, language, sizes
):  # fmt: skip
    """Opened once and turned to another size: to load it costs more than to look."""

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
