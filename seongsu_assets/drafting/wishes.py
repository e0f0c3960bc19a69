"""What the user says of a file, against what it says itself.
Nothing is looked at here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wishes:
    """Empty is not said. `first` is day or month, where either may stand first in a date."""

    time: str = ""
    value: str = ""
    series: tuple[str, ...] = ()
    timezone: str = ""
    first: str = ""
    decimal: str = ""
    unit: str = ""
    title: str = ""
    country: str = ""


@dataclass(frozen=True)
class Said:
    """One thing that was understood, or `assumed`, and what speaks for it."""

    what: str
    found: str
    assumed: bool = False
