"""Who carries out the steps of a run: its own process, or Celery's workers on any machine.
No step is defined here; what a worker does with one is in `worker`."""

from typing import Any

import dagster as dg

from seongsu_assets.errors import SettingError
from seongsu_assets.settings import Settings, settings

#: How often living workers look for steps that dead ones have left.
LOOK_SECONDS = 5
INSTALL = 'install Celery\'s part: `pip install "daily-seongsu[scale]"`'


def executor() -> dg.ExecutorDefinition:
    """As SEONGSU_EXECUTOR says. Raises SettingError when that is unknown or lacks its broker."""
    known = settings()
    if known.executor == "in_process":
        return dg.in_process_executor
    if known.executor != "celery":
        raise SettingError(
            f"nobody is called '{known.executor}'",
            remedy="set SEONGSU_EXECUTOR to in_process or celery",
        )
    try:
        from dagster_celery import celery_executor
    except ImportError as error:
        raise SettingError("SEONGSU_EXECUTOR is celery, which is absent", remedy=INSTALL) from error
    return celery_executor.configured(celery(known), name="celery")


def celery(known: Settings) -> dict[str, Any]:
    """What the Celery of runs and that of workers are told: one source, so that they agree. Raises
    SettingError without a broker."""
    broker = known.key("celery_broker")
    if broker is None:
        raise SettingError(
            "SEONGSU_EXECUTOR is celery, and no broker is known",
            remedy="set SEONGSU_CELERY_BROKER=redis://HOST:6379/0",
        )
    address = broker.get_secret_value()
    return {
        "broker": address,
        "backend": address,
        "config_source": {
            # What a worker has taken stays the broker's until it is done: another does it then.
            "task_acks_late": True,
            "task_reject_on_worker_lost": True,
            "worker_prefetch_multiplier": 1,
            "worker_max_tasks_per_child": 1,  # each step in a fork of its own, as each run is
            "worker_redirect_stdouts": False,  # what a step prints is Dagster's
            "broker_connection_retry_on_startup": True,
            "broker_transport_options": {
                "visibility_timeout": known.celery_lost_seconds,
                "unacked_restore_interval": LOOK_SECONDS,
                "unacked_restore_throttle": 1,
            },
        },
    }
