"""The calls a provider still answers today, counted from its own midnight.
How a spent quota is said stands in refusals."""

import threading
from collections import Counter
from datetime import date, datetime
from zoneinfo import ZoneInfo

from seongsu_assets.sources.providers import PROVIDERS

_ZONES = {provider.name: ZoneInfo(provider.timezone) for provider in PROVIDERS}


class Quota(dict[str, int]):
    """Calls a day by provider; one that is not listed answers without end."""

    def __init__(self) -> None:
        super().__init__()
        self._spent: Counter[tuple[str, date]] = Counter()
        self._lock = threading.Lock()

    def spend(self, provider: str, at: datetime, calls: int = 1) -> bool:
        """Whether the day's allowance still has room for this. A refused call costs nothing."""
        day = provider, at.astimezone(_ZONES[provider]).date()
        with self._lock:
            if provider in self and self._spent[day] + calls > self[provider]:
                return False
            self._spent[day] += calls
            return True
