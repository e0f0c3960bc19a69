"""Names from outside are inert: with hostile ones a page has the tags and attributes that it has
with plain ones, and none stands where Streamlit reads markup. A browser looks in browser/."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from seongsu_assets_tests import ui_past
from seongsu_assets_tests.adjusting import enter, entry
from seongsu_assets_tests.browser.site import paths
from seongsu_assets_tests.conftest import database
from seongsu_assets_tests.hostile import NAMES
from seongsu_assets_tests.ui_page import FRIDAY, Page
from seongsu_assets_tests.ui_world import morning

#: What a page remembers in its address.
CHOICES = ("d", "series", "day", "earliest", "latest", "hours", "span")
#: Elements of Streamlit whose texts are read as Markdown.
MARKUP = ("markdown", "caption", "heading", "expander", "button", "download_button", "alert")
#: What the warehouse refuses in the name of an event.
REFUSED = re.compile("[\u0001-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
#: A name in Korean is marked as such.
HANGUL = re.compile("[가-힣]")
#: The shape of a page whose address names nothing, by path and by what the address holds.
PLAIN: dict[tuple[str, tuple[str, ...]], list[tuple[str, tuple[str, ...]]]] = {}


class Shape(HTMLParser):
    """Every start tag with the names of its attributes, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tuple(name for name, _ in attrs)))


@pytest.fixture
def page(monkeypatch, warehouse_url):
    found = Page(monkeypatch, warehouse_url)
    found.sign_in()
    return found


def fill(url: str, names: list[str]) -> None:
    """A world in which everything that has a name has one of `names`."""
    ui_past.live(url, FRIDAY)
    for place, name in enumerate(names):
        ui_past.go_wrong(url, "file_refused", name, morning(FRIDAY))
        ui_past.call(url, FRIDAY - timedelta(place + 1), "holiday", "holiday", name)
        ui_past.arrive(url, f"source {name}"[:500], FRIDAY)
        event = REFUSED.sub(" ", name)[:80]
        entered = morning(FRIDAY + timedelta(1)) + timedelta(minutes=place + 1)
        enter(url, entry(FRIDAY + timedelta(4), name=event), entered)
    models = [(morning(FRIDAY) + timedelta(minutes=n), f"{n}{name}"[:500], "keep", name)
              for n, name in enumerate(names)]  # fmt: skip
    ui_past.decide(url, models)


@pytest.fixture(scope="module")
def worlds(server, template, worker_id):
    """The address of a world with plain names, and of the same with hostile ones."""
    plain = [f"이름 {n}" if HANGUL.search(name) else f"name {n}" for n, name in enumerate(NAMES)]
    with (
        database(server, template, worker_id) as one,
        database(server, template, worker_id) as other,
    ):
        fill(one, plain)
        fill(other, list(NAMES))
        yield one, other


def shape(page: Page, path: str, **asked: str) -> list[tuple[str, tuple[str, ...]]]:
    found = Shape()
    for element in page.open("ko", path=path, **asked).get("html"):
        found.feed(element.proto.body)
    return found.tags


@pytest.mark.parametrize("path", paths(), ids=lambda path: path or "first")
def test_hostile_names_change_no_tag_of_a_page(monkeypatch, worlds, path):
    plain = Page(monkeypatch, worlds[0])
    plain.sign_in()
    expected = shape(plain, path)
    other = Page(monkeypatch, worlds[1])
    assert shape(other, path) == expected
    marked = [str(element.proto) for kind in MARKUP for element in other.open(path=path).get(kind)]
    assert [name for name in NAMES for text in marked if name in text] == []


@pytest.mark.parametrize("number", range(len(NAMES)))
def test_a_hostile_address_is_like_any_that_names_nothing(page, number):
    page.fill()
    path = paths()[number % len(paths())]
    names = CHOICES if number % 2 else (*CHOICES, "domain")
    known = (path, names)
    if known not in PLAIN:
        PLAIN[known] = shape(page, path, **dict.fromkeys(names, "nothing"))
    assert shape(page, path, **dict.fromkeys(names, NAMES[number])) == PLAIN[known]
