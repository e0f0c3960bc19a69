"""What Dagster tells of a domain's stages: where each comes from, its newest run, its checks.
Nothing is asked here, and nothing is judged; see `asking` and `standing`."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from seongsu_assets.errors import ServiceError

#: A text in what a run tells is shown up to so many letters; longer ones are for Dagster's page.
SHORT = 40
ROWS = "dagster/row_count"

Verdict = Literal["passed", "warned", "failed", "broken", "running", "skipped", "none"]
_VERDICTS: dict[str, Verdict] = {
    "SUCCEEDED": "passed", "FAILED": "failed", "EXECUTION_FAILED": "broken",
    "IN_PROGRESS": "running", "SKIPPED": "skipped",
}  # fmt: skip


@dataclass(frozen=True)
class Check:
    """`warned` has failed, but is no reason to stop; `broken` could not be judged; `none` has not
    been judged since the newest run. `why` is English, and may hold names that people typed."""

    name: str
    meaning: str
    verdict: Verdict
    why: str
    at: datetime | None


@dataclass(frozen=True)
class Made:
    """The newest materialisation. `facts` are small and as Dagster has them: English names."""

    at: datetime
    run_id: str
    partition: str
    rows: int | None
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Run:
    """A run that has failed or is under way. `at` is None of one that has not begun; `steps` has
    the state of those begun."""

    run_id: str
    job: str
    at: datetime | None
    chosen: frozenset[str]
    steps: dict[str, str]


@dataclass(frozen=True)
class Stage:
    """A node of the graph. `days` is how many of its days are there, None where it has no days."""

    name: str
    path: tuple[str, ...]
    description: str
    sources: tuple[str, ...]
    steps: tuple[str, ...]
    jobs: tuple[str, ...]
    days: int | None
    made: Made | None
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class Graph:
    """The stages of a domain and those of no domain, by name; newest runs first."""

    stages: dict[str, Stage]
    active: tuple[Run, ...]
    failed: tuple[Run, ...]


def graph(answer: Any, domain: str) -> Graph:
    """What the answer says of `domain`. Raises ServiceError for an answer to something else."""
    try:
        data = answer["data"]
        stages = [_stage(node) for node in data["assetNodes"] if _ours(_path(node), domain)]
        active, failed = (
            tuple(_run(run) for run in data[kind]["results"]) for kind in ("active", "failed")
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise ServiceError(
            "Dagster's answer is odd", remedy="compare its version with requirements.lock"
        ) from error
    return Graph({stage.name: stage for stage in stages}, active, failed)


def _path(node: Any) -> tuple[str, ...]:
    return tuple(map(str, node["assetKey"]["path"]))


def _ours(path: tuple[str, ...], domain: str) -> bool:
    return len(path) == 1 or path[0] == domain


def _stage(node: Any) -> Stage:
    made, stats = node["assetMaterializations"], node["partitionStats"]
    path = _path(node)
    return Stage(
        name=path[-1],
        path=path,
        description=str(node["description"] or ""),
        sources=tuple(str(each["path"][-1]) for each in node["dependencyKeys"]),
        steps=tuple(node["opNames"]),
        jobs=tuple(node["jobNames"]),
        days=None if stats is None else int(stats["numMaterialized"]),
        made=_made(made[0]) if made else None,
        checks=tuple(map(_check, node["assetChecksOrError"].get("checks", ()))),
    )


def _made(event: Any) -> Made:
    entries = {str(each["label"]): _value(each) for each in event["metadataEntries"]}
    rows = entries.pop(ROWS, None)
    return Made(
        at=_instant(float(event["timestamp"]) / 1000),
        run_id=str(event["runId"] or ""),
        partition=str(event["partition"] or ""),
        rows=rows if isinstance(rows, int) else None,
        facts=tuple((label, _text(value)) for label, value in entries.items() if _small(value)),
    )


def _value(entry: Any) -> Any:
    """The value of an entry of a kind that was asked for; None of others."""
    return next((value for name, value in entry.items() if name != "label"), None)


def _small(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= SHORT and any(map(str.isalnum, value))
    return value is not None


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,.4g}" if isinstance(value, float) and abs(value) < 1e4 else _whole(value)  # noqa: PLR2004 - digits


def _whole(value: Any) -> str:
    return value if isinstance(value, str) else f"{value:,.0f}"


def _check(told: Any) -> Check:
    done = told["executionForLatestMaterialization"]
    judged = (done or {}).get("evaluation") or {}
    verdict = _VERDICTS[done["status"]] if done else "none"
    if verdict == "failed" and judged.get("severity") == "WARN":
        verdict = "warned"
    return Check(
        name=str(told["name"]),
        meaning=str(told["description"] or ""),
        verdict=verdict,
        why=str(judged.get("description") or ""),
        at=_instant(done["timestamp"]) if done else None,
    )


def _run(run: Any) -> Run:
    begun, ended = run["startTime"], run["endTime"]
    at = ended or begun
    return Run(
        run_id=str(run["runId"]),
        job=str(run["jobName"]),
        at=None if at is None else _instant(at),
        chosen=frozenset(str(each["path"][-1]) for each in run["assetSelection"] or ()),
        steps={str(step["stepKey"]): str(step["status"]) for step in run["stepStats"]},
    )


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
