"""What a model cost: processor seconds of its trial and of its learning, and the size of its text.
Nothing is learned or kept here."""

import time
from collections.abc import Generator
from contextlib import contextmanager


class Spent:
    """Processor seconds of this process, of all its threads, by what they went into."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def on(self, what: str) -> Generator[None]:
        begun = time.process_time()
        yield
        self.seconds[what] = time.process_time() - begun


def bill(spent: Spent, series: int, text: str) -> dict[str, float]:
    """`series`; `{what}_seconds` of each; their sum for each series; `kilobytes` of the text."""
    return {
        "series": series,
        **{f"{what}_seconds": seconds for what, seconds in spent.seconds.items()},
        "seconds_per_series": sum(spent.seconds.values()) / max(series, 1),
        "kilobytes": len(text.encode()) / 1000,
    }
