"""The asset graph as text: key <- parents, partitions, condition, checks. Run it to renew the file.
No assertion is made here."""

from pathlib import Path

import dagster as dg


def describe(definitions: dg.Definitions) -> str:
    """One paragraph per asset, then jobs, schedules and sensors."""
    graph = definitions.resolve_asset_graph()
    lines: list[str] = []
    for key in sorted(graph.get_all_asset_keys()):
        node = graph.get(key)
        parents = (
            ", ".join(sorted(parent.to_user_string() for parent in node.parent_keys))
            or "the outside"
        )
        lines.append(f"{key.to_user_string()} <- {parents}")
        if node.partitions_def:
            lines.append(f"    partitions: {node.partitions_def}")
        if node.automation_condition:
            lines.append(f"    made again: {node.automation_condition.get_label()}")
        for check in sorted(node.check_keys, key=str):
            blocking = graph.get(check).blocking
            lines.append(f"    {'must' if blocking else 'should'}: {check.name}")
    lines += [f"job {name}" for name in sorted(job.name for job in definitions.jobs or [])]
    for schedule in sorted(definitions.schedules or [], key=lambda schedule: schedule.name):
        assert isinstance(schedule, dg.ScheduleDefinition)
        when = f"{schedule.cron_schedule} {schedule.execution_timezone}"
        lines.append(f"schedule {schedule.name}: {when}, {schedule.default_status.value}")
    for sensor in sorted(definitions.sensors or [], key=lambda sensor: sensor.name):
        when = f"every {sensor.minimum_interval_seconds} s"
        lines.append(f"sensor {sensor.name}: {when}, {sensor.default_status.value}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    from seongsu_assets.definitions import defs

    Path(__file__).with_name("asset_graph.txt").write_text(describe(defs))
