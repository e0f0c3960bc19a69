"""What Celery asks of a step before a worker begins it: whether its run is still under way.
How often one is tried is said in `worker`."""

from typing import Any

from celery import Task
from celery.exceptions import Ignore
from dagster import DagsterInstance
from dagster._grpc.types import ExecuteStepArgs
from dagster._serdes import unpack_value


class Due(Task):  # pyright: ignore[reportUntypedBaseClass]
    """A step of a run: one that waited longer than its run has no use."""

    def before_start(self, task_id: str, args: Any, kwargs: dict[str, Any]) -> None:
        """Called by Celery. Raises Ignore when the run is over."""
        del task_id, args
        asked = unpack_value(kwargs["execute_step_args_packed"], as_type=ExecuteStepArgs)
        with DagsterInstance.get() as instance:
            run = instance.get_run_by_id(asked.run_id)
        if run is None or run.is_finished:
            raise Ignore
