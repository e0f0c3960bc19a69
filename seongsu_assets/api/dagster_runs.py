"""Runs of Dagster, started through its own door: an answer has the run's number and page.
Nothing is trained or decided here, and Dagster itself is not imported."""

from collections.abc import Mapping
from typing import Any

import httpx

from seongsu_assets.api.problems import unavailable
from seongsu_assets.incidents import links

SECONDS = httpx.Timeout(20.0, connect=2.0)
#: As `workspace.yaml` names it, and as Dagster calls the repository of definitions.
LOCATION, REPOSITORY = "seongsu", "__repository__"
_LAUNCH = """mutation Launch($params: ExecutionParams!) { launchRun(executionParams: $params) {
  __typename
  ... on LaunchRunSuccess { run { runId } }
  ... on PythonError { message } } }"""


class Runs:
    """`address` is that of Dagster's webserver."""

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")

    async def start(
        self, job: str, config: Mapping[str, Any], tags: Mapping[str, str]
    ) -> dict[str, str]:
        """The run that was asked for: `run_id`, `job`, `link`. Raises Problem 503 where Dagster
        does not answer, or refuses."""
        params = {
            "selector": {
                "repositoryLocationName": LOCATION,
                "repositoryName": REPOSITORY,
                "jobName": job,
            },
            "runConfigData": dict(config),
            "mode": "default",
            "executionMetadata": {
                "tags": [{"key": name, "value": value} for name, value in tags.items()]
            },
        }
        answer = await self._ask({"query": _LAUNCH, "variables": {"params": params}})
        launched = _launched(answer)
        if launched.get("__typename") != "LaunchRunSuccess":
            raise unavailable(
                f"Dagster did not start {job}: {launched.get('__typename', 'its answer is odd')}",
                "the operator looks at Dagster's page of the job, and reloads its definitions",
            )
        run_id = launched["run"]["runId"]
        return {"run_id": run_id, "job": job, "link": links.run(run_id)}

    async def _ask(self, body: dict[str, Any]) -> Any:
        # A proxy of the environment knows nothing of us.
        try:
            async with httpx.AsyncClient(timeout=SECONDS, trust_env=False) as client:
                answer = await client.post(f"{self._address}/graphql", json=body)
                answer.raise_for_status()
                return answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise unavailable(
                "Dagster does not answer", "the operator starts it with `seongsu up`"
            ) from error


def _launched(answer: Any) -> dict[str, Any]:
    """What Dagster says of the run; empty where its answer is odd."""
    for name in ("data", "launchRun"):
        answer = answer.get(name) if isinstance(answer, dict) else None
    return answer if isinstance(answer, dict) else {}
