"""`seongsu`: the command line. Each command is in a file of its own.
Nothing is computed here."""

import sys

import typer

from seongsu_assets.errors import SeongsuError

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Daily Seongsu: forecasts that are scored."
)


def main() -> None:
    """Run a command; a known error is one message and what to do next, never a traceback."""
    import os
    import warnings

    for library in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        # Idle threads of a busy machine wait for each other: one is faster, and the same to the bit.
        os.environ.setdefault(library, "1")
    from seongsu_assets.cli import backfill, backtest, doctor, importing, run, status, up

    del (
        backfill,
        backtest,
        doctor,
        importing,
        run,
        status,
        up,
    )  # importing them registers the commands
    warnings.simplefilter("ignore")  # of libraries; the tests hear them
    try:
        app()
    except SeongsuError as error:
        from seongsu_assets.cli.show import messages

        messages.print(f"[bold red]error[/] {error}", highlight=False)
        sys.exit(1)
