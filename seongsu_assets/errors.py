"""The typed errors of the platform; each says what happened, where, and what to do next.
No handling, no logging and no exit codes here."""


class SeongsuError(Exception):
    """Base of every error that a user may see. `remedy` is the next thing to do."""

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy

    def __str__(self) -> str:
        message = super().__str__()
        return f"{message} -> {self.remedy}" if self.remedy else message


class SourceError(SeongsuError):
    """A source could not be read: a torn file, an unknown shape, a refused request."""


class Unclear(SourceError):  # noqa: N818 - a state of the file
    """A file can be understood in more than one way, or in none, and nobody guesses."""


class Outage(SourceError):  # noqa: N818 - a state of the source
    """A source does not answer, or says itself that it is broken: worth asking again."""


class NoData(SourceError):  # noqa: N818 - an answer, not a fault
    """A source answered that it has nothing; whether that is right the day's due time tells."""


class KeyRefused(SourceError):  # noqa: N818 - said by the source
    """A source does not accept the key: asking again would change nothing."""


class QuotaSpent(SourceError):  # noqa: N818 - said by the source
    """The day's calls are used up; the source answers again after its midnight."""


class RequestRefused(SourceError):  # noqa: N818 - said by the source
    """A source refuses the request, or answers in a shape that was not agreed."""


class AuditError(SeongsuError):
    """Rows arrived but must not enter `observations`."""


class NotEnoughHistory(SeongsuError):  # noqa: N818 - a state of the data, not a fault
    """There is too little accepted data to train or to forecast."""


class ModelError(SeongsuError):
    """A stored model is missing, damaged or of another shape."""


class WarehouseError(SeongsuError):
    """The database is unreachable or refuses what was asked."""


class SettingError(SeongsuError):
    """A setting is not known, or lacks what it needs."""


class ClusterError(SeongsuError):
    """A process that helps to learn does not answer, or was lost: worth trying again."""


class ServiceError(SeongsuError):
    """A local service could not be started or stopped."""


class AdjustmentError(SeongsuError):
    """An adjustment cannot be entered or withdrawn as it is."""


class TooLate(AdjustmentError):  # noqa: N818 - an answer, not a fault
    """What it is about has begun."""


class NoAdjustment(AdjustmentError):  # noqa: N818 - an answer, not a fault
    """There is no such adjustment, or no forecast that it could adjust."""


class BackupError(SeongsuError):
    """A backup cannot be made, or cannot be restored from or to here."""
