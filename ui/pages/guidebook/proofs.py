"""What is true right now of the levels of a platform: a sentence for each of which it is known.
What is not known is left out, never made up."""

from ui import frame
from ui.pages.guidebook.graph import Graph
from ui.pages.guidebook.read import Guide
from ui.show import wording
from ui.state.seen import Seen
from ui.strings import Words


def proofs(seen: Seen[Guide], data: Guide | None, graph: Graph | None, t: Words) -> dict[int, str]:
    """By the number of the level."""
    found = _from_graph(graph, t) if graph else {}
    return found | _from_data(seen, data, t) if data else found


def _from_graph(graph: Graph, t: Words) -> dict[int, str]:
    """How many days are kept, and of how many what was known is made anew."""
    found: dict[int, str] = {}
    for number, name in ((3, "raw"), (5, "features")):
        stage = graph.stages.get(name)
        if stage and stage.days:
            found[number] = t(f"ladder.{number}.proof", days=f"{stage.days:,}")
    return found


def _from_data(seen: Seen[Guide], data: Guide, t: Words) -> dict[int, str]:
    found = {
        4: t("ladder.4.proof", rows=f"{data.quarantined:,}", days=f"{data.refused_days:,}"),
        9: t("ladder.9.proof", count=data.incidents) if data.incidents else t("ladder.9.none"),
    }
    if data.arrived_at:
        age = wording.age(seen.now - data.arrived_at, t)
        found[2] = t("ladder.2.proof", at=frame.instant(data.arrived_at, seen, t), age=age)
    if data.score:
        said = {"days": data.score.days, "hours": f"{data.score.hours:,}"}
        naive, ours = (wording.share(each, t) for each in (data.score.naive_wape, data.score.wape))
        found[1] = t("ladder.1.proof", naive=naive, **said)
        found[6] = t("ladder.6.proof", ours=ours, naive=naive, **said)
        found[7] = t("ladder.7.proof", inside=round(100 * data.score.inside), **said)
        found[10] = t("ladder.10.proof", day=wording.day_text(data.score.newest, t, year=True))
    if data.decision:
        outcome = t.name("ladder.8.outcome", data.decision.outcome)
        at = frame.instant(data.decision.at, seen, t)
        found[8] = t("ladder.8.proof", at=at, outcome=outcome)
    return found
