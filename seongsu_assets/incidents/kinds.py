"""Every kind of incident and of news: how grave it is, what it is called and what helps.
How each is found is not said here; docs/runbook.md has an entry for each."""

from dataclasses import dataclass
from typing import Literal

DATA, ML = "team:data", "team:ml"


@dataclass(frozen=True)
class Kind:
    """`page`: somebody should look now. `warn`: today. `news`: told once and never open."""

    name: str
    severity: Literal["page", "warn", "news"]
    title: str
    remedy: str
    owner: str = DATA


_ALL = (
    Kind(
        "data_late",
        "warn",
        "Data is late",
        "`seongsu status` says why; `seongsu backfill DOMAIN --from DAY --to DAY` asks again",
    ),
    Kind(
        "data_about_to_be_lost",
        "page",
        "Data is about to be lost",
        "`seongsu backfill DOMAIN --from DAY --to DAY` before the source forgets it",
    ),
    Kind(
        "data_lost",
        "news",
        "Data is lost",
        "`seongsu import FILES` of a yearly file, once it is out",
    ),
    Kind(
        "day_refused",
        "warn",
        "A day is refused",
        "`seongsu status` names the claim and the place; `seongsu import FILES` with a better file",
    ),
    Kind(
        "file_refused",
        "warn",
        "A file cannot be read",
        "put a whole file of a known shape in its place, or `seongsu import FILES`",
    ),
    Kind(
        "contract_broken",
        "page",
        "A source has changed its contract",
        "compare the newest answer with the claims; mend the reader, then `seongsu reread DOMAIN`",
    ),
    Kind(
        "gap_given_up",
        "page",
        "A gap is given up",
        "read its runs, then `seongsu backfill DOMAIN --from DAY --to DAY`",
    ),
    Kind(
        "run_failed",
        "page",
        "A run failed",
        "read the run's page, then `seongsu run DOMAIN`",
    ),
    Kind(
        "check_failed",
        "warn",
        "A check failed",
        "read the check on the asset's page; `seongsu status` says what to run",
    ),
    Kind(
        "forecast_stale",
        "page",
        "The forecast is stale",
        "`seongsu run DOMAIN`",
    ),
    Kind(
        "forecast_degraded",
        "warn",
        "The forecast is not the champion's",
        "`seongsu status` says why; `seongsu run DOMAIN` trains and issues anew",
        ML,
    ),
    Kind(
        "forecast_worse",
        "warn",
        "The forecast is worse than promised",
        "look at the newest days and at the retraining; `seongsu backtest DOMAIN` compares",
        ML,
    ),
    Kind(
        "drift",
        "warn",
        "The model needs training",
        "nothing: a challenger is trained; look at its decision",
        ML,
    ),
    Kind(
        "channel_dead",
        "page",
        "A channel of alerts is dead",
        "mend its entry in SEONGSU_ALERTS, or the place that it names",
    ),
    Kind(
        "daemon_dead",
        "page",
        "Dagster's daemon is dead",
        "read logs/daemon.log under SEONGSU_HOME, then `seongsu up` again",
    ),
    Kind(
        "sensor_silent",
        "warn",
        "A sensor is silent",
        "read its ticks on its page in Dagster, then `seongsu up` again",
    ),
    Kind(
        "quota_spent",
        "warn",
        "A provider's calls are used up",
        "nothing before its midnight; a larger quota if it comes again",
    ),
    Kind(
        "key_refused",
        "page",
        "A provider refuses the key",
        "renew the key in `.env`, then `seongsu up` again; `seongsu doctor` tries it",
    ),
    Kind(
        "champion_promoted",
        "news",
        "A new champion",
        "nothing: it makes the next forecast",
        ML,
    ),
    Kind(
        "challenger_rejected",
        "news",
        "A challenger was rejected",
        "nothing: the champion stays",
        ML,
    ),
    Kind(
        "challenger_kept",
        "news",
        "The champion was kept",
        "nothing: the challenger was no better",
        ML,
    ),
    Kind(
        "inventory",
        "news",
        "What is still open",
        "`seongsu status`",
    ),
)

KINDS: dict[str, Kind] = {kind.name: kind for kind in _ALL}
