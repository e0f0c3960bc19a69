-- What the pages tell of the levels and of the sources, where everybody else can read it too.
create or replace view published.levels with (security_invoker = true) as
select a.domain, c.version, c.names, c.lower, c.first_day, c.last_day, reached.shares
from warehouse.active_dataset a
join warehouse.publication p using (dataset)
join warehouse.issue i using (issue_id)
join warehouse.cutoffs c on c.dataset = a.dataset and c.version = i.cutoffs
cross join lateral (
    with parts as (
        select sum(o.value) as people, count(*) as parts
        from warehouse.observation o
        where o.dataset = a.dataset and o.superseded_at is null and not o.estimated
          and o.business_date between c.first_day and c.last_day
        group by o.business_date, o.hour),
    whole as (select people from parts where parts = (select max(parts) from parts))
    select array_agg((select avg((w.people >= bound)::int)::float from whole w) order by place)
           as shares
    from unnest(c.lower) with ordinality as bounds (bound, place)) reached;
comment on column published.levels.shares is
    'The share of measured hours, from first_day to last_day, at or above each of `lower`.';

create or replace view published.data_status with (security_invoker = true) as
select a.domain, a.sample,
       (select max(o.business_date) from warehouse.observation o
         where o.dataset = a.dataset and o.superseded_at is null and not o.estimated) as data_through,
       (select max(o.at) from warehouse.observation o
         where o.dataset = a.dataset and o.superseded_at is null and not o.estimated) as data_at,
       (select max(received_at) from warehouse.payload p where p.dataset = a.dataset) as arrived_at,
       (select count(distinct business_date) from warehouse.latest_arrival r
         where r.dataset = a.dataset and not r.accepted) as refused_days,
       (select count(*) from warehouse.quarantine q where q.dataset = a.dataset) as quarantined_rows,
       (select i.issued_at from warehouse.publication p join warehouse.issue i using (issue_id)
         where p.dataset = a.dataset) as issued_at,
       (select jsonb_agg(jsonb_build_object(
                   'source', s.source, 'hours', s.hours_in_force, 'estimated', s.hours_estimated,
                   'newest_day', s.newest_day) order by s.hours_in_force desc, s.source)
          from published.source_status s
         where s.domain = a.domain and s.hours_in_force > 0) as sources
from warehouse.active_dataset a;
comment on column published.data_status.sources is
    'Which sources the hours in force came from: how many, how many of them estimated, the newest day.';

-- Of each forecast the level that came, beside the one that was forecast.
create or replace view published.forecast_log with (security_invoker = true) as
select a.domain, a.sample, i.issue_id, i.origin, i.issued_at, i.data_through, i.tier, i.model_id,
       f.series, f.business_date, f.hour, f.at, f.horizon, f.q10, f.q50, f.q90, f.level, f.usual, f.naive,
       s.observed, s.revision, f.p_levels,
       case when f.level is not null and s.observed is not null then
           (select count(*)::smallint from unnest(c.lower) bound where s.observed >= bound) end
           as level_observed
from warehouse.active_dataset a
join warehouse.issue i using (dataset)
join warehouse.cutoffs c on c.dataset = a.dataset and c.version = i.cutoffs
join warehouse.forecast f using (issue_id)
left join lateral (
    select observed, revision from warehouse.score s
    where (s.issue_id, s.series, s.business_date, s.hour) = (f.issue_id, f.series, f.business_date, f.hour)
    order by revision desc limit 1) s on true;
comment on column published.forecast_log.p_levels is
    'The probability of each level, lowest first; they add up to 1.';
comment on column published.forecast_log.level_observed is
    'The level that came, by the cut-offs of the issue.';

-- A join instead of a look for each forecast: a page asks for ninety days of it.
create or replace view published.accuracy with (security_invoker = true) as
select a.domain, a.sample, f.series, f.horizon, f.business_date, count(*) as hours,
       sum(abs(s.observed - f.q50)) as absolute_error,
       sum(abs(s.observed - f.naive)) as naive_absolute_error,
       sum(s.observed) as observed,
       count(*) filter (where s.observed between f.q10 and f.q90) as inside,
       count(f.level) as level_hours,
       count(*) filter (where f.level = width_bucket(s.observed, c.lower)) as level_hits
from warehouse.active_dataset a
join warehouse.issue i using (dataset)
join warehouse.cutoffs c on c.dataset = a.dataset and c.version = i.cutoffs
join warehouse.forecast f using (issue_id)
join warehouse.score s using (issue_id, series, business_date, hour)
where f.naive is not null and not exists (
    select from warehouse.score later
    where (later.issue_id, later.series, later.business_date, later.hour)
        = (s.issue_id, s.series, s.business_date, s.hour) and later.revision > s.revision)
group by a.domain, a.sample, f.series, f.horizon, f.business_date;
comment on column published.accuracy.level_hours is 'Scored hours of which a level was forecast.';
comment on column published.accuracy.level_hits is 'How many of them came at the level forecast.';

-- What kind of day each day is, in words that mean the same in every domain that has a calendar.
grant select on warehouse.covariate, warehouse.decision, warehouse.settlement to seongsu_reader;
grant select (dataset, business_date, source, accepted, payload_id) on warehouse.arrival
    to seongsu_reader;
grant select (id, domain, kind, subject, opened_at, closed_at) on warehouse.incident
    to seongsu_reader;
create policy known on warehouse.covariate for select to seongsu_reader using (true);
create policy known on warehouse.decision for select to seongsu_reader using (true);
create policy known on warehouse.settlement for select to seongsu_reader using (true);
create policy known on warehouse.incident for select to seongsu_reader using (true);

create view published.calendar with (security_invoker = true) as
select domain, business_date, attributes->>'day_type' as day_type, attributes->>'kind' as kind,
       attributes->>'name' as holiday
from warehouse.covariate where name = 'calendar';
comment on view published.calendar is 'What kind of day each day is, and the holiday by its name.';

-- The newest ninety scored days, as forecast from what was measured up to the day before. Of several
-- such issues that which stood when the hour began; of hours before the first of them, the first.
create view published.recent with (security_invoker = true) as
select distinct on (a.domain, f.series, f.business_date, f.hour)
       a.domain, a.sample, f.series, f.business_date, f.hour, f.at, i.issue_id, i.issued_at, i.tier,
       f.q10, f.q50, f.q90, f.usual, f.naive, f.level, f.p_levels, s.observed,
       case when f.level is not null then width_bucket(s.observed, c.lower)::smallint end
           as level_observed,
       coalesce(k.day_type, case extract(isodow from f.business_date)
           when 6 then 'saturday' when 7 then 'sunday' else 'weekday' end) as day_type,
       k.kind, k.holiday
from warehouse.active_dataset a
cross join lateral (
    select i.origin + 1 as day from warehouse.issue i
    where i.dataset = a.dataset and exists (
        select from warehouse.score s
        where s.issue_id = i.issue_id and s.business_date = i.origin + 1)
    order by i.origin desc limit 1) newest
join warehouse.issue i on i.dataset = a.dataset and i.origin >= newest.day - 90
join warehouse.cutoffs c on c.dataset = a.dataset and c.version = i.cutoffs
join warehouse.forecast f on f.issue_id = i.issue_id and f.business_date = i.origin + 1
join warehouse.score s on (s.issue_id, s.series, s.business_date, s.hour)
    = (f.issue_id, f.series, f.business_date, f.hour)
left join published.calendar k on k.domain = a.domain and k.business_date = f.business_date
where not exists (
    select from warehouse.score later
    where (later.issue_id, later.series, later.business_date, later.hour)
        = (s.issue_id, s.series, s.business_date, s.hour) and later.revision > s.revision)
order by a.domain, f.series, f.business_date, f.hour, i.issued_at <= f.at desc,
         case when i.issued_at <= f.at then i.number else -i.number end desc;
comment on view published.recent is
    'What was forecast from all up to the day before, with what came: the newest ninety scored days.';

create view published.accuracy_by_hour with (security_invoker = true) as
select domain, sample, series, day_type, hour, count(*) as hours,
       sum(abs(observed - q50)) as absolute_error, sum(observed) as observed,
       count(*) filter (where observed between q10 and q90) as inside
from published.recent group by domain, sample, series, day_type, hour;
comment on view published.accuracy_by_hour is
    'Errors by hour and kind of day, over `recent`.';

create view published.misses with (security_invoker = true) as
select * from (
    select domain, sample, series, business_date, hour, issue_id, q10, q50, q90, usual, observed,
           day_type, kind, holiday,
           row_number() over (partition by domain, series order by abs(observed - q50) desc, at)
               as place
    from published.recent) ranked
where place <= 20;
comment on view published.misses is 'The twenty worst of `recent`, the worst first.';

create view published.reliability with (security_invoker = true) as
select domain, sample, series, round(p_levels[cardinality(p_levels)]::numeric, 1)::float as chance,
       count(*) as hours,
       count(*) filter (where level_observed = cardinality(p_levels) - 1) as came
from published.recent where p_levels is not null
group by domain, sample, series, chance;
comment on view published.reliability is
    'How often the highest level came when it was forecast with this chance, over `recent`.';

create view published.decision with (security_invoker = true) as
select a.domain, d.decided_at, d.challenger, d.champion, d.outcome, d.reason
from warehouse.active_dataset a join warehouse.decision d using (dataset);
comment on view published.decision is
    'Every decision about a challenger: promoted, kept as it was or rejected, and why.';

create view published.incident with (security_invoker = true) as
select domain, kind, subject, opened_at, closed_at, closed_at is null as open
from warehouse.incident;
comment on view published.incident is 'What was found wrong, since when and until when.';

create view published.day_status with (security_invoker = true) as
select a.domain, a.sample, day.business_date, coalesce(o.counted, 0) as counted,
       coalesce(o.estimated, 0) as estimated, coalesce(o.whole_hours, '{}') as whole_hours,
       o.sources, coalesce(r.refused, false) as refused, r.arrived_at
from warehouse.active_dataset a
join lateral (
    select business_date from warehouse.observation o
    where o.dataset = a.dataset and o.superseded_at is null
    union
    select business_date from warehouse.latest_arrival l where l.dataset = a.dataset) day on true
left join lateral (
    with held as (
        select o.series, o.hour, o.estimated, r.source
        from warehouse.observation o join warehouse.arrival r on r.id = o.arrival_id
        where o.dataset = a.dataset and o.superseded_at is null
          and o.business_date = day.business_date),
    hours as (
        select hour, count(*) filter (where not estimated) as parts from held group by hour)
    select (select count(*) from held where not estimated) as counted,
           (select count(*) from held where estimated) as estimated,
           (select array_agg(hour order by hour) from hours
             where parts > 0 and parts = (select max(parts) from hours)) as whole_hours,
           (select array_agg(distinct source) from held) as sources) o on true
left join lateral (
    select bool_or(not l.accepted) as refused, max(p.received_at) as arrived_at
    from warehouse.latest_arrival l join warehouse.payload p on p.id = l.payload_id
    where l.dataset = a.dataset and l.business_date = day.business_date) r on true;
comment on view published.day_status is
    'Each day of which anything arrived: hours counted and estimated, from where, and whether the newest was refused.';

-- Of all that feeds say few are rivals' forecasts.
create index reading_rivals on warehouse.reading (domain, feed, at) where key = 'forecast';
-- What came of each hour is looked up once, not once for each time that it was forecast.
create view published.rival_accuracy with (security_invoker = true) as
with newest as (
    select domain, feed, max(at) as last from warehouse.reading where key = 'forecast'
    group by domain, feed),
said as (
    select r.domain, r.feed, r.at, r.issued_at, r.attributes->>'level' as level,
           ((r.attributes->>'people_min')::float + (r.attributes->>'people_max')::float) / 2 as people
    from warehouse.reading r join newest n using (domain, feed)
    where r.key = 'forecast' and r.at > n.last - interval '90 days'),
came as materialized (
    select hours.domain, hours.feed, hours.at, n.at as came_at, n.attributes->>'level' as level,
           ((n.attributes->>'people_min')::float + (n.attributes->>'people_max')::float) / 2 as people
    from (select distinct domain, feed, at from said) hours
    cross join lateral (
        select r.at, r.attributes from warehouse.reading r
        where (r.domain, r.feed, r.key) = (hours.domain, hours.feed, 'now')
          and r.at between hours.at and hours.at + interval '29 minutes'
        order by r.at limit 1) n)
select s.domain, s.feed, (s.at at time zone 'UTC')::date as utc_day, count(*) as forecasts,
       sum(abs(s.people - c.people)) as absolute_error, sum(c.people) as came,
       count(*) filter (where s.level = c.level) as level_hits
from said s
join came c on (c.domain, c.feed, c.at) = (s.domain, s.feed, s.at) and c.came_at > s.issued_at
where s.people is not null and c.people is not null
group by s.domain, s.feed, utc_day;
comment on view published.rival_accuracy is
    'How far the forecasts of `rivals` were from what came, over its newest ninety days.';
comment on column published.rival_accuracy.domain is
    'What is forecast: seongsu, or another declared domain.';
comment on column published.rival_accuracy.feed is 'Whose forecasts they are.';
comment on column published.rival_accuracy.utc_day is 'The day of what was forecast, in UTC.';
comment on column published.rival_accuracy.forecasts is
    'Forecasts with what came: each hour is forecast many times.';
comment on column published.rival_accuracy.absolute_error is
    'Sum over the forecasts of |said - came|, in people in the area.';
comment on column published.rival_accuracy.came is
    'Sum over the forecasts of the people that came.';
comment on column published.rival_accuracy.level_hits is
    'How many came at the level that was forecast.';

do $$
declare
    held record;
begin
    for held in
        select c.oid::regclass as view, a.attname as name, told.text
        from (values
            ('domain', 'What is forecast: seongsu, or another declared domain.'),
            ('sample', 'Whether the data is generated, for trying the platform without any.'),
            ('series', 'What is counted: a line of a station, a counter, a store. One of each domain is the total.'),
            ('business_date', 'The operating day: the hours after midnight belong to the day before.'),
            ('hour', 'The hour of the operating day, 0 to 27 at most: 25 is one in the morning of the next day.'),
            ('at', 'When the hour begins.'),
            ('issue_id', 'The issue: all that was forecast at once, by one model from one state of the data.'),
            ('issued_at', 'When it was issued.'),
            ('tier', 'What made it: the champion, or what serves in its place.'),
            ('q10', 'People per hour: less than this comes 1 time out of 10.'),
            ('q50', 'People per hour: as often more as less.'),
            ('q90', 'People per hour: more than this comes 1 time out of 10.'),
            ('usual', 'People per hour that are usual on such a day at that hour.'),
            ('naive', 'People per hour of the same hour a week before: what any forecast must beat.'),
            ('level', 'The most probable level, 0 for the lowest; of the total only.'),
            ('level_observed', 'The level that came, by the cut-offs of the issue.'),
            ('p_levels', 'The probability of each level, lowest first; they add up to 1.'),
            ('observed', 'People that came: per hour, or of all hours of the row.'),
            ('hours', 'Scored hours.'),
            ('absolute_error', 'Sum over the hours of |observed - q50|. Divided by `observed`: WAPE.'),
            ('inside', 'Hours between q10 and q90; 8 of 10 should be.'),
            ('day_type', 'weekday, saturday, sunday, holiday, festival, or adjacent to one.'),
            ('kind', 'The kind: of a day as the calendar tells it, of an incident as the runbook does.'),
            ('holiday', 'The holiday by its name; empty on other days.'),
            ('place', '1 for the worst.'),
            ('chance', 'The chance of the highest level as it was forecast, to a tenth.'),
            ('came', 'How often it came.'),
            ('decided_at', 'When it was decided.'),
            ('challenger', 'The model that was judged.'),
            ('champion', 'The model that served then; none before the first.'),
            ('outcome', 'first, promote, keep or reject.'),
            ('reason', 'Why.'),
            ('subject', 'What it is about: a day, a file, a run.'),
            ('open', 'Whether it is still so.'),
            ('opened_at', 'When it was found.'),
            ('closed_at', 'When it was found to be over; none while it is not.'),
            ('counted', 'Hours counted, of all series.'),
            ('estimated', 'Hours spread from the total of the day, of all series.'),
            ('whole_hours', 'The hours counted of all series that the day has.'),
            ('sources', 'Which sources they are from.'),
            ('refused', 'Whether the newest that came did not pass the audit.'),
            ('arrived_at', 'When the newest of it came.')
        ) as told (name, text)
        join pg_attribute a on a.attname = told.name and a.attnum > 0
        join pg_class c on c.oid = a.attrelid and c.relkind = 'v'
        where c.oid in ('published.calendar'::regclass, 'published.recent'::regclass,
            'published.accuracy_by_hour'::regclass, 'published.misses'::regclass,
            'published.reliability'::regclass, 'published.decision'::regclass,
            'published.incident'::regclass, 'published.day_status'::regclass)
    loop
        execute format('comment on column %s.%I is %L', held.view, held.name, held.text);
    end loop;
end $$;

grant select on all tables in schema published to seongsu_reader, seongsu_writer;
