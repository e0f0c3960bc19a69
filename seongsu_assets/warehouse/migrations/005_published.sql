-- What readers see: views through the publication pointer, for a role that may read them only.
create schema published;

-- Real data by the hour hides generated data of the same domain.
create view warehouse.active_dataset as
select distinct on (domain) domain, dataset, sample
from (select split_part(dataset, '@', 1) as domain, dataset, dataset like '%@sample' as sample
      from warehouse.arrival where grain = 'hourly' and accepted group by dataset) known
order by domain, sample;

create view published.forecast as
select a.domain, a.sample, i.origin, i.issued_at, i.data_through, i.tier, i.model_id, i.issue_id,
       f.series, f.business_date, f.hour, f.at, f.horizon, f.q10, f.q50, f.q90,
       f.level, c.names[f.level + 1] as level_name, f.p_levels, f.usual, i.cutoffs as cutoffs_version
from warehouse.active_dataset a
join warehouse.publication p using (dataset)
join warehouse.issue i using (issue_id)
join warehouse.forecast f using (issue_id)
join warehouse.cutoffs c on c.dataset = a.dataset and c.version = i.cutoffs;
comment on view published.forecast is
    'The published forecast: one row per series and hour of the next seven days. q10..q90 is the range that should hold 8 times out of 10.';

create view published.actual as
select a.domain, a.sample, o.series, o.business_date, o.hour, o.at, o.value, o.revision
from warehouse.active_dataset a
join warehouse.observation o using (dataset)
where o.superseded_at is null;
comment on view published.actual is 'Measured people per series and hour; an hour that is not known has no row.';

create view published.levels as
select a.domain, c.version, c.names, c.lower, c.first_day, c.last_day
from warehouse.active_dataset a
join warehouse.publication p using (dataset)
join warehouse.issue i using (issue_id)
join warehouse.cutoffs c on c.dataset = a.dataset and c.version = i.cutoffs;
comment on view published.levels is 'The cut-offs in force: `lower` holds the people per hour at which the 2nd, 3rd and 4th level begin.';

create view published.forecast_log as
select a.domain, a.sample, i.issue_id, i.origin, i.issued_at, i.data_through, i.tier, i.model_id,
       f.series, f.business_date, f.hour, f.at, f.horizon, f.q10, f.q50, f.q90, f.level, f.usual, f.naive,
       s.observed, s.revision
from warehouse.active_dataset a
join warehouse.issue i using (dataset)
join warehouse.forecast f using (issue_id)
left join lateral (
    select observed, revision from warehouse.score s
    where (s.issue_id, s.series, s.business_date, s.hour) = (f.issue_id, f.series, f.business_date, f.hour)
    order by revision desc limit 1) s on true;
comment on view published.forecast_log is 'Every forecast ever issued, with what came where it is known. Never rewritten.';

create view published.accuracy as
select domain, sample, series, horizon, business_date, count(*) as hours,
       sum(abs(observed - q50)) as absolute_error, sum(abs(observed - naive)) as naive_absolute_error,
       sum(observed) as observed, count(*) filter (where observed between q10 and q90) as inside
from published.forecast_log
where observed is not null and naive is not null
group by domain, sample, series, horizon, business_date;
comment on view published.accuracy is 'Errors per day and horizon beside seasonal naive on the same rows; divide sums to get WAPE.';

create view published.data_status as
select a.domain, a.sample,
       (select max(o.business_date) from warehouse.observation o
         where o.dataset = a.dataset and o.superseded_at is null) as data_through,
       (select max(o.at) from warehouse.observation o
         where o.dataset = a.dataset and o.superseded_at is null) as data_at,
       (select max(received_at) from warehouse.payload p where p.dataset = a.dataset) as arrived_at,
       (select count(*) from warehouse.latest_arrival r
         where r.dataset = a.dataset and r.grain = 'hourly' and not r.accepted) as refused_days,
       (select count(*) from warehouse.quarantine q where q.dataset = a.dataset) as quarantined_rows,
       (select i.issued_at from warehouse.publication p join warehouse.issue i using (issue_id)
         where p.dataset = a.dataset) as issued_at
from warehouse.active_dataset a;
comment on view published.data_status is 'What each domain stands on: the newest data, what was refused, the last issue.';

create view published.model_card as
select a.domain, m.model_id, ch.since, ch.reason, m.trained_from, m.trained_to, m.metrics
from warehouse.active_dataset a
join warehouse.champion ch using (dataset)
join warehouse.model m using (model_id);
comment on view published.model_card is 'The champion: what it learned from, how it did in rolling origins, and why it serves.';

do $$ begin
    if not exists (select from pg_roles where rolname = 'seongsu_reader') then
        create role seongsu_reader nologin;
    end if;
exception when duplicate_object or unique_violation then
    null; -- the role is the server's: another database of it was migrated in this moment
end $$;
grant usage on schema published to seongsu_reader;
grant select on all tables in schema published to seongsu_reader;
