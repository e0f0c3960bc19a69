"""What a secret of this project looks like, as a detector of detect-secrets.
Keys of other services are known to detect-secrets itself; nothing is scanned here."""

import re
from collections.abc import Generator, Iterable

from detect_secrets.plugins.base import RegexBasedDetector

#: Settings whose value is a secret, as `.env.example` names them.
_SETTING = (
    r"(?:SEONGSU_\w*KEY\w*|SEONGSU_ALERTS|SEONGSU_PING_URL|SUPABASE_\w*KEY|AWS_SECRET_ACCESS_KEY)"
)


class OwnSecret(RegexBasedDetector):
    """The value of a secret setting in any file, and a key within a source's address."""

    secret_type = "Secret of this project"  # nosec B105  # noqa: S105 - a kind of it

    @property
    def denylist(self) -> Iterable[re.Pattern[str]]:
        return (
            re.compile(_SETTING + r"[\"']?\s*[=:]\s*[\"']?([^\s\"'#$<{(]{12,})"),
            re.compile(r"seoul\.go\.kr(?::\d+)?/(?:api/subway/)?([0-9a-f]{24,})/"),
            re.compile(r"(?:serviceKey|authKey)=([\w%+/=-]{20,})"),
        )

    def analyze_string(self, string: str) -> Generator[str, None, None]:
        for pattern in self.denylist:
            yield from pattern.findall(string)
