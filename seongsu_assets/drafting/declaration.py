"""The declaration of a drafted domain, as code that its owner reads and changes.
What must be true of its data is in `claims`."""

from seongsu_assets.domain import Slot
from seongsu_assets.drafting.draft import Draft
from seongsu_assets.drafting.python import (
    WIDTH,
    call,
    fitted,
    literal,
    plain,
    quoted,
    sequence,
    span,
)
from seongsu_assets.plan import Plan
from seongsu_assets.sources.long_table import Columns

#: The two countries with a calendar of their own: module, name, and what it knows.
OWN = {
    "KR": ("calendar", "korean_calendar", "Festivals, other holidays, bridge days."),
    "FR": ("french_calendar", "french_calendar", "Public holidays, bridge days, school breaks."),
}


def declaration(known: Draft) -> str:
    """The module's text."""
    constant, (module, names, build, told) = known.name.upper(), _calendar(known.wishes.country)
    rows = "by the hour" if known.hourly else "by the day"
    return f'''"""{plain(known.title)}: {plain(known.unit)} {rows}, as {plain(known.file)} tells it.
Declarations only; nothing here computes."""

from datetime import date

from seongsu_assets.domain import Cadence, Covariate, Domain, Lateness, Levels, Slot
from seongsu_assets.domains.{known.name}_expectations import EXPECTATIONS
from seongsu_assets.plan import Plan
from seongsu_assets.settings import settings
{_imports(module, names)}

{_optional(known.nature.slots)}{constant} = {_domain(known, build, told)}
'''


def _imports(module: str, names: str) -> str:
    lines = {
        f"from seongsu_assets.sources.{module} import {names}",
        "from seongsu_assets.sources.long_table import Columns, LongFiles",
    }
    return "\n".join(sorted(lines))


def _calendar(country: str) -> tuple[str, str, str, str]:
    """Module, what is imported of it, what builds the calendar, and what it knows."""
    if not country:
        return "plain_calendar", "plain_calendar", "plain_calendar", "Nothing is ever closed."
    if country in OWN:
        module, name, told = OWN[country]
        return module, name, name, told
    build = f"CountryCalendar({quoted(country)})"
    return "country_calendar", "CountryCalendar", build, "Public holidays and the days beside them."


def _domain(known: Draft, build: str, told: str) -> str:
    seen, deep = known.nature, "    "
    folder = f'settings().root / "inbox" / {quoted(known.name)}'
    zone, start = quoted(known.columns.timezone), seen.window.first
    cadence = [
        f"timezone={zone}",
        f"start=date({start.year}, {start.month}, {start.day})",
        f"slots={_slots(seen.slots, deep * 2)}",
    ]
    files = call("LongFiles", [folder, _columns(known.columns, deep * 3)], deep * 2)
    panel = [] if seen.series else [f"fewest={seen.fewest}"]
    return call(
        "Domain",
        [
            f"name={quoted(known.name)}",
            f"title={quoted(known.title)}",
            f"unit={quoted(known.unit)}",
            call("cadence=Cadence", cadence, deep),
            f"series={_names(seen.series)}",
            *panel,
            f"total={quoted(known.total)}",
            f"sources=[\n{deep * 2}{files},\n{deep}]",
            f"covariates={_covariates(build, told)}",
            "expectations=EXPECTATIONS",
            "lateness=Lateness(lag_days=1, refetch_days=7, issue_hour=7)",
            'levels=Levels(names=("low", "usual", "high", "very high"))',
            f"plan={_plan(known.plan)}",
        ],
    )


def _covariates(build: str, told: str) -> str:
    parts, deep = [quoted("calendar"), build, quoted(told)], " " * 8
    one = f"({fitted('Covariate', parts)},)"
    fits = "\n" not in one and len("    covariates=") + len(one) < WIDTH
    return one if fits else f"(\n{deep}{fitted('Covariate', parts, deep)},\n    )"


def _names(series: tuple[str, ...]) -> str:
    return sequence([quoted(name) for name in series]) if series else "()"


def _loose(slots: tuple[Slot, ...]) -> list[int]:
    """The hours that a day need not have."""
    return [slot.hour for slot in slots if slot.optional]


def _optional(slots: tuple[Slot, ...]) -> str:
    """The constant that names them, where there are any."""
    hours = [str(hour) for hour in _loose(slots)]
    told = "#: Hours that a day need not have: clocks leap over them, or they are often missing."
    return f"{told}\nOPTIONAL = {sequence(hours)}\n\n" if hours else ""


def _slots(slots: tuple[Slot, ...], indent: str) -> str:
    """One slot a day, or the hours as they are: a rule where it fits a line."""
    hours = [slot.hour for slot in slots]
    if len(slots) == 1:
        return f"(Slot({hours[0]}, hours={slots[0].hours}),)"
    one = "Slot(hour, optional=hour in OPTIONAL)" if _loose(slots) else "Slot(hour)"
    rule = f"tuple({one} for hour in {span(hours) or sequence(list(map(str, hours)))})"
    if len(indent) + len("slots=") + len(rule) + 1 <= WIDTH:
        return rule
    each = [f"Slot({slot.hour}{', optional=True' * slot.optional})" for slot in slots]
    return call("", each, indent)


def _columns(read: Columns, indent: str) -> str:
    """What differs from the usual table."""
    usual = Columns(value="", timezone="")
    named = [
        f"{name}={quoted(text)}"
        for name in ("at", "day", "hour", "form", "decimal")
        if (text := getattr(read, name)) != getattr(usual, name)
    ]
    names = sequence([quoted(name) for name in read.series]) if read.series else quoted(read.name)
    named.append(f"series={names}" if read.series else f"name={names}")
    return fitted("Columns", [quoted(read.value), quoted(read.timezone), *named], indent)


def _plan(plan: Plan) -> str:
    """The horizon, and what differs from the usual plan."""
    usual = Plan()
    named = ("learner", "horizon", "memory_years", "train_days", "minimum_days")
    told = {
        name: getattr(plan, name)
        for name in named
        if name == "horizon" or getattr(plan, name) != getattr(usual, name)
    }
    parts = [f"{name}={literal(value, indent='')}" for name, value in told.items()]
    return f"Plan({', '.join(parts)})"
