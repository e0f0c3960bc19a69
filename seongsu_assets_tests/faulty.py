"""What faults leave behind in the warehouse, as plain values for tests.
No fault is named here and nothing is asserted; how days are lived through is in `faulty_life`."""

from datetime import date, timedelta

import pandas as pd

from seongsu_assets import clock, overdue
from seongsu_assets.domain import Window
from seongsu_assets.domains.seongsu_feeds import STATION
from seongsu_assets.overdue import Owed
from seongsu_assets.sources.seoul.card_api import SERVICE as CARD
from seongsu_assets.sources.seoul.card_api import CardApi
from seongsu_assets.sources.seoul.station_hourly import SERVICE as HOURLY
from seongsu_assets.sources.seoul.station_hourly import StationHourly
from seongsu_assets.warehouse import absences, observations
from seongsu_assets.warehouse.postgres import Connection, frame
from seongsu_assets_tests.rehearsing import Life

#: The evening of a Wednesday; no holiday is near.
TODAY = date(2026, 3, 25)
#: Both services by the name of their source.
SERVICES = {StationHourly(STATION).name: HOURLY, CardApi(STATION).name: CARD}
DATASET = "seongsu"

Hours = dict[str, dict[int, float]]


def ago(days: int) -> date:
    """So many days before TODAY."""
    return TODAY - timedelta(days=days)


def stored(life: Life, table: str) -> int:
    """How many rows of the data set the table has."""
    query = f"select count(*) as rows from warehouse.{table} where dataset = %s"
    return int(frame(life.conn, query, (DATASET,))["rows"].iloc[0])


def hours(life: Life, day: date, *, estimates: bool = False) -> Hours:
    """The current observations of a day by series and hour, as `Truth.hourly` tells them."""
    rows = observations.read(life.conn, DATASET, day, day, estimates=estimates)
    return {
        str(series): dict(zip(part.hour, part.value, strict=True))
        for series, part in rows.groupby("series")
    }


def total(life: Life, day: date) -> dict[str, float]:
    """The newest accepted daily total by series, as `Truth.daily` tells it."""
    rows = frame(
        life.conn,
        """select r.series, r.value from warehouse.latest_accepted a
           join warehouse.arrival_row r on r.arrival_id = a.id
           where a.grain = 'daily' and a.business_date = %s""",
        (day,),
    )
    return dict(zip(rows.series, rows.value, strict=True))


def meanings(life: Life, source: str) -> dict[date, str]:
    """The newest absence of each day that the source never told of."""
    told = absences.newest(life.conn, DATASET, source)
    return {
        stamp.date(): meaning
        for stamp, meaning in zip(told.business_date, told.meaning, strict=True)
    }


def owed(life: Life, *days: date) -> dict[date, Owed]:
    """What lacks its hours among the days, or of the whole week before TODAY."""
    asked = days or (ago(7), ago(1))
    found = overdue.owed(
        life.conn, life.domain, DATASET, Window(min(asked), max(asked)), clock.now()
    )
    return {each.business_date: each for each in found}


def books(conn: Connection, dataset: str = DATASET) -> pd.DataFrame:
    """One line per payload that was read, by its request: rows, received, refused (as counted when
    it was read), quarantined (as they stand there), withheld (a blocking claim is broken)."""
    return frame(
        conn,
        """select p.request, r.rows, r.received, r.refused,
                  coalesce(q.quarantined, 0) as quarantined, coalesce(v.withheld, false) as withheld
           from warehouse.payload p join warehouse.payload_read r on r.payload_id = p.id
           left join (select payload_id, sum(records)::int as quarantined
                      from warehouse.quarantine group by 1) q on q.payload_id = p.id
           left join (select payload_id, bool_or(blocking and not passed) as withheld
                      from warehouse.contract_verdict group by 1) v on v.payload_id = p.id
           where p.dataset = %s order by p.id""",
        (dataset,),
    ).set_index("request")


def unbalanced(conn: Connection, dataset: str = DATASET) -> pd.DataFrame:
    """The payloads of which good + quarantined = received does not hold: nothing of a payload that
    is withheld is good."""
    told = books(conn, dataset)
    good = told.received - told.quarantined
    off = told.received.isna() | (told.refused != told.quarantined) | (good < 0)
    return told[off | (told.withheld & ((good != 0) | (told.rows > 0)))]


def broken(life: Life, request: str) -> dict[str, bool]:
    """The claims of the contract that the newest payload of that request breaks, and whether each
    of them blocks."""
    rows = life.conn.execute(
        """select claim, blocking from warehouse.contract_verdict
           where not passed and payload_id = (
               select max(id) from warehouse.payload where request = %s)""",
        (request,),
    )
    return dict(rows.fetchall())


def quarantined(life: Life, day: date) -> set[str]:
    """The claims under which something of the day stands in quarantine."""
    rows = life.conn.execute(
        "select claim from warehouse.quarantine where (dataset, business_date) = (%s, %s)",
        (DATASET, day),
    )
    return {claim for (claim,) in rows}


def revisions(life: Life, day: date) -> pd.DataFrame:
    """Every value that the hours of a day ever had: series, hour, revision, value, current."""
    return frame(
        life.conn,
        """select series, hour, revision, value, superseded_at is null as current
           from warehouse.observation where (dataset, business_date) = (%s, %s)
           order by series, hour, revision""",
        (DATASET, day),
    )


def requests(life: Life, service: str) -> list[str]:
    """What the upstream was asked of a service, in order."""
    return [seen.path for seen in life.upstream.requests if service in seen.path]
