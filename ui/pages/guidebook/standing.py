"""How a stage stands: under way, waiting, failed, refused by its checks, made, or never made.
No texts; what is known of it, `graph` says."""

from dataclasses import dataclass
from typing import Literal

from ui.pages.guidebook.graph import Graph, Run, Stage

State = Literal["running", "failed", "refused", "warned", "waiting", "made", "never", "unknown"]
#: As they are counted, the gravest first.
STATES: tuple[State, ...] = (
    "failed", "refused", "warned", "running", "waiting", "never", "unknown", "made",
)  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """`failed` is the run in which it failed since it was last made, `active` that which makes it
    or will."""

    state: State
    failed: Run | None
    active: Run | None


#: Of a stage of which Dagster has told nothing.
UNKNOWN = Standing("unknown", None, None)


def standing(stage: Stage, graph: Graph) -> Standing:
    """What is under way is said first: that it failed before, its page says."""
    failed = next((run for run in graph.failed if _failed(stage, run)), None)
    running = next((run for run in graph.active if _begun(stage, run)), None)
    waiting = next((run for run in graph.active if _awaits(stage, run)), None)
    verdicts = {check.verdict for check in stage.checks}
    if running:
        state: State = "running"
    elif failed:
        state = "failed"
    elif verdicts & {"failed", "broken"}:
        state = "refused"
    elif "warned" in verdicts:
        state = "warned"
    elif waiting:
        state = "waiting"
    else:
        state = "made" if stage.made else "never"
    return Standing(state, failed, running or waiting)


def _failed(stage: Stage, run: Run) -> bool:
    """Whether the run failed in it, or before any step, and it was not made since."""
    if stage.made and (run.at is None or run.at <= stage.made.at):
        return False
    if run.steps:
        return any(run.steps.get(step) == "FAILURE" for step in stage.steps)
    return _meant(stage, run)


def _begun(stage: Stage, run: Run) -> bool:
    return any(run.steps.get(step) == "IN_PROGRESS" for step in stage.steps)


def _awaits(stage: Stage, run: Run) -> bool:
    return _meant(stage, run) and not any(step in run.steps for step in stage.steps)


def _meant(stage: Stage, run: Run) -> bool:
    """A run of chosen stages names them; that of a job has all of the job's."""
    return stage.name in run.chosen if run.chosen else run.job in stage.jobs
