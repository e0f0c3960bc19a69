"""`python -m seongsu_assets_tests.replayed PLAN FIRST LAST`: a replay with the faults of a plan.
Runs in the environment of `life.prepare`; what came of it is written to `told.json` in its home."""

import json
import os
import sys
from dataclasses import asdict
from datetime import date
from typing import Any

from seongsu_assets.domain import Window
from seongsu_assets.domains import DOMAINS
from seongsu_assets.replay import life
from seongsu_assets.replay.known import replayed
from seongsu_assets.settings import settings
from seongsu_assets.warehouse.embedded import running
from seongsu_assets.warehouse.postgres import connect, frame
from seongsu_assets_tests import replayed_small
from seongsu_assets_tests.receiver import Receiver
from seongsu_assets_tests.sowing import FAILING, PLANS, SOUND, Sower
from seongsu_assets_tests.world import digest

#: What must be equal in the end, whatever was endured on the way.
LASTING = {
    "observation": "select series, business_date, hour, value, estimated "
    "from warehouse.observation where superseded_at is null and dataset = 'seongsu'",
    "calendar": "select business_date, attributes::text from warehouse.covariate",
    "feature": "select origin, content_sha from warehouse.feature where dataset = 'seongsu'",
}
#: What is looked at afterwards.
STORY = {
    "incidents": "select * from warehouse.incident order by id",
    "messages": "select * from warehouse.message order by id",
    "deliveries": "select * from warehouse.delivery order by id",
    "decisions": "select * from warehouse.decision order by id",
    "models": "select model_id, trained_to, created_at from warehouse.model order by number",
    "verdicts": "select origin, verdict, reason from warehouse.drift order by id",
    "accuracy": "select business_date, horizon, absolute_error, naive_absolute_error, observed "
    "from published.accuracy where series = 'total'",
    "observations": "select series, business_date, hour, value from warehouse.observation "
    "where superseded_at is null",
    "issues": "select origin, issued_at, data_through, tier, model_id from warehouse.issue "
    "order by number",
}


def main() -> None:
    plan, (first, last) = sys.argv[1], map(date.fromisoformat, sys.argv[2:])
    small = plan == "short"
    with Receiver() as receiver:
        os.environ["SEONGSU_ALERTS"] = " ".join([receiver.url(SOUND), receiver.url(FAILING)])
        sower = Sower(first, receiver, PLANS[plan])
        life.live(
            replayed_small.DOMAIN if small else replayed(DOMAINS["seongsu"]),
            Window(first, last),
            say=_say,
            meanwhile=sower,
            graph=replayed_small.__name__ if small else life.GRAPH,
        )
        heard = {place: [asdict(told) for told in receiver.told[place]] for place in receiver.told}
    told: dict[str, Any] = {"sown": sower.said, "heard": heard}
    with (
        running(settings().root, settings().postgres_port) as server,
        connect(server.url("seongsu")) as conn,
    ):
        told["lasting"] = {name: digest(frame(conn, query)) for name, query in LASTING.items()}
        for name, query in STORY.items():
            told[name] = frame(conn, query).to_dict("records")
    (settings().root / "told.json").write_text(json.dumps(told, default=str, ensure_ascii=False))


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    main()
