"""Every threshold of promotion, drift and retraining, each with where it comes from.
No rule and no arithmetic here; what a forecast is made of is the domain's plan."""

from dataclasses import dataclass

from seongsu_assets.plan import Plan


@dataclass(frozen=True)
class Belief:
    """When a candidate's scores are believed at all; see `evidence`."""

    #: Share of the slots with features and truth for which the candidate must have a forecast. A
    #: slot may be missing where last week's is, which the comparison needs too.
    complete: float = 0.95
    #: The stored model has learned from the days on which it is examined, so it errs less there
    #: than its evaluation did. That it errs more is a sign of features it will not have.
    served: float = 1.10
    #: The same fit on features remade from what was known gives the same error, but for where the
    #: history begins. A claim below this share of it knew more than could be known.
    replayed: float = 0.95
    #: A claim so many times that error was made by a model that learned something else: labels out
    #: of place still leave what the dynamic model knows, which alone beats seasonal naive.
    spoilt: float = 1.20
    #: Knowing the true total of each day still leaves 0.36 of seasonal naive's error, 0.32 over a
    #: year with its festivals: less than this has not been forecast.
    floor: float = 0.15
    #: All forecasts over all that came.
    level: tuple[float, float] = (0.67, 1.5)


@dataclass(frozen=True)
class Promotion:
    """How much better is better; shares of the champion's error."""

    #: Days since the champion learned: fewer say nothing.
    unseen_days: int = 14
    #: The newest days, on which a challenger must be better; those before are the reference, on
    #: which it must not be worse.
    recent_days: int = 28
    margin: float = 0.01
    tolerance: float = 0.01
    #: The share of slots that are the busiest ones.
    busiest: float = 0.10
    #: Of the 80 % interval, wide enough for eight weeks with a holiday in them.
    coverage: tuple[float, float] = (0.70, 0.92)
    #: One-sided: with equal models a day-paired mean exceeds this many errors in 5 % of cases.
    confidence: float = 1.645
    #: A challenger that learned from so many more days need only be not worse.
    refresh_days: int = 28
    #: Days of a period.
    step: int = 1

    @classmethod
    def of(cls, plan: Plan) -> "Promotion":
        """Of days, or of weeks: two of them say nothing, and four are no season to be better in. Of
        some twenty weeks in a row the covered share has a standard error of 0.08 and more."""
        if plan.step == 1:
            return cls()
        return cls(unseen_days=28, recent_days=91, coverage=(0.60, 0.97), step=plan.step)


@dataclass(frozen=True)
class Drift:
    """What is compared, and from where on it is drift. Tuned on Seongsu, January to August 2024,
    with a champion of the month before."""

    recent_days: int = 14
    #: Where the same weeks a year before are not held, and to measure how far this year is from it.
    before_days: int = 84
    #: Days on either side of the same weeks a year before that count as the same season.
    season_days: int = 14
    #: Fewer days than this say nothing yet.
    enough_days: int = 7
    #: Live error over the promised one. A fortnight of ordinary days came to 1.57 at most; a level
    #: that jumps by a quarter comes to 2.5 within eight days.
    error_force: float = 2.5
    error_reactive: float = 1.6
    #: Of the 80 % interval. Ordinary fortnights cover 0.66 and more nine times in ten.
    coverage: float = 0.60
    #: In logs. Ordinary fortnights stay within 0.11.
    shift: float = 0.15
    #: Of samples that go together by days, so the usual marks of 0.1 and 0.25 say nothing: ordinary
    #: fortnights come to 2.1, all rows in one bin of five to 5.5.
    psi_level: float = 3.0
    #: Of two mean days. Ordinary fortnights stay below 0.004; a fifth of the peaks moved to the
    #: middle of the day comes to 0.04, everything an hour later to 0.26.
    psi_shape: float = 0.02
    #: Days of a period.
    step: int = 1

    @classmethod
    def of(cls, plan: Plan) -> "Drift":
        """Of days, or of weeks: eight of them, against half a year, by the very weeks around."""
        if plan.step == 1:
            return cls()
        return cls(recent_days=56, before_days=182, season_days=14, enough_days=28, step=plan.step)


@dataclass(frozen=True)
class Retraining:
    """When a verdict asks for training."""

    #: What a training has learned from since then is too little to try again.
    rest_days: int = 3
    #: A champion this old is trained anew whatever is measured.
    old_days: int = 42
