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

create or replace view published.accuracy with (security_invoker = true) as
select domain, sample, series, horizon, business_date, count(*) as hours,
       sum(abs(observed - q50)) as absolute_error, sum(abs(observed - naive)) as naive_absolute_error,
       sum(observed) as observed, count(*) filter (where observed between q10 and q90) as inside,
       count(level_observed) as level_hours,
       count(*) filter (where level = level_observed) as level_hits
from published.forecast_log
where observed is not null and naive is not null
group by domain, sample, series, horizon, business_date;
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

-- The newest ninety scored days, forecast on the day before.
create view published.recent with (security_invoker = true) as
with newest as (
    select i.dataset, max(f.business_date) as last
    from warehouse.score s
    join warehouse.forecast f using (issue_id, series, business_date, hour)
    join warehouse.issue i using (issue_id) group by i.dataset)
select l.domain, l.sample, l.series, l.business_date, l.hour, l.at, l.issue_id, l.q10, l.q50, l.q90,
       l.usual, l.naive, l.level, l.p_levels, l.observed, l.level_observed,
       coalesce(c.day_type, case extract(isodow from l.business_date)
           when 6 then 'saturday' when 7 then 'sunday' else 'weekday' end) as day_type, c.holiday
from published.forecast_log l
join warehouse.active_dataset a using (domain)
join newest n on n.dataset = a.dataset
left join published.calendar c using (domain, business_date)
where l.horizon = 1 and l.observed is not null and l.business_date > n.last - 90;
comment on view published.recent is
    'What was forecast on the day before, with what came: the newest ninety scored days.';

create view published.accuracy_by_hour with (security_invoker = true) as
select domain, sample, series, day_type, hour, count(*) as hours,
       sum(abs(observed - q50)) as absolute_error, sum(observed) as observed,
       count(*) filter (where observed between q10 and q90) as inside
from published.recent group by domain, sample, series, day_type, hour;
comment on view published.accuracy_by_hour is
    'Errors by hour and kind of day, forecast on the day before, over the newest ninety scored days.';

create view published.misses with (security_invoker = true) as
select * from (
    select domain, sample, series, business_date, hour, issue_id, q10, q50, q90, usual, observed,
           day_type, holiday,
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
select domain, kind, subject, opened_at, closed_at from warehouse.incident;
comment on view published.incident is 'What was found wrong, since when and until when.';

create view published.day_status with (security_invoker = true) as
select a.domain, a.sample, day.business_date, o.counted, o.estimated, o.sources,
       coalesce(r.refused, false) as refused, r.arrived_at
from warehouse.active_dataset a
join lateral (
    select business_date from warehouse.observation o
    where o.dataset = a.dataset and o.superseded_at is null
    union
    select business_date from warehouse.latest_arrival l where l.dataset = a.dataset) day on true
left join lateral (
    select count(*) filter (where not o.estimated) as counted,
           count(*) filter (where o.estimated) as estimated,
           array_agg(distinct r.source) as sources
    from warehouse.observation o join warehouse.arrival r on r.id = o.arrival_id
    where o.dataset = a.dataset and o.superseded_at is null
      and o.business_date = day.business_date) o on true
left join lateral (
    select bool_or(not l.accepted) as refused, max(p.received_at) as arrived_at
    from warehouse.latest_arrival l join warehouse.payload p on p.id = l.payload_id
    where l.dataset = a.dataset and l.business_date = day.business_date) r on true;
comment on view published.day_status is
    'Each day of which anything arrived: hours counted and estimated, from where, and whether the newest was refused.';

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
            ('opened_at', 'When it was found.'),
            ('closed_at', 'When it was found to be over; none while it is not.'),
            ('counted', 'Hours counted, of all series.'),
            ('estimated', 'Hours spread from the total of the day, of all series.'),
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
