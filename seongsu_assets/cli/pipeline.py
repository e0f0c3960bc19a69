"""A full run of one domain, stage by stage, in this process: what the daemon does by itself.
Each stage is a Dagster run; a stage with nothing to do is left out, as the warehouse tells."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import dagster as dg

from seongsu_assets import causes, overdue, presence, settlement
from seongsu_assets.assets.features import names_of
from seongsu_assets.assets.lineage import training_window
from seongsu_assets.cli.progress import Tell
from seongsu_assets.domain import Domain, Window, ranges
from seongsu_assets.errors import NotEnoughHistory, SeongsuError
from seongsu_assets.jobs import LISTEN, STAGES, job_name, over
from seongsu_assets.resources import AS_OF
from seongsu_assets.warehouse import arrivals, datasets, features, models, observations
from seongsu_assets.warehouse.postgres import connect

#: Every stage in the order of a full run; a stage's place in it is how far the run is.
ORDER = (LISTEN, "covariates", *STAGES)
#: Days of generated history when there is nothing else: enough for two of each festival.
SAMPLE_DAYS = 760
#: Days that one run asks a remote source for.
PART_DAYS = 92
#: What a run ends with where a check that blocks did not pass.
REFUSED = "DagsterAssetCheckFailedError"
#: A model is made anew once it is this old.
TRAIN_DAYS = 7


@dataclass(frozen=True)
class Pipeline:
    """Runs stages of one domain up to the end of `last`. `tell` hears each stage's place in ORDER
    and its name as it begins."""

    definitions: dg.Definitions
    instance: dg.DagsterInstance
    url: str
    domain: Domain
    last: date
    tell: Tell

    def run(self) -> None:
        """From the sources to the published forecast and its accuracy.

        Raises StageError when a stage failed; what was done before stays."""
        self._listen()
        self.stage("covariates")
        self._fetch(self._asked())
        self._need()
        self.prepare()
        if self._untrained():
            self._train()
        self.stage("forecast", Window(self.last, self.last))
        self.stage("publish")
        again = self.domain.lateness.refetch_days + 1
        self.stage("score", self.domain.cadence.up_to(self.last, again))
        self.stage("watch")

    def _need(self) -> None:
        """Where nothing can be generated, something must have been read, and not long ago."""
        name, days = self.domain.name, Window(self.domain.cadence.start, self.last)
        if self.domain.sample is not None:
            return
        with connect(self.url) as conn:
            read = [arrivals.held(conn, name, each.name, days) for each in self.domain.sources]
        newest = max((day for told in read for day in told), default=None)
        give = f"give it a file: `seongsu import FILE --domain {name}`"
        if newest is None:
            raise NotEnoughHistory(f"nothing of {name} was ever read", remedy=give)
        if (self.last - newest).days > self.domain.plan.look_back_days:
            raise NotEnoughHistory(
                f"the newest day of {name} is {newest}, too long before {self.last}",
                remedy=f"{give}, or forecast from then: `seongsu run {name} --as-of {newest}`",
            )

    def _train(self) -> None:
        """Too little history to learn from is no failure, nor is a challenger that its own checks
        refuse: the champion serves on, and until there is one the usual profile."""
        try:
            self.stage("train")
        except StageError as failed:
            if failed.cause not in {NotEnoughHistory.__name__, REFUSED}:
                raise
            self.tell(ORDER.index("train"), str(failed))

    def prepare(self) -> None:
        """Settle what arrived, then make the features that look back on it again."""
        self._settle()
        stale = self._stale()
        if self.domain.weather:
            stale = sorted({*stale, self.last})  # what was forecast since is no change of the past
        if stale:
            self.stage("prepare", Window(stale[0], stale[-1]))

    def settle(self, windows: Iterable[Window]) -> None:
        """Tell Dagster of arrivals that were taken in from files, and settle what waits."""
        for window in windows:
            self.stage("ingest", window)
        self._settle()

    def _settle(self) -> None:
        """Twice, as what was counted may be what a day's total waited for to be spread by."""
        for _ in range(2):
            for window in self._waiting():
                self.stage("settle", window)

    def backfill(self, window: Window) -> None:
        """Fetch a range, and rebuild what looks back on it. What was told is not asked again, so
        a backfill that was interrupted goes on where it stopped."""
        self._listen()
        self.stage("covariates")
        self._fetch(window)
        self.prepare()

    def _fetch(self, window: Window) -> None:
        """In parts where a remote source is asked, so that what arrived is kept on the way."""
        periods = self.domain.cadence.periods(window)
        step = PART_DAYS if any(map(overdue.usable, self.domain.sources)) else len(periods)
        for place in range(0, len(periods), step):
            part = periods[place : place + step]
            self.stage("ingest", Window(part[0], part[-1]))

    def _listen(self) -> None:
        if self.domain.feeds:
            self.stage(LISTEN)

    def stage(self, stage: str, window: Window | None = None) -> None:
        """One Dagster run of a stage, over a range of days where it has days."""
        place = ORDER.index(stage)
        if window:  # no partition is older
            window = Window(max(window.first, self.domain.cadence.start), window.last)
        self.tell(place, f"{stage} {window.first} to {window.last}" if window else stage)
        tags = {AS_OF: self.last.isoformat(), "domain": self.domain.name}
        tags[presence.PROCESS] = presence.name(self.instance)
        result = self.definitions.resolve_job_def(job_name(self.domain, stage)).execute_in_process(
            instance=self.instance,
            tags=tags | (over(window) if window else {}),
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            raise_on_error=False,
        )
        if not result.success:
            raise StageError(stage, result)

    def _asked(self) -> Window:
        """The days to fetch: the newest, and on the first run all there is to generate."""
        with connect(self.url) as conn:
            held = observations.bounds(conn, datasets.active(conn, self.domain))
        cadence = self.domain.cadence
        many = self.domain.lateness.refetch_days if held else SAMPLE_DAYS // cadence.step
        return cadence.up_to(self.last, many)

    def _waiting(self) -> list[Window]:
        with connect(self.url) as conn:
            days = settlement.unsettled(conn, datasets.active(conn, self.domain))
        step = self.domain.cadence.step
        return together(ranges([day for day in days if day <= self.last], step))

    def _stale(self) -> list[date]:
        """Origins whose features are missing or older than what they look back on."""
        reach = training_window(self.domain, self.last)
        with connect(self.url) as conn:
            dataset = datasets.active(conn, self.domain)
            return features.stale(conn, dataset, reach, self.domain.plan, names_of(self.domain))

    def _untrained(self) -> bool:
        with connect(self.url) as conn:
            dataset = datasets.active(conn, self.domain)
            newest = models.newest(conn, dataset)
            if newest is None or models.decided(conn, dataset, newest) is None:
                return True
            age = self.last - models.load(conn, newest).trained_to
        return abs(age.days) >= TRAIN_DAYS


class StageError(SeongsuError):
    """A stage's run failed; its root cause in one line. `cause` is the name of its class."""

    def __init__(self, stage: str, result: dg.ExecuteInProcessResult) -> None:
        cause = causes.of_events(result.all_events)
        self.cause = cause.name if cause else None
        reason = cause.reason if cause else "; ".join(_unmet(result))
        remedy = f"{cause.remedy}; " if cause and cause.remedy else ""
        super().__init__(
            f"{stage} failed: {reason}",
            remedy=f"{remedy}the whole story is run {result.run_id[:8]} in Dagster",
        )


def _unmet(result: dg.ExecuteInProcessResult) -> Iterator[str]:
    for evaluation in result.get_asset_check_evaluations():
        if not evaluation.passed:
            yield f"check {evaluation.check_name} did not pass"


def together(windows: list[Window], nearer_than: int = 31) -> list[Window]:
    """Windows with small holes between them as one: a run more costs more than a quiet day."""
    merged: list[Window] = []
    for window in windows:
        if merged and (window.first - merged[-1].last).days <= nearer_than:
            merged[-1] = Window(merged[-1].first, window.last)
        else:
            merged.append(window)
    return merged
