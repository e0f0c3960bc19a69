"""`python -m seongsu_assets.code_server ...`: Dagster's code server, whose runs begin warm.
What a run does is not decided here, nor when one begins.

Dagster starts a new interpreter for each run, which reads modules for longer than most runs work.
Here a run is forked from a process that has read them."""

import multiprocessing
import sys
from typing import Any

from dagster._grpc import server


def serve(warmed: str) -> None:
    """Be a code server by the rest of the command line. Its runs are forked from a process that has
    read the module `warmed`; the first run starts it."""
    from dagster._cli import main as dagster

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([warmed])
    plain = server.DagsterApiServer.__init__

    def begin(self: server.DagsterApiServer, *given: Any, **named: Any) -> None:
        plain(self, *given, **named)
        # Dagster has no setting for it
        self._mp_ctx = context  # pyright: ignore[reportAttributeAccessIssue, reportPrivateUsage]

    server.DagsterApiServer.__init__ = begin
    sys.argv[1:1] = ["api", "grpc"]
    dagster()


if __name__ == "__main__":
    serve("seongsu_assets.warmed")
