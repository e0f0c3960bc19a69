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
        # Without the days that nobody told in total: the planner would join each row with all.
        """with told as (
               select * from warehouse.latest_accepted
               where dataset = %s and business_date between %s and %s),
           said as (
               select a.grain, a.source, a.business_date, r.series, sum(r.value) as people, a.id
               from told a join warehouse.arrival_row r on r.arrival_id = a.id
               where a.business_date in (select business_date from told where grain = 'daily')
               group by a.grain, a.source, a.business_date, r.series, a.id)
           select h.business_date, h.series, h.people as hours, d.people as total,
                  abs(h.people - d.people) / nullif(d.people, 0) as apart,
                  h.source as hours_from, d.source as total_from
           from said h join said d using (business_date, series)
           where h.grain = 'hourly' and d.grain = 'daily'
           order by h.business_date, h.series, h.source, d.source""",
        (dataset, window.first, window.last),
    )
