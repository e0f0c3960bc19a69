"""When a node is made again by itself: the conditions inside the graph, and the schedules at its edge.
No sensor of the outside world; those are in `sensors`."""

from datetime import timedelta

import dagster as dg

Condition = dg.AutomationCondition


def revised(look_back_days: int) -> dg.AutomationCondition:
    """Made again when what it stands on says something new, within the look-back.

    Latched since *requested*, not since updated: an update that lands while the node's own run is
    under way is then not lost. A refused day requests nothing; identical content changes nothing."""
    something_new = Condition.newly_missing() | Condition.any_deps_match(
        Condition.data_version_changed() | Condition.will_be_requested()
    )
    return (
        Condition.in_latest_time_window(timedelta(days=look_back_days))
        & something_new.since(Condition.newly_requested())
        & Condition.all_deps_blocking_checks_passed()
        & ~Condition.any_deps_in_progress()
        & ~Condition.in_progress()
    ).with_label("revised")


def newest(ignore: dg.AssetSelection) -> dg.AutomationCondition:
    """Made again for the newest window only, when what it stands on says something new.

    `ignore`: what may change without a new issue; a new champion speaks from the next one on."""
    something_new = Condition.newly_missing() | Condition.any_deps_match(
        Condition.data_version_changed() | Condition.will_be_requested()
    ).ignore(ignore)
    return (
        Condition.in_latest_time_window()
        & something_new.since(Condition.newly_requested())
        & Condition.all_deps_blocking_checks_passed()
        & ~Condition.any_deps_missing()
        & ~Condition.any_deps_in_progress()
        & ~Condition.in_progress()
    ).with_label("newest window")


def automation_sensor() -> dg.AutomationConditionSensorDefinition:
    """Evaluates every condition; on as soon as the daemon runs."""
    return dg.AutomationConditionSensorDefinition(
        "conditions",
        target=dg.AssetSelection.all(),
        default_status=dg.DefaultSensorStatus.RUNNING,
        minimum_interval_seconds=30,
    )


def follows() -> dg.AutomationCondition:
    """Made again whenever its newest parent says something new and has passed its checks."""
    something_new = Condition.any_deps_match(
        Condition.data_version_changed() | Condition.newly_updated() | Condition.will_be_requested()
    )
    return (
        something_new.since(Condition.newly_requested())
        & Condition.all_deps_blocking_checks_passed()
        & ~Condition.any_deps_missing()
        & ~Condition.any_deps_in_progress()
        & ~Condition.in_progress()
    ).with_label("follows")
