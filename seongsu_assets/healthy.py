"""`python -m seongsu_assets.healthy`: whether the part in this container does what it is for.
Who asks and how often says the image; what is asked, SEONGSU_HEALTH: a word and an address."""

import os
import sys
from collections.abc import Callable

from seongsu_assets import probes
from seongsu_assets.errors import ServiceError

KINDS: dict[str, Callable[..., Callable[[], bool]]] = {
    "port": lambda port: probes.listens(int(port)),
    "page": lambda address, expected="": probes.page(address, expected),
    "graph": probes.graph_loaded,
    "daemons": probes.daemons_healthy,
    "worker": probes.worker,
}


def healthy(asked: str) -> bool:
    """`port NUMBER`, `page ADDRESS TEXT`, `graph ADDRESS` or `daemons ADDRESS` of Dagster's pages,
    `worker` of Celery's on this machine, or with its name. Nothing asked is well. Raises
    ServiceError for anything else."""
    kind, *rest = asked.split() or [""]
    if not kind:
        return True
    if kind not in KINDS:
        raise ServiceError(
            f"nobody knows how to ask {kind!r}", remedy=f"set SEONGSU_HEALTH: {', '.join(KINDS)}"
        )
    return KINDS[kind](*rest)()


if __name__ == "__main__":
    try:
        well = healthy(os.environ.get("SEONGSU_HEALTH", ""))
    except ServiceError as error:
        sys.exit(str(error))
    sys.exit(0 if well else 1)
