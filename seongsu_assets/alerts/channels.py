"""The channels: places that messages go to, and which of them hears whose.
Nothing is sent here. An address is a secret, whatever it looks like."""

import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import SecretStr

from seongsu_assets.alerts import hearing

#: An owner before an address: `team:data=slack://...`.
_OWNED = re.compile(r"(?:([\w.:@+-]+)=)?([a-z0-9]+://.*)", re.IGNORECASE)


@dataclass(frozen=True)
class Channel:
    """`name` tells nothing of the address. `owner`: whose messages it hears; empty: everybody's.
    `service` sends; None where the address cannot be used."""

    name: str
    owner: str
    service: Any = field(repr=False, compare=False)


def channels(entries: SecretStr | None) -> list[Channel]:
    """One for each entry of the setting, in its order."""
    found: list[Channel] = []
    written = entries.get_secret_value().split() if entries else []
    for number, entry in enumerate(written, 1):
        matched = _OWNED.fullmatch(entry)
        service = _service(matched[2]) if matched else None
        if not matched or service is None:
            found.append(Channel(f"entry {number}", "", None))
            continue
        name = f"{_kind(service)} for {matched[1] or 'everyone'}"
        same = sum(each.name == name or each.name.startswith(f"{name} ") for each in found)
        found.append(Channel(f"{name} {same + 1}" if same else name, matched[1] or "", service))
    return found


def hearers(places: Sequence[Channel], owner: str, but: str = "") -> list[Channel]:
    """The usable channels that hear a message of `owner`, all where none hears that owner; never
    the one named `but`."""
    usable = [each for each in places if each.service is not None and each.name != but]
    return [each for each in usable if each.owner in {"", owner}] or usable


def _service(address: str) -> Any:
    """What apprise makes of the address, or None."""
    import apprise

    # An address that is sent on to another place is not the one that was given.
    asset = apprise.AppriseAsset(http_redirects=False)
    with hearing.listening(), warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # apprise loads a module that will go
        try:
            service: Any = apprise.Apprise.instantiate(address, asset=asset)
        except Exception:  # noqa: BLE001 - its words may hold the address; the entry is told as dead
            return None
    if service is not None and service.overflow_mode == apprise.OverflowMode.UPSTREAM:
        service.overflow_mode = apprise.OverflowMode.SPLIT  # a service that cuts does not say so
    return service


def _kind(service: Any) -> str:
    """slack, discord, telegram, email, json, ..."""
    return type(service).__name__.removeprefix("Notify").lower()


def unusable(places: Sequence[Channel]) -> Iterator[Channel]:
    """Entries that are no address of a channel."""
    return (each for each in places if each.service is None)
