"""Incidents: what is wrong, opened once and closed when it is not there any more; and the outbox.
What counts as wrong is said elsewhere, and nothing is sent here: see `incidents` and `alerts`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from seongsu_assets.incidents import wording
from seongsu_assets.incidents.kinds import KINDS
from seongsu_assets.incidents.symptom import Symptom
from seongsu_assets.incidents.wording import Phase
from seongsu_assets.warehouse.postgres import Connection, lock, storable

#: What opens again so soon after it closed is the same incident: a thing that flaps is told once.
FLAPS = timedelta(hours=6)
#: What is open so long is told once more.
REMIND = timedelta(hours=24)


@dataclass(frozen=True)
class Incident:
    """A row of the table. `seen_at`: when it was last found to be so. `closed_at`: None while it is
    open."""

    id: int
    domain: str
    kind: str
    subject: str
    owner: str
    what: str
    remedy: str
    link: str
    opened_at: datetime
    seen_at: datetime
    closed_at: datetime | None

    @property
    def symptom(self) -> Symptom:
        return Symptom(
            self.domain, self.kind, self.subject, self.what, self.remedy, self.link, self.owner
        )


def report(conn: Connection, symptom: Symptom, now: datetime) -> None:
    """Open an incident, or refresh the one that is open. One that closed a short while ago opens
    again, and has been told already."""
    assert KINDS[symptom.kind].severity != "news", f"{symptom.kind} is told by `news`"
    with conn.transaction():
        lock(conn, "incidents", symptom.domain)
        if not _refresh(conn, symptom, now):
            _open(conn, symptom, now)


def close(conn: Connection, domain: str, kind: str, subject: str, now: datetime) -> None:
    """Close the incident if it is open, and say once that it recovered."""
    with conn.transaction():
        lock(conn, "incidents", domain)
        row = conn.execute(
            """update warehouse.incident set closed_at = greatest(%s, opened_at)
                where (domain, kind, subject) = (%s, %s, %s) and closed_at is null
                returning *""",
            (now, domain, kind, subject),
        ).fetchone()
        if row:
            _tell(conn, Incident(*row), "closed", now)


def reconcile(
    conn: Connection,
    domain: str,
    kinds: Collection[str],
    symptoms: Collection[Symptom],
    now: datetime,
) -> None:
    """Make the open incidents of these kinds be the `symptoms`, which are all that there is."""
    with conn.transaction():
        lock(conn, "incidents", domain)
        found = {(each.kind, each.subject) for each in symptoms}
        for each in open_incidents(conn, domain):
            if each.kind in kinds and (each.kind, each.subject) not in found:
                close(conn, domain, each.kind, each.subject, now)
        for symptom in symptoms:
            assert symptom.domain == domain and symptom.kind in kinds, symptom  # noqa: PT018 - one claim
            report(conn, symptom, now)


def news(conn: Connection, symptom: Symptom, now: datetime) -> None:
    """Tell it once for ever; nothing is opened."""
    conn.execute(
        """insert into warehouse.message
               (phase, domain, kind, subject, owner, title, body, created_at)
           values ('news', %s, %s, %s, %s, %s, %s, %s)
           on conflict (domain, kind, subject) where phase = 'news' do nothing""",
        (
            symptom.domain, symptom.kind, symptom.subject, wording.owner(symptom),
            wording.title("news", symptom), storable(wording.body("news", symptom)), now,
        ),
    )  # fmt: skip


def remind(conn: Connection, now: datetime) -> None:
    """Tell of every incident that has been open for a day, once."""
    with conn.transaction():
        lock(conn, "reminders")
        rows = conn.execute(
            """select * from warehouse.incident i
                where closed_at is null and opened_at <= %s
                  and not exists (select from warehouse.message m
                                  where m.incident_id = i.id and m.phase = 'reminder')
                order by id""",
            (now - REMIND,),
        ).fetchall()
        for row in rows:
            _tell(conn, Incident(*row), "reminder", now)


def open_incidents(conn: Connection, domain: str | None = None) -> list[Incident]:
    """What is wrong now, of one domain or everywhere, the oldest first."""
    rows = conn.execute(
        """select * from warehouse.incident
            where closed_at is null and domain = coalesce(%s, domain) order by opened_at, id""",
        (domain,),
    )
    return [Incident(*row) for row in rows]


def beat(conn: Connection, name: str, now: datetime, detail: str = "") -> None:
    """Say that `name` is alive."""
    conn.execute(
        """insert into warehouse.heartbeat values (%s, %s, %s)
           on conflict (name) do update set at = excluded.at, detail = excluded.detail""",
        (name, now, storable(detail)),
    )


def beats(conn: Connection) -> dict[str, datetime]:
    """When each was last seen alive."""
    return dict(conn.execute("select name, at from warehouse.heartbeat order by name").fetchall())


def _refresh(conn: Connection, symptom: Symptom, now: datetime) -> bool:
    """Bring the incident that is open, or was until a short while ago, up to date; False when
    there is none."""
    told = conn.execute(
        """update warehouse.incident
           set owner = %s, what = %s, remedy = %s, link = %s, seen_at = greatest(seen_at, %s),
               closed_at = null
           where id = (select id from warehouse.incident
                       where (domain, kind, subject) = (%s, %s, %s)
                         and (closed_at is null or closed_at > %s)
                       order by id desc limit 1)""",
        (*_said(symptom), now, symptom.domain, symptom.kind, symptom.subject, now - FLAPS),
    )
    return told.rowcount > 0


def _open(conn: Connection, symptom: Symptom, now: datetime) -> None:
    row = conn.execute(
        """insert into warehouse.incident
                (domain, kind, subject, owner, what, remedy, link, opened_at, seen_at)
            values (%s, %s, %s, %s, %s, %s, %s, %s, %s) returning *""",
        (symptom.domain, symptom.kind, symptom.subject, *_said(symptom), now, now),
    ).fetchone()
    assert row
    _tell(conn, Incident(*row), "opened", now)


def _said(symptom: Symptom) -> tuple[str, str, str, str]:
    """owner, what, remedy, link as they are kept."""
    return (
        wording.owner(symptom),
        storable(symptom.what),
        storable(wording.remedy(symptom)),
        symptom.link,
    )


def _tell(conn: Connection, incident: Incident, phase: Phase, now: datetime) -> None:
    """Write the message, unless this incident has had it."""
    symptom = incident.symptom
    lasted = None if phase == "opened" else now - incident.opened_at
    conn.execute(
        """insert into warehouse.message
               (incident_id, phase, domain, kind, subject, owner, title, body, created_at)
           values (%s, %s, %s, %s, %s, %s, %s, %s, %s)
           on conflict (incident_id, phase) do nothing""",
        (
            incident.id, phase, incident.domain, incident.kind, incident.subject, incident.owner,
            wording.title(phase, symptom), wording.body(phase, symptom, lasted), now,
        ),
    )  # fmt: skip
