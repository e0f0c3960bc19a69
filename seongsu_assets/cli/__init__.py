"""`seongsu`: the command line. Each command is in a file of its own.
Nothing is computed here."""

import signal
import sys
from importlib import import_module

import typer

COMMANDS = (
    "backfill",
    "backtest",
    "backup",
    "doctor",
    "download",
    "importing",
    "inject",
    "key",
    "listen",
    "new",
    "prepare",
    "rehearse",
    "replay",
    "reproduce",
    "reread",
    "restore",
    "run",
    "serve",
    "status",
    "tune",
    "up",
    "watch",
)

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # they show local variables, and those hold passwords
    help="Daily Seongsu: forecasts that are scored.",
)


def main() -> None:
    """Run a command; a known error is one line and what to do next, never a traceback."""
    _quiet()
    hear()
    from seongsu_assets.cli.failures import told

    with told():
        for name in COMMANDS:  # importing them registers the commands
            import_module(f"seongsu_assets.cli.{name}")
        app()


def hear() -> None:
    """Hear Ctrl-C also where a script has started us with `&`, which ignores it: Dagster gives
    SIGTERM the handler of SIGINT, and nothing would end us or what we start."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _quiet() -> None:
    """What libraries say of themselves is not for the reader of a command; the tests hear it."""
    import os
    import warnings

    for library in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        # Idle threads of a busy machine wait for each other; one is faster, the same to the bit.
        os.environ.setdefault(library, "1")
    os.environ.setdefault("MLFLOW_LOGGING_LEVEL", "ERROR")
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
