"""How a listener stands: what it heard, how often it lost the line, and when it heard last.
Kept beside the other processes' signs of life; nothing is measured here."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from seongsu_assets.domain import Domain
from seongsu_assets.warehouse import incidents
from seongsu_assets.warehouse.postgres import Connection


@dataclass
class Standing:
    """Counted from the start of the process. `gaps`: times that something never came which the
    source itself says was sent; `untold`: payloads that wait for the warehouse."""

    since: datetime
    messages: int = 0
    unreadable: int = 0
    gaps: int = 0
    connections: int = 0
    failures: int = 0
    connected: bool = False
    untold: int = 0
    last_message_at: datetime | None = None
    last_failure: str = ""

    @property
    def reconnects(self) -> int:
        return max(0, self.connections - 1)


def name(domain: Domain) -> str:
    """Under which a domain's listener is known."""
    return f"live {domain.name}"


def tell(conn: Connection, domain: Domain, standing: Standing) -> None:
    """Keep it as a sign of life that is as old as the last message, or as the process where none
    came: its age is what the metrics show for every process."""
    told = {**asdict(standing), "reconnects": standing.reconnects}
    detail = json.dumps(told, default=datetime.isoformat)
    incidents.beat(conn, name(domain), standing.last_message_at or standing.since, detail)
