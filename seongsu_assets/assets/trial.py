"""What a challenger's trial needs, gathered from the warehouse.
The trial itself is in `forecasting.trial`; nothing is written here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from seongsu_assets.assets import lineage
from seongsu_assets.assets.features import build, counted, parts
from seongsu_assets.domain import Domain, Window
from seongsu_assets.errors import ModelError, NotEnoughHistory
from seongsu_assets.forecasting import baselines, evidence, learners, learning, trial
from seongsu_assets.forecasting.evidence import Held
from seongsu_assets.forecasting.promotion import Decision
from seongsu_assets.forecasting.trial import Champion
from seongsu_assets.settings import settings
from seongsu_assets.warehouse import features, judging, models, observations
from seongsu_assets.warehouse.postgres import Connection


@dataclass(frozen=True)
class Court:
    """Where a trial is held."""

    conn: Connection
    domain: Domain
    dataset: str

    def judge(self, challenger: str, champion: str | None) -> Decision:
        """The decision about `challenger`. A champion that cannot be scored is as good as none."""
        stored = models.load(self.conn, challenger)
        claimed = stored.evaluation[stored.evaluation.series == self.domain.total]
        lag = self.domain.lateness.lag_days
        try:
            held = self._held(stored, claimed)
        except (ModelError, NotEnoughHistory) as error:
            return Decision("reject", f"it cannot be examined: {error}", {})
        try:
            serving = Champion(champion, self._model(champion)) if champion else None
            return trial.hold(challenger, claimed, held, serving, self.domain.plan, lag_days=lag)
        except ModelError as error:
            alone = trial.hold(challenger, claimed, held, None, self.domain.plan, lag_days=lag)
            return replace(alone, reason=f"the champion cannot be scored ({error}); {alone.reason}")

    def _held(self, stored: models.StoredModel, claimed: pd.DataFrame) -> Held:
        """Features made again origin by origin, and what the stored model and one that is fitted
        anew say of them. The new one has learned up to the middle of the evaluation."""
        trained_to = pd.Timestamp(stored.trained_to)
        origins = evidence.origins_due(claimed, trained_to)
        if not origins:
            raise ModelError("it has no evaluation", remedy="train it anew")
        rows = pd.concat(self._features(origins), ignore_index=True)
        middle = origins[len(origins) // 2]
        # What came since is no part of what it claims, and was no part of what it could learn.
        counts = observations.read(self.conn, self.dataset, last=stored.trained_to)
        whole = baselines.with_total(counts, self.domain.series, self.domain.total)
        return Held(
            features=rows,
            counts=whole[whole.series == self.domain.total],
            served=self._model(stored.model_id).predict(rows),
            replayed=self._learned_again(stored.model_id, counts, middle).predict(
                rows[rows.origin >= middle]
            ),
            trained_to=trained_to,
        )

    def _features(self, origins: Sequence[pd.Timestamp]) -> Iterator[pd.DataFrame]:
        """As they are made of each origin from nothing newer."""
        asked = Window(origins[0].date(), origins[-1].date())
        counts = counted(self.conn, self.domain, self.dataset, asked)
        reach = pd.Timedelta(days=self.domain.plan.reach_days)
        for origin in origins:
            known = counts[counts["business_date"].between(origin - reach, origin)]
            day = Window(origin.date(), origin.date())
            yield from parts(self.conn, self.domain, self.dataset, day, counts=known)

    def _learned_again(
        self, challenger: str, counts: pd.DataFrame, origin: pd.Timestamp
    ) -> learners.Model:
        """A model fitted on the features held, with the truths that were known at `origin`."""
        plan, kind = self.domain.plan, learners.of(self.domain.plan)
        held = self._learned_from(lineage.training_window(self.domain, origin.date()))
        known = counts[
            counts.business_date <= origin + plan.span(1 - self.domain.lateness.lag_days)
        ]
        kept = judging.read(self.conn, challenger) if kind.lesson else None
        # The evaluation's own model, if it learned from the very same: a fit would make it again.
        if kind.lesson and kept and kept[1].get("learned") == kind.lesson(held, known, plan):
            return learners.read(*kept)
        return kind.fit(held, known, plan, total=self.domain.total, threads=settings().threads)

    def _learned_from(self, window: Window) -> pd.DataFrame:
        """The features held of a window. What is older than the first of them is made now: a young
        platform has made none for so long ago, and a festival may lie there."""
        plan = self.domain.plan
        every = learning.phase(plan)
        held = features.read(self.conn, self.dataset, window, every, learning.few(plan))
        first = window.last if held.empty else held["origin"].min().date()
        oldest = max(window.first, self.domain.cadence.start)
        if first <= oldest:
            return held
        older = Window(oldest, self.domain.cadence.later(first, -1))
        made = build(self.conn, self.domain, self.dataset, older, every)
        return held if made.empty else pd.concat([made, held], ignore_index=True)

    def _model(self, model_id: str) -> learners.Model:
        stored = models.load(self.conn, model_id)
        return learners.read(stored.booster, stored.metadata)
