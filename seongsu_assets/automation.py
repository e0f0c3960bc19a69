"""When a node is made again by itself: the conditions inside the graph.
No schedule (`jobs`) and no sensor of the outside world (`sensors`).

What was refused is kept back by data, not by the status of a check: a refused day gets no new
data version, and `published` examines an issue itself. On Dagster 1.13 the cached status of a
partitioned check keeps a former verdict, so a condition on it would let a refused day pass, or
stay shut.

A chain takes a tick per node: a child is asked for when its parent has said something new, not when
it is about to, because most settled days turn out to say what they said before."""

from datetime import timedelta

import dagster as dg

from seongsu_assets.jobs import URGENT

Condition = dg.AutomationCondition


def revised(look_back_days: int, ignore: dg.AssetSelection | None = None) -> dg.AutomationCondition:
    """Made again when what it stands on says something new, within the look-back.

    A refused day requests nothing; identical content changes nothing. `ignore`: what speaks of the
    days to come only, and would make every day again; a schedule takes it up."""
    changed = Condition.any_deps_match(Condition.data_version_changed())
    something_new = changed.ignore(ignore) if ignore else changed
    recent = Condition.in_latest_time_window(timedelta(days=look_back_days))
    return (recent & latched(something_new) & quiet()).with_label("revised")


def newest(ignore: dg.AssetSelection) -> dg.AutomationCondition:
    """Made again for the newest window only, when what it stands on says something new.

    `ignore`: what may change without a new issue; a new champion speaks from the next one on."""
    something_new = Condition.any_deps_match(Condition.data_version_changed()).ignore(ignore)
    there = ~Condition.any_deps_missing()
    window = Condition.in_latest_time_window()
    return (window & latched(something_new) & there & quiet()).with_label("newest window")


def follows() -> dg.AutomationCondition:
    """Made again whenever its newest parent says something new."""
    something_new = Condition.any_deps_match(Condition.data_version_changed())
    there = ~Condition.any_deps_missing()
    return (latched(something_new) & there & quiet()).with_label("follows")


def latched(something_new: dg.AutomationCondition) -> dg.AutomationCondition:
    """Stays true until a run was requested for it, and through the tick of that request if yet
    something newer came. Reset on *updated*, or on the request alone, it would lose what lands in
    between."""
    return something_new.since(Condition.newly_requested() & ~something_new)


def quiet() -> dg.AutomationCondition:
    """Neither the node nor what it stands on is being made."""
    return ~Condition.any_deps_in_progress() & ~Condition.in_progress()


def automation_sensor() -> dg.AutomationConditionSensorDefinition:
    """Evaluates every condition; on as soon as the daemon runs."""
    return dg.AutomationConditionSensorDefinition(
        "conditions",
        target=dg.AssetSelection.all(),
        default_status=dg.DefaultSensorStatus.RUNNING,
        minimum_interval_seconds=30,
        run_tags=URGENT,
    )
