"""The same backtest for many stations, one after another in each of some worker processes.
One station's evaluation is in `evaluation`, figures over all of them in `forecasting.across`."""

import multiprocessing
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import pandas as pd

from seongsu_assets.cli.evaluation import Question
from seongsu_assets.cli.history import History
from seongsu_assets.cli.peak import peak_mb
from seongsu_assets.errors import SeongsuError

#: (stations done, the one that is done)
Tell = Callable[[int, str], None]


def each(
    question: Question, histories: dict[str, History], workers: int, tell: Tell
) -> list[dict[str, Any]]:
    """What is to be said of each station, in the order given: its figures (the report without its
    groups) or the `reason` why there are none; first and last day, days missing between them, rows
    left out, and what it took."""
    answers: dict[str, dict[str, Any]] = {}
    usable = {name: history for name, history in histories.items() if not history.reason}
    for name, answer in _answers(question, usable, min(workers, len(usable))):
        answers[name] = answer
        tell(len(answers), name)
    return [
        {"station": name, "left_out": history.left_out, "reason": history.reason}
        | _span(history.rows)
        | answers.get(name, {})
        for name, history in histories.items()
    ]


def answer(question: Question, rows: pd.DataFrame) -> dict[str, Any]:
    """One station's figures and what they took in this process; a known error is its `reason`."""
    began = time.monotonic()
    try:
        report = question.report(rows)
    except SeongsuError as error:
        return {"reason": str(error)}
    figures = {name: value for name, value in report.items() if not name.startswith("by_")}
    return figures | {"seconds": round(time.monotonic() - began, 1), "peak_mb": peak_mb()}


def _answers(
    question: Question, histories: dict[str, History], workers: int
) -> Iterator[tuple[str, dict[str, Any]]]:
    if workers <= 1:
        yield from ((name, answer(question, each.rows)) for name, each in histories.items())
        return
    # A fork would take along threads that wait for what only their parent has.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(question,))
    try:
        waiting = {pool.submit(_asked, each.rows): name for name, each in histories.items()}
        for done in as_completed(waiting):
            yield waiting[done], done.result()
    except BrokenProcessPool as error:
        raise SeongsuError(
            "a worker process was ended from outside", remedy="give fewer --workers: memory?"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


_question: Question | None = None


def _begin(question: Question) -> None:
    """A worker is told once what all its stations are asked."""
    global _question  # noqa: PLW0603 - a process pool has no other place for it
    _question = question


def _asked(rows: pd.DataFrame) -> dict[str, Any]:
    assert _question is not None
    return answer(_question, rows)


def _span(rows: pd.DataFrame) -> dict[str, Any]:
    if rows.empty:
        return {"first": None, "last": None, "missing_days": None}
    first, last = rows.business_date.min(), rows.business_date.max()
    missing = (last - first).days + 1 - rows.business_date.nunique()
    return {"first": first, "last": last, "missing_days": missing}
