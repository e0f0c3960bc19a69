"""What went wrong, as one line with what to do next, and exit code 1.
Errors that nobody foresaw keep their traceback: they are bugs, and it is needed to mend them."""

import sys
from collections.abc import Generator
from contextlib import contextmanager

from seongsu_assets.errors import SeongsuError


@contextmanager
def told() -> Generator[None]:
    """Say a known error on stderr and leave with exit code 1."""
    from pydantic import ValidationError

    try:
        yield
    except SeongsuError as error:
        leave(str(error))
    except ValidationError as error:
        if error.title != "Settings":
            raise
        leave(_misconfigured(error))
    except OSError as error:
        if error.filename is None:
            raise
        leave(f"{error.filename}: {error.strerror} -> check the path, its permissions and the disk")


def leave(line: str) -> None:
    from seongsu_assets.cli import show

    show.say(line, head="[bold red]error[/] ")
    sys.exit(1)


def _misconfigured(error: object) -> str:
    """Which variable is wrong and why; its value may be a secret and is not repeated."""
    from pydantic import ValidationError

    assert isinstance(error, ValidationError)
    wrong = [f"SEONGSU_{e['loc'][-1]}".upper() + f": {e['msg']}" for e in error.errors()]
    return f"{'; '.join(wrong)} -> correct it in the environment or in .env"
