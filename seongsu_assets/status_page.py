"""The operator's page: what is late, wrong or broken in every domain, and what to run, as Markdown.
It says nothing that moves by itself, so that it changes only when something does."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import dagster as dg

from seongsu_assets.domain import Domain, Window
from seongsu_assets.incidents.kinds import KINDS
from seongsu_assets.standing import Platform, Standing, platform, standing
from seongsu_assets.warehouse.incidents import Incident
from seongsu_assets.warehouse.postgres import Connection

#: Lines of what is open, ranges in a line and letters in a cell that one screen holds.
LINES, NAMED, LONG = 12, 3, 240
#: The watcher looks every minute; silent for so long it is dead.
SILENT = timedelta(minutes=10)
_GRAVE = {"page": "**now**", "warn": "today", "news": ""}


def status_page(
    conn: Connection, instance: dg.DagsterInstance, domains: Sequence[Domain], now: datetime
) -> str:
    """The page of all domains, what needs somebody first."""
    parts = [
        _domain(domain, standing(conn, instance, domain), ZoneInfo(domain.cadence.timezone))
        for domain in domains
    ]
    return "\n\n".join([*parts, _platform(platform(conn), now, domains)]) + "\n"


def _domain(domain: Domain, found: Standing | None, zone: ZoneInfo) -> str:
    head = f"## {domain.title}"
    if found is None:
        return f"{head}\n\nNothing was loaded yet: `seongsu run {domain.name}`"
    rows = "\n".join(f"| {name} | {_cell(told)} |" for name, told in _facts(found, zone))
    sample = "Sample data: generated, not measured.\n\n" if found.sample else ""
    return f"{head}\n\n{sample}{_open(found.open, zone)}\n\n| | |\n|---|---|\n{rows}"


def _open(found: list[Incident], zone: ZoneInfo) -> str:
    """What is wrong, the gravest first, then the oldest."""
    if not found:
        return "**Nothing is wrong.**"
    order = {severity: place for place, severity in enumerate(_GRAVE)}
    ranked = sorted(found, key=lambda each: (order[KINDS[each.kind].severity], each.opened_at))
    lines = [_line(each, zone) for each in ranked[:LINES]]
    if len(found) > LINES:
        lines.append(f"- and {len(found) - LINES} more: `seongsu status` lists them")
    return "\n".join([f"**{len(found)} open.**", "", *lines])


def _line(each: Incident, zone: ZoneInfo) -> str:
    """A list, as Dagster shows a table of five columns without its last one."""
    kind, since = KINDS[each.kind], _moment(each.opened_at, zone)
    named = f"{kind.title}: {_cell(each.subject)}" if each.subject else kind.title
    head = f"- {_GRAVE[kind.severity]}, since {since}: **{named}**"
    return f"{head}. {_cell(each.what)}{_link(each)}\n  - {_cell(each.remedy)}"


def _facts(found: Standing, zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    """Where the domain stands, one line each; only what there is to say."""
    yield "data through", _aged(found.data_through, found.data_age_days)
    issued = f", issued {_moment(found.issued_at, zone)}" if found.issued_at is not None else ""
    yield "forecast of", f"{found.forecast_of or 'never'} by {found.tier or 'nobody'}{issued}"
    yield "champion", _champion(found)
    if found.late:
        yield "not there yet", _windows(found.late)
    if found.waiting:
        yield "waits to settle", _windows(found.waiting)
    for day in found.alarming[:NAMED]:
        yield "about to be lost", f"{day.business_date}, forgotten {day.until}: {day.why}"
    if found.lost:
        yield "lost for ever", f"{_windows(found.lost)}; only a yearly file can fill them"
    if found.refused:
        newest = "the newest {day}: {why} ({where})".format(**found.refused[0])
        yield "refused", f"{found.refused_days} days, {newest}"
    for broken in found.broken:
        yield "broken", f"{broken['stage']}, run {broken['run'][:8]}: {broken['why']}"
    yield "run", "; ".join(f"`{command}`" for command in found.run_again) or "nothing"


def _platform(found: Platform, now: datetime, domains: Sequence[Domain]) -> str:
    zone = ZoneInfo(domains[0].cadence.timezone) if domains else ZoneInfo("UTC")
    seen = found.beats.get("watch")
    if seen is None:
        alive = "The watcher was never seen: nobody is told of anything. Start it: `seongsu watch`"
    elif now - seen > SILENT:
        alive = (
            f"The watcher is silent since {_moment(seen, zone)}: nobody is told of anything. "
            "Read logs/watch.log"
        )
    else:
        alive = "The watcher is alive."
    return f"## The platform\n\n{_open(found.open, zone)}\n\n{alive}"


def _aged(day: date | None, age: int | None) -> str:
    if day is None:
        return "no accepted hour yet"
    behind = "1 day behind" if age == 1 else f"{age} days behind"
    return f"{day}, {behind if age else 'up to date'}"


def _champion(found: Standing) -> str:
    if found.champion is None:
        return "none: the usual profile serves"
    learned = f"{found.champion}, learned through {found.champion_trained_to}"
    return found.champion_problem or learned


def _windows(windows: list[Window]) -> str:
    told = ", ".join(
        f"{each.first}" if each.first == each.last else f"{each.first} to {each.last}"
        for each in windows[-NAMED:]
    )
    return told + (f" and {len(windows) - NAMED} more" if len(windows) > NAMED else "")


def _moment(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def _link(incident: Incident) -> str:
    return f" [look]({incident.link})" if incident.link else ""


def _cell(text: str) -> str:
    """Text of others inside a table: no cell ends and no tag begins in it. A long one is cut, and
    shows it."""
    line = " ".join(text.split())
    line = line if len(line) <= LONG else f"{line[:LONG]} …"
    return line.replace("|", "\\|").replace("<", "&lt;")
