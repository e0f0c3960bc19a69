"""A record as a line for a terminal; empty where it says nothing new.
What the pages say of it stands in ui/words."""

from seongsu_assets.rehearsal.records import (
    Begun,
    Failed,
    Finished,
    Prepared,
    Record,
    Step,
    Stopped,
    Story,
)


def line(record: Record) -> str:
    """What the record says, on as many lines as it needs."""
    match record:
        case Begun():
            sown = ", ".join(f"{each.fault} ({each.day})" for each in record.befalls)
            days = f"{record.first} to {record.last}"
            return f"rehearsing {days}, after {record.past_days} days; faults: {sown or 'none'}"
        case Prepared():
            return f"  {record.what}"
        case Step():
            return _step(record)
        case Finished():
            return "\n".join([*map(_story, record.stories), _score(record)])
        case Failed() | Stopped():
            return record.kind
        case _:
            return ""


def _step(step: Step) -> str:
    said = [f"injected: {name}" for name in step.sown]
    said += [
        f"{'/'.join(run.nodes)} {run.ended}{f' ({run.why})' if run.why else ''}"
        for run in step.runs
    ]
    said += [f"check {each.check} of {each.node} {each.day} did not pass" for each in step.checks]
    said += [f"opened: {case.what} {case.subject}" for case in step.opened]
    said += [f"closed: {case.what} {case.subject}" for case in step.closed]
    if step.published:
        said.append(f"published: the forecast of {step.published.origin} ({step.published.tier})")
    return f"{step.clock:%m-%d %H:%M}  {'; '.join(said)}" if said else ""


def _story(story: Story) -> str:
    if story.noticed_at is None:
        return f"{story.fault} of {story.day}: never noticed"
    mended = f"{story.mended_at:%m-%d %H:%M}" if story.mended_at else "not yet"
    return (
        f"{story.fault} of {story.day}: noticed {story.noticed_at:%m-%d %H:%M}"
        f"{f' as {story.case}' if story.case else ''}, told {story.told} times, mended {mended}"
    )


def _score(record: Finished) -> str:
    if record.wape is None:
        return f"nothing came of the days, after {record.seconds:.0f} s"
    naive = "" if record.naive_wape is None else f", seasonal naive {record.naive_wape:.1%}"
    return f"WAPE {record.wape:.1%}{naive}, over {len(record.hours)} hours; {record.seconds:.0f} s"
