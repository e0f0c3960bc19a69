"""The one policy of daily sources: which days are asked for, and what it means to get nothing.
No address, no envelope and no record here."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from threading import Lock
from zoneinfo import ZoneInfo

from seongsu_assets.domain import Payload, Terms, Window
from seongsu_assets.errors import KeyRefused, NoData, Outage, QuotaSpent, SourceError
from seongsu_assets.outside import Absence, Meaning, Web

#: Each outage was already asked several times: two in a row are no accident.
_OUTAGES = 2


def by_day(
    terms: Terms,
    window: Window,
    web: Web,
    ask: Callable[[date], Payload],
    zone: str = "Asia/Seoul",
) -> Iterator[Payload | Absence]:
    """What `ask` brings of each day of `window` that is over, in order, or why there is nothing.

    Without a key nothing at all. What a source has forgotten is not asked for, nor is anything
    once the source refuses the key, has spent its calls or is out. Errors that no source made are
    raised."""
    if not web.has_key(terms.provider):
        return
    today = web.now().astimezone(ZoneInfo(zone)).date()
    asked = list[date]()
    for day in window.days():
        if terms.keeps_days is not None and (today - day).days > terms.keeps_days:
            yield Absence(day, "gone", f"the source keeps {terms.keeps_days} days")
        elif day < today:
            asked.append(day)
    circuit = _Circuit(terms, today, ask)
    # The first day alone, so that a bad key costs one call and not as many as run at once.
    for days in (asked[:1], asked[1:]):
        yield from web.each(terms.provider, circuit.ask, days)


def request_of(service: str, day: date) -> str:
    """The name of a day's payload: what was asked for, without host and key."""
    return f"{service}/{day:%Y%m%d}"


def day_of(request: str) -> date:
    """The day that a payload was asked for. SourceError when `request` names none."""
    try:
        return datetime.strptime(request.rpartition("/")[2], "%Y%m%d").date()  # noqa: DTZ007 - no zone in a day
    except ValueError as error:
        raise SourceError(f"{request} names no day", remedy="fetch it again") from error


class _Circuit:
    """Asks until there is a reason to stop. Calls that are under way when it opens still count as
    what they are: what has arrived is never thrown away."""

    def __init__(self, terms: Terms, today: date, ask: Callable[[date], Payload]) -> None:
        self._terms, self._today, self._ask = terms, today, ask
        self._lock = Lock()
        self._outages = 0
        self._open: tuple[Meaning, str] | None = None

    def ask(self, day: date) -> Payload | Absence:
        """Called from several threads at once."""
        if self._open:
            meaning, reason = self._open
            return Absence(day, meaning, f"not asked: {reason}")
        try:
            answer: Payload | Absence = self._ask(day)
        except SourceError as error:
            answer = Absence(day, self._meaning(day, error), str(error))
        self._learn(answer)
        return answer

    def _meaning(self, day: date, error: SourceError) -> Meaning:
        match error:
            case Outage():
                return "outage"
            case KeyRefused():
                return "bad key"
            case QuotaSpent():
                return "quota"
            case NoData() if (self._today - day).days <= self._terms.due_days:
                return "not due"
            case NoData():
                return "late"
            case _:
                return "refused"

    def _learn(self, answer: Payload | Absence) -> None:
        meaning = answer.meaning if isinstance(answer, Absence) else None
        with self._lock:
            self._outages = self._outages + 1 if meaning == "outage" else 0
            final = meaning in {"bad key", "quota"} or self._outages == _OUTAGES
            if isinstance(answer, Absence) and final and not self._open:
                self._open = answer.meaning, answer.detail
