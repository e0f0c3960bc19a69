"""Whether two sources of the same day agree: the sum of its hours and its whole-day total.
No verdict here on which of the two is right."""

import pandas as pd

from seongsu_assets.domain import Window
from seongsu_assets.warehouse.postgres import Connection, frame


def apart(conn: Connection, dataset: str, window: Window) -> pd.DataFrame:
    """Days and series that were told both ways, one row each: business_date, series, hours (their
    sum), total, apart (relative to the total), hours_from and total_from (sources)."""
    return frame(
        conn,
        # Totals are few or none: the hours of a day without one are never summed.
        """with totals as materialized (
               select a.source, a.business_date, r.series, sum(r.value) as people, a.id
               from warehouse.latest_accepted a
               join warehouse.arrival_row r on r.arrival_id = a.id
               where a.dataset = %(dataset)s and a.business_date between %(first)s and %(last)s
                     and a.grain = 'daily'
               group by a.source, a.business_date, r.series, a.id),
           hours as materialized (
               select a.source, a.business_date, r.series, sum(r.value) as people, a.id
               from warehouse.latest_accepted a
               join warehouse.arrival_row r on r.arrival_id = a.id
               where a.dataset = %(dataset)s and a.grain = 'hourly'
                     and a.business_date in (select business_date from totals)
               group by a.source, a.business_date, r.series, a.id)
           select h.business_date, h.series, h.people as hours, d.people as total,
                  abs(h.people - d.people) / nullif(d.people, 0) as apart,
                  h.source as hours_from, d.source as total_from
           from hours h join totals d using (business_date, series)
           order by h.business_date, h.series, h.source, d.source""",
        {"dataset": dataset, "first": window.first, "last": window.last},
    )
