"""What was said of each day and how it was judged, over all sources.
Nothing is recorded here; `arrivals` does it."""

from datetime import date

import pandas as pd

from seongsu_assets.domain import Window
from seongsu_assets.warehouse.postgres import Connection, frame


def versions(conn: Connection, dataset: str, window: Window) -> pd.DataFrame:
    """Per day of the window of which anything arrived: business_date, content_sha (of all that is
    in force), accepted (some source's newest), payload, source, arrived_at, rows."""
    return frame(
        conn,
        """select a.business_date,
                  coalesce(max(held.content), '') as content_sha,
                  bool_or(a.accepted) as accepted,
                  string_agg(distinct p.request, ', ') as payload,
                  string_agg(distinct p.source, ', ') as source,
                  max(p.received_at) as arrived_at,
                  sum((select count(*) from warehouse.arrival_row r
                       where r.arrival_id = a.id))::int as rows
           from warehouse.latest_arrival a join warehouse.payload p on p.id = a.payload_id
           left join lateral (
               select md5(string_agg(l.source || l.grain || l.content_sha, ','
                                     order by l.source, l.grain)) as content
               from warehouse.latest_accepted l
               where (l.dataset, l.business_date) = (a.dataset, a.business_date)) held on true
           where a.dataset = %s and a.business_date between %s and %s
           group by a.business_date order by a.business_date""",
        (dataset, window.first, window.last),
    )


def refusals(conn: Connection, dataset: str, window: Window) -> pd.DataFrame:
    """Why days are refused: business_date, claim, payload, place, reason, record, source.

    Of each source the newest arrival that was refused, and payloads of which nothing of the day
    was left, as long as the source said nothing acceptable since."""
    return frame(
        conn,
        f"""select q.business_date, q.claim, p.request as payload, q.place, q.reason, q.record,
                   p.source
            {_REFUSED} order by q.business_date, q.id""",
        (dataset, window.first, window.last),
    )


def broken(conn: Connection, dataset: str, source: str, window: Window) -> dict[date, str]:
    """The days of the window that stand refused, as `refusals`, with the claims they break."""
    claims = conn.execute(
        f"""select q.business_date, string_agg(distinct q.claim, ', ')
            {_REFUSED} and p.source = %s group by q.business_date""",
        (dataset, window.first, window.last, source),
    )
    return dict(claims.fetchall())


_REFUSED = """
from warehouse.quarantine q join warehouse.payload p on p.id = q.payload_id
left join warehouse.latest_arrival a
  on (a.dataset, a.source, a.business_date) = (q.dataset, p.source, q.business_date)
where q.dataset = %s and q.business_date between %s and %s
  and (a.id is null or (not a.accepted and a.payload_id = q.payload_id))
"""


def warnings(conn: Connection, dataset: str, window: Window) -> pd.DataFrame:
    """Claims of a contract that block nothing and that the newest payload of a day breaks, in the
    columns of `refusals`."""
    return frame(
        conn,
        """select a.business_date, v.claim, p.request as payload, p.request as place, v.reason,
                  v.observed as record, p.source
           from warehouse.latest_arrival a
           join warehouse.payload p on p.id = a.payload_id
           join warehouse.contract_verdict v on v.payload_id = a.payload_id
           where a.dataset = %s and a.business_date between %s and %s
             and not v.passed and not v.blocking
           order by a.business_date, v.claim""",
        (dataset, window.first, window.last),
    )
