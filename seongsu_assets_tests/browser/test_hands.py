"""What hands do with the pages: keys, the choice of language, an address of one's own.
What every page must be is in test_every_page.py."""

import http.client

import httpx
import pytest

from ui.strings import EN, KO

#: What the keyboard must reach: everything that can be used, in the order of the page. A group of
#: which one is chosen is reached at the chosen one.
REACHABLE = """() => [...document.querySelectorAll('a[href], button, input, summary, [tabindex]')]
  .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({visibilityProperty: true}))
  .filter(e => e.getAttribute('role') !== 'radio' || e.getAttribute('aria-checked') === 'true')
  .forEach((e, place) => e.dataset.place = place)"""
FOCUSED = """() => { const e = document.activeElement, style = getComputedStyle(e)
  const box = e.getBoundingClientRect()
  const seen = box.bottom > 0 && box.top < innerHeight
  const marked = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1)
    || style.boxShadow !== 'none'
  return {place: e.dataset.place ?? null, name: e.outerHTML.slice(0, 120), seen, marked} }"""

#: A character that another font had to lend.
BORROWED = """(texts) => { const line = document.createElement('p'); line.id = 'line'
  line.textContent = texts; document.querySelector('.ds').append(line) }"""


def test_the_tabulator_reaches_every_control_in_order_and_shows_where_it_is(browser, base):
    def look(window):
        page = window.open().page
        page.evaluate(REACHABLE)
        wanted = page.evaluate("document.querySelectorAll('[data-place]').length")
        met = []
        for _ in range(wanted):
            page.keyboard.press("Tab")
            page.wait_for_timeout(40)
            met.append(page.evaluate(FOCUSED))
        return wanted, met

    wanted, met = browser.see(base, look, "phone")
    assert wanted >= 5
    assert [each["place"] for each in met] == [str(place) for place in range(wanted)]
    assert [each["name"] for each in met if not (each["seen"] and each["marked"])] == []


def test_the_language_changes_by_keyboard_everywhere_and_stays_in_the_address(browser, base):
    def look(window):
        page = window.open().page
        page.locator(".st-key-choose_lang [aria-checked=true]").focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Space")
        page.wait_for_function("() => document.documentElement.lang === 'en'")
        window.settle()
        return page.url, page.evaluate("document.querySelector('h1').innerText"), window.wrong

    assert browser.see(base, look, "phone") == (f"{base}/?lang=en", EN["domain.seongsu"], [])


@pytest.mark.parametrize("weight", ["400", "700"])
def test_every_character_of_both_languages_is_in_our_own_font(browser, base, weight):
    """What Chromium draws with, not what it was asked to."""
    said = "".join(sorted({*"".join([*KO.values(), *EN.values()]), *"○◔◑●"} - set("\n\u2028")))

    def look(window):
        page = window.open().page
        page.evaluate(BORROWED, said)
        page.evaluate("(weight) => { line.style.fontWeight = weight }", weight)
        window.settle()
        tools = page.context.new_cdp_session(page)
        tools.send("DOM.enable")
        tools.send("CSS.enable")
        root = tools.send("DOM.getDocument")["root"]["nodeId"]
        node = tools.send("DOM.querySelector", {"nodeId": root, "selector": "#line"})["nodeId"]
        fonts = tools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        return {(font["familyName"], font["isCustomFont"]) for font in fonts}, window.wrong

    assert browser.see(base, look) == ({("Daily Seongsu", True)}, [])


def test_a_page_says_its_language_and_name_before_anything_is_run(base):
    for query, language, name in (("", "ko", KO), ("?lang=en", "en", EN), ("?lang=x", "ko", KO)):
        answer = httpx.get(f"{base}/{query}", trust_env=False)
        assert f'<html lang="{language}">' in answer.text
        assert f"<title>{name['app.name']}</title>" in answer.text


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("", "", 101),
        ("elsewhere.example", "http://elsewhere.example", 403),
        ("", "http://elsewhere.example", 403),
    ],
)
def test_a_session_is_opened_under_our_own_name_and_from_our_own_pages_alone(
    base, host, origin, status
):
    own = base.removeprefix("http://")
    line = http.client.HTTPConnection(own, timeout=10)
    line.request("GET", "/_stcore/stream", headers={
        "Host": host or own, "Origin": origin or base, "Connection": "Upgrade",
        "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    })  # fmt: skip
    assert line.getresponse().status == status
    line.close()
