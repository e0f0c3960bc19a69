-- Observations come and are read day by day; nobody asks for one series over all days. In the order of
-- its other index a day's rows go to the end of this one too, not all over it.
alter table warehouse.observation
    drop constraint observation_pkey,
    add primary key (dataset, business_date, series, hour, revision);
