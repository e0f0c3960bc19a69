"""`seongsu status`: what is late, wrong or broken, and what to run again, on one screen.
The facts are gathered in `standing`."""

from collections.abc import Iterator

import pandas as pd

from seongsu_assets.cli import app, show
from seongsu_assets.cli.arguments import AsJson
from seongsu_assets.cli.receipts import span
from seongsu_assets.cli.session import session
from seongsu_assets.domain import Cadence, Window
from seongsu_assets.domains import DOMAINS
from seongsu_assets.incidents.kinds import KINDS
from seongsu_assets.standing import Platform, Standing, platform, standing
from seongsu_assets.warehouse.incidents import Incident
from seongsu_assets.warehouse.location import open_url
from seongsu_assets.warehouse.postgres import connect

#: Ranges of days that one line names, and incidents that the screen does.
NAMED, OPEN = 2, 5


@app.command()
def status(json: AsJson = False) -> None:
    """What is late, wrong or broken in each domain, and what to run again."""
    with session() as instance, connect(open_url()) as conn:
        found = [standing(conn, instance, domain) for domain in DOMAINS.values()]
        common = platform(conn)
    known = [each for each in found if each is not None]
    if json:
        show.as_json([vars(each) | {"platform": vars(common)} for each in known])
        return
    if not known:
        show.console.print(f"nothing was loaded yet: `seongsu run {next(iter(DOMAINS))}`")
    for each in known:
        show.sample_banner(generated=each.sample)
        _tell(each)
    show.facts("the platform", _common(common))


def _tell(found: Standing) -> None:
    show.facts(found.domain, _facts(found))
    if found.refused:
        title = f"refused, the newest {len(found.refused)} of {found.refused_days} days"
        show.frame_table(title, pd.DataFrame(found.refused), whole=("day",))
    show.frame_table("where the numbers come from", _origins(found), whole=("source",))
    if found.contracts_broken:
        broken = pd.DataFrame(found.contracts_broken)[["source", "claim", "observed", "payload"]]
        show.frame_table("contracts broken by the newest payload", broken)
    if found.accuracy:
        ahead = f"{DOMAINS[found.domain].cadence.period}s ahead"
        show.frame_table(f"how right, by {ahead}", _accuracy(found, ahead))


def _facts(found: Standing) -> Iterator[tuple[str, str]]:
    """What is asked of the screen, one line each."""
    yield "data through", _aged(found.data_through, found.data_age_days)
    cadence = DOMAINS[found.domain].cadence
    yield "not there yet", _windows(found.late, cadence) or "nothing"
    if found.estimated_days:
        yield (
            "estimated",
            f"{found.estimated_days} days from their totals; no hour of them is scored",
        )
    for day in found.alarming:
        yield (
            "about to be lost",
            f"{day.business_date}, until {day.until:%Y-%m-%d %H:%M}: {day.why}",
        )
    if found.lost:
        yield "lost for ever", f"{_windows(found.lost, cadence)}; only a yearly file can fill them"
    if found.waiting:
        yield "waits to settle", _windows(found.waiting, cadence)
    yield "forecast of", f"{found.forecast_of or 'never'}" + _by(found)
    yield "champion", _champion(found)
    for broken in found.broken:
        moment = f"{broken['at']:%Y-%m-%d %H:%M} UTC"
        yield "broken", f"{broken['stage']}, {moment}, run {broken['run'][:8]}: {broken['why']}"
    yield from _open(found.open)
    for command in found.run_again or ["nothing"]:
        yield "run again", command


def _common(found: Platform) -> Iterator[tuple[str, str]]:
    """What belongs to no domain; who was never seen says nothing."""
    seen = [f"{name} {moment:%m-%d %H:%M} UTC" for name, moment in found.beats.items()]
    yield "seen alive", ", ".join(seen) or "nobody watches: `seongsu up`, or `seongsu watch`"
    yield from _open(found.open)


def _open(found: list[Incident]) -> Iterator[tuple[str, str]]:
    """The newest of what is open."""
    for each in found[-OPEN:]:
        moment = f"{each.opened_at:%m-%d %H:%M} UTC"
        yield "open", f"{KINDS[each.kind].title}, since {moment}: {each.subject}"
    if len(found) > OPEN:
        yield "open", f"and {len(found) - OPEN} more, on the page `status` in Dagster"


def _aged(day: object, age: int | None) -> str:
    if day is None:
        return "no accepted hour yet"
    return f"{day}, {'up to date' if not age else f'{age} days behind'}"


def _by(found: Standing) -> str:
    if found.issued_at is None:
        return ""
    return f" by {found.tier}, issued {found.issued_at:%Y-%m-%d %H:%M} UTC"


def _champion(found: Standing) -> str:
    if found.champion is None:
        return "none: the usual profile serves"
    if found.champion_problem:
        return found.champion_problem
    learned = _aged(found.champion_trained_to, found.champion_age_days)
    return f"{found.champion}, learned through {learned}"


def _windows(windows: list[Window], cadence: Cadence) -> str:
    more = f" and {len(windows) - NAMED} more ranges" if len(windows) > NAMED else ""
    return ", ".join(span(window, cadence) for window in windows[-NAMED:]) + more


def _accuracy(found: Standing, ahead: str) -> pd.DataFrame:
    """Per cent, as people say it."""
    rows = pd.DataFrame(found.accuracy)
    return pd.DataFrame(
        {
            ahead: rows.horizon,
            "hours": rows.hours,
            "our error %": (100 * rows.wape).round(1),
            "same hour last week %": (100 * rows.naive_wape).round(1),
            "inside the range %": (100 * rows.inside).round(0),
        }
    )


def _origins(found: Standing) -> pd.DataFrame:
    """Each source in a line; empty where it told nothing."""
    rows = pd.DataFrame(found.sources)
    return pd.DataFrame(
        {
            "source": rows.source,
            "newest": [day or "" for day in rows.newest],
            "hours in force": [f"{n:,}" if n else "" for n in rows.hours],
            "estimated": [f"{n:,}" if n else "" for n in rows.estimated],
            "state": rows.state,
        }
    )
