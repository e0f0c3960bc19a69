-- The whole range of a forecast, and what it is made of: people who add up to its median. Issues
-- made before have the middle 80 % of their range only; the usual profile has no parts.
alter table warehouse.forecast
    add column q05 double precision check (q05 between 0 and q10),
    add column q25 double precision check (q25 between q10 and q50),
    add column q75 double precision check (q75 between q50 and q90),
    add column q95 double precision check (q95 >= q90 and q95 < 'infinity'),
    add column part_level   double precision,
    add column part_weekday double precision,
    add column part_trend   double precision,
    add column part_holiday double precision,
    add column part_season  double precision,
    add column part_weather double precision,
    add constraint parts_add_up check (abs(part_level + part_weekday + part_trend + part_holiday
                                           + part_season + part_weather - q50) <= 1e-6 * greatest(q50, 1));

create or replace view published.forecast as
select a.domain, a.sample, i.origin, i.issued_at, i.data_through, i.tier, i.model_id, i.issue_id,
       f.series, f.business_date, f.hour, f.at, f.horizon, f.q10, f.q50, f.q90,
       f.level, c.names[f.level + 1] as level_name, f.p_levels, f.usual, i.cutoffs as cutoffs_version,
       f.q05, f.q25, f.q75, f.q95, f.part_level, f.part_weekday, f.part_trend, f.part_holiday,
       f.part_season, f.part_weather
from warehouse.active_dataset a
join warehouse.publication p using (dataset)
join warehouse.issue i using (issue_id)
join warehouse.forecast f using (issue_id)
join warehouse.cutoffs c on c.dataset = a.dataset and c.version = i.cutoffs;
comment on view published.forecast is
    'The published forecast: one row per series and hour of the next seven days. q10..q90 is the range that should hold 8 times out of 10, q05..q95 9 times, q25..q75 every other time. The parts are people and add up to q50.';
