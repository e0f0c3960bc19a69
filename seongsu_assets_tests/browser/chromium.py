"""One browser for many tests, and a page in it that remembers what went wrong.
No expectation here: what a page must be is in looking.py and in the tests."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, Literal, Self, TypeVar
from urllib.parse import urlsplit

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    sync_playwright,
)

from ui.strings import Language

EXECUTABLE = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",  # the tests may run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
SIZES = {"phone": (360, 800), "desktop": (1280, 900)}
Size = Literal["phone", "desktop"]
Scheme = Literal["light", "dark"]
Result = TypeVar("Result")
Task = Callable[[BrowserContext], Any]
#: Milliseconds: until what was laid out anew is painted; until a busy machine has done anything.
PAINTED, PATIENCE = 100, 90_000
#: On a page of its own address Streamlit first asks whether it lives below that address.
PROBES = ("/_stcore/health", "/_stcore/host-config")
SETTLED = """() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState
    === 'notRunning' && document.querySelector('.ds')
    && !document.querySelector('[data-stale=true], [data-testid=stSkeleton]')
    && [...document.querySelectorAll('[data-testid=stVegaLiteChart]')].every(
        chart => chart.querySelector('canvas, svg')?.getBoundingClientRect().height > 50)"""


@dataclass
class Window:
    """A page of the app in the browser. `wrong` is each thing that a visitor's browser complained
    of: errors in the console, answers that failed, requests to another host."""

    page: Page
    base: str
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.wrong.append(f"uncaught: {error}"))
        self.page.on("request", self._asked)
        self.page.on("requestfailed", lambda request: self.wrong.append(f"lost: {request.url}"))
        self.page.on("response", self._answered)

    def open(self, path: str = "", language: Language = "ko", **query: str) -> Self:
        said = "&".join(f"{key}={value}" for key, value in {"lang": language, **query}.items())
        self.page.goto(f"{self.base}/{path}?{said}")
        return self.settle()

    def settle(self) -> Self:
        """Wait until all is drawn, in its own font."""
        self.page.wait_for_function(SETTLED)
        self.page.evaluate("() => document.fonts.ready.then(() => true)")
        self.page.wait_for_timeout(PAINTED)
        return self

    def resize(self, size: Size) -> Self:
        width, height = SIZES[size]
        self.page.set_viewport_size({"width": width, "height": height})
        return self.settle()

    def grow(self) -> Self:
        """Make the window as tall as the page: axe passes over what is scrolled away."""
        tall = self.page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        size = self.page.viewport_size
        assert size is not None
        self.page.set_viewport_size({"width": size["width"], "height": max(tall, size["height"])})
        return self.settle()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not self._probe(message.location.get("url", "")):
            self.wrong.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.wrong.append(f"another host: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and not self._probe(response.url):
            self.wrong.append(f"{response.status}: {response.url}")

    def _probe(self, url: str) -> bool:
        path = urlsplit(url).path
        return path.endswith(PROBES) and path not in PROBES


class Chromium:
    """The browser lives in a thread of its own: Playwright keeps an event loop running, in whose
    thread other tests could start none. Nobody waits for ever for a page that hangs."""

    def __enter__(self) -> Self:
        self._asked: SimpleQueue[tuple[Task, Future[Any]] | None] = SimpleQueue()
        self._thread = Thread(target=self._live, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._asked.put(None)
        self._thread.join(PATIENCE / 1000)

    def _live(self) -> None:
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=EXECUTABLE, args=FLAGS)
            # One profile for all, so that Streamlit's own files are read once.
            profile = browser.new_context(locale="ko-KR", timezone_id="Asia/Seoul")
            profile.set_default_timeout(PATIENCE)
            while asked := self._asked.get():
                task, answer = asked
                try:
                    answer.set_result(task(profile))
                except Exception as error:  # noqa: BLE001 - it is the asking test's
                    answer.set_exception(error)
            browser.close()

    def see(
        self,
        base: str,
        look: Callable[[Window], Result],
        size: Size = "desktop",
        scheme: Scheme = "light",
    ) -> Result:
        """What `look` finds in a window of its own."""

        def seen(profile: BrowserContext) -> Result:
            page = profile.new_page()
            try:
                width, height = SIZES[size]
                page.set_viewport_size({"width": width, "height": height})
                page.emulate_media(color_scheme=scheme)
                return look(Window(page, base))
            finally:
                page.close()

        answer: Future[Result] = Future()
        self._asked.put((seen, answer))
        return answer.result(2 * PATIENCE / 1000)
