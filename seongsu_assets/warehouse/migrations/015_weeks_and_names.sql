-- A forecast of the day is, where a period is a week, that of the week: made from all before it.
create or replace view published.recent with (security_invoker = true) as
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
    select i.origin from warehouse.issue i
    where i.dataset = a.dataset and exists (
        select from warehouse.score s
        where s.issue_id = i.issue_id and s.business_date in (i.origin + 1, i.origin + 7))
    order by i.origin desc limit 1) newest
join warehouse.issue i on i.dataset = a.dataset and i.origin > newest.origin - 90
join warehouse.cutoffs c on c.dataset = a.dataset and c.version = i.cutoffs
join warehouse.forecast f on f.issue_id = i.issue_id and f.horizon = 1
    and f.business_date in (i.origin + 1, i.origin + 7) -- the first of a week is seven days on
join warehouse.score s on (s.issue_id, s.series, s.business_date, s.hour)
    = (f.issue_id, f.series, f.business_date, f.hour)
left join published.calendar k on k.domain = a.domain and k.business_date = f.business_date
where not exists (
    select from warehouse.score later
    where (later.issue_id, later.series, later.business_date, later.hour)
        = (s.issue_id, s.series, s.business_date, s.hour) and later.revision > s.revision)
order by a.domain, f.series, f.business_date, f.hour, i.issued_at <= f.at desc,
         case when i.issued_at <= f.at then i.number else -i.number end desc;

-- What sources call the series: ids tell people nothing.
create table warehouse.series_name (
    dataset text        not null,
    series  text        not null,
    name    text        not null check (char_length(name) between 1 and 120),
    told_at timestamptz not null,
    primary key (dataset, series)
);
alter table warehouse.series_name enable row level security;
create policy written on warehouse.series_name to seongsu_writer using (true) with check (true);
create policy known on warehouse.series_name for select to seongsu_reader using (true);
grant select, insert, update on warehouse.series_name to seongsu_writer;
grant select on warehouse.series_name to seongsu_reader;

create view published.series with (security_invoker = true) as
select a.domain, n.series, n.name
from warehouse.active_dataset a join warehouse.series_name n using (dataset);
comment on view published.series is 'What the source calls each series, where it names them.';
comment on column published.series.domain is 'What is forecast: seongsu, or another declared domain.';
comment on column published.series.series is 'The series, as it is called in every other view.';
comment on column published.series.name is 'Its name for people, as the source said it last.';
grant select on published.series to seongsu_reader, seongsu_writer;

-- Of a few series all must be counted for an hour to be whole. Of a large panel, whose series come
-- and go, never all are: nine of ten make it whole, and the total says of itself where it is known.
create function warehouse.nearly_all(parts bigint, most bigint) returns boolean
    language sql immutable set search_path = '' as
    $$ select parts = most or (most >= 20 and parts >= 0.9 * most) $$;
grant execute on function warehouse.nearly_all to seongsu_reader, seongsu_writer;

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
    whole as (select people from parts where warehouse.nearly_all(parts, (select max(parts) from parts)))
    select array_agg((select avg((w.people >= bound)::int)::float from whole w) order by place)
           as shares
    from unnest(c.lower) with ordinality as bounds (bound, place)) reached;

create or replace view published.day_status with (security_invoker = true) as
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
             where parts > 0 and warehouse.nearly_all(parts, (select max(parts) from hours)))
               as whole_hours,
           (select array_agg(distinct source) from held) as sources) o on true
left join lateral (
    select bool_or(not l.accepted) as refused, max(p.received_at) as arrived_at
    from warehouse.latest_arrival l join warehouse.payload p on p.id = l.payload_id
    where l.dataset = a.dataset and l.business_date = day.business_date) r on true;

-- Of several issues of one morning that which stood when the hour began is scored, and of hours
-- before the first of them that one: what was withdrawn before is not what anybody was told.
create or replace view published.accuracy with (security_invoker = true) as
with standing as (
    select i.*, lag(i.issued_at) over later is null as first,
           lead(i.issued_at, 1, 'infinity') over later as until
    from warehouse.issue i
    window later as (partition by i.dataset, i.origin order by i.number))
select a.domain, a.sample, f.series, f.horizon, f.business_date, count(*) as hours,
       sum(abs(s.observed - f.q50)) as absolute_error,
       sum(abs(s.observed - f.naive)) as naive_absolute_error,
       sum(s.observed) as observed,
       count(*) filter (where s.observed between f.q10 and f.q90) as inside,
       count(f.level) as level_hours,
       count(*) filter (where f.level = width_bucket(s.observed, c.lower)) as level_hits
from warehouse.active_dataset a
join standing i using (dataset)
join warehouse.cutoffs c on c.dataset = a.dataset and c.version = i.cutoffs
join warehouse.forecast f on f.issue_id = i.issue_id and f.at < i.until
    and (i.first or f.at >= i.issued_at)
join warehouse.score s on (s.issue_id, s.series, s.business_date, s.hour)
    = (f.issue_id, f.series, f.business_date, f.hour)
where f.naive is not null and not exists (
    select from warehouse.score later
    where (later.issue_id, later.series, later.business_date, later.hour)
        = (s.issue_id, s.series, s.business_date, s.hour) and later.revision > s.revision)
group by a.domain, a.sample, f.series, f.horizon, f.business_date;
comment on view published.accuracy is
    'Errors per day and horizon beside seasonal naive on the same rows; divide sums to get WAPE. Each hour is scored by the issue that stood when it began.';
