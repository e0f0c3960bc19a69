"""A finding of the doctor about this machine or what it is connected to.
Nothing is looked at here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """`found` says what is there; `remedy` what to do, and is empty when all is well.
    Without something that is not `required` the platform works, only less well."""

    name: str
    ok: bool
    found: str
    remedy: str = ""
    required: bool = True
