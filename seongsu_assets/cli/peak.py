"""The most memory that this process has had.
Nothing about what it was needed for."""

import resource
import sys
from pathlib import Path

STATUS = Path("/proc/self/status")


def peak_mb() -> int:
    """From Linux's own mark: what getrusage says begins there with the peak of whoever started the
    process. macOS, which has no such mark, states bytes."""
    if STATUS.exists():
        lines = STATUS.read_text(encoding="ascii", errors="replace").splitlines()
        return next(int(line.split()[1]) // 1_000 for line in lines if line.startswith("VmHWM"))
    unit = 1_000_000 if sys.platform == "darwin" else 1_000
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit)
