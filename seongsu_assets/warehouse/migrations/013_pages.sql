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
