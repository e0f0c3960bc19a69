"""What people are told of a symptom: a title in a few words, and a body that says what to do.
Where it is sent is not known here."""

from datetime import timedelta
from typing import Literal

from seongsu_assets.incidents.kinds import KINDS
from seongsu_assets.incidents.symptom import Symptom

Phase = Literal["opened", "reminder", "closed", "news"]
_LEAD: dict[Phase, str] = {
    "opened": "",
    "reminder": "Still open: ",
    "closed": "Recovered: ",
    "news": "",
}
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def title(phase: Phase, symptom: Symptom) -> str:
    """One line: the domain, the kind in words, and what it is about."""
    about = f": {symptom.subject}" if symptom.subject else ""
    return f"[{symptom.domain}] {_LEAD[phase]}{KINDS[symptom.kind].title}{about}"


def body(phase: Phase, symptom: Symptom, lasted: timedelta | None = None) -> str:
    """What it is, how long it has `lasted`, what to do, where to look; one line each."""
    lines = [symptom.what]
    if lasted is not None:
        lines.append(f"{'It lasted' if phase == 'closed' else 'It has lasted'} {_span(lasted)}.")
    if phase != "closed":
        lines.append(f"What to do: {remedy(symptom)}")
    if symptom.link:
        lines.append(f"Look at: {symptom.link}")
    lines.append(f"Runbook: docs/runbook.md#{symptom.kind}")
    return "\n".join(lines)


def remedy(symptom: Symptom) -> str:
    """Its own remedy or its kind's, for its domain."""
    return symptom.remedy or KINDS[symptom.kind].remedy.replace("DOMAIN", symptom.domain)


def owner(symptom: Symptom) -> str:
    """Its own owner or its kind's."""
    return symptom.owner or KINDS[symptom.kind].owner


def _span(lasted: timedelta) -> str:
    if lasted >= 2 * _DAY:
        return f"{lasted // _DAY} days"
    if lasted >= 2 * _HOUR:
        return f"{lasted // _HOUR} hours"
    return f"{lasted // timedelta(minutes=1)} minutes"
