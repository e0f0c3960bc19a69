"""How far a long command is: a bar on a terminal, plain lines anywhere else; always on stderr.
No work is done here."""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from seongsu_assets.cli import show

#: (steps done, what is being done)
Tell = Callable[[int, str], None]
#: On plain lines the same thing is not told more often than this.
SECONDS = 10.0


@contextmanager
def progress(title: str, total: int) -> Generator[Tell]:
    """A function that tells how many of `total` steps are done, and what is being done now."""
    with _bar(title, total) if show.messages.is_terminal else _lines(title, total) as tell:
        yield tell


@contextmanager
def _bar(title: str, total: int) -> Generator[Tell]:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.fields[title]}"),
        BarColumn(bar_width=24),
        TextColumn("{task.completed:.0f}/{task.total:.0f}"),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=show.messages, transient=True) as bar:
        task = bar.add_task("starting", total=total, title=title)
        yield lambda done, now: bar.update(task, completed=done, description=now)


@contextmanager
def _lines(title: str, total: int) -> Generator[Tell]:
    began = time.monotonic()
    last = ("", -SECONDS)

    def tell(done: int, now: str) -> None:
        nonlocal last
        seconds = time.monotonic() - began
        if now != last[0] or seconds - last[1] >= SECONDS:
            last = (now, seconds)
            show.say(f"{seconds:5.0f} s  {title} {done}/{total}: {now}")

    yield tell
