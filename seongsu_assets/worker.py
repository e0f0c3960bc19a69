"""`celery -A seongsu_assets.worker worker`: a process that carries out the steps of runs.
Which, and when, is for the runs to say; its settings are those of `executors`."""

from dagster_celery.make_app import make_app
from dagster_celery.tasks import create_task

from seongsu_assets import executors, warmed
from seongsu_assets.due import Due
from seongsu_assets.settings import settings

#: So often a step whose process was killed, as when memory is short, is begun again; then its run
#: fails. Of a worker that ended with its machine nobody counts.
AGAIN, PAUSE_SECONDS = 2, 1

assert warmed  # read once, by the process that steps are forked from
app = make_app(executors.celery(settings()))
create_task(
    app,
    base=Due,
    retry_on_worker_lost=True,
    max_retries=AGAIN,
    default_retry_delay=PAUSE_SECONDS,
)
