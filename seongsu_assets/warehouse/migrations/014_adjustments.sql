-- What people know that no model does: an event, and how many people an hour it adds or takes away.
-- Append only: who is wrong withdraws with a row of its own. What is issued is never changed by it.
create table warehouse.adjustment (
    id            uuid        primary key, -- of who asks: asked twice it is entered once
    number        bigint      generated always as identity unique, -- the order of entry
    entered_at    timestamptz not null,
    entered_by    text        not null check (entered_by ~ '^[0-9a-f]{8}$'), -- of a key, never the key
    withdraws     uuid        unique references warehouse.adjustment,
    dataset       text,
    series        text,
    business_date date,
    from_hour     smallint    check (from_hour >= 0),
    to_hour       smallint    check (to_hour > from_hour and to_hour <= 28), -- no more of it
    name          text        check (char_length(name) between 1 and 80
                                     and name !~ '[\u0001-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]'),
    people        integer     check (people <> 0 and abs(people) <= 100000),
    issue_id      text, -- which forecast was published when it was entered
    foreign key (issue_id, series, business_date, from_hour) references warehouse.forecast,
    constraint entry_or_withdrawal check (
        num_nonnulls(dataset, series, business_date, from_hour, to_hour, name, people, issue_id)
        = case when withdraws is null then 8 else 0 end)
);
create index on warehouse.adjustment (dataset, business_date);
create trigger append_only before update or delete or truncate on warehouse.adjustment
    for each statement execute function warehouse.refuse_change();

alter table warehouse.adjustment enable row level security;
create policy written on warehouse.adjustment to seongsu_writer using (true) with check (true);
create policy known on warehouse.adjustment for select to seongsu_reader using (true);
grant select, insert on warehouse.adjustment to seongsu_writer;
grant select on warehouse.adjustment to seongsu_reader;

-- An hour counts where the adjustment was in force when it began: entered before, not withdrawn
-- before. Who withdraws afterwards does not escape the score.
create view published.adjustment_score with (security_invoker = true) as
with held as (
    select a.domain, a.sample, e.id, e.name, e.series, f.business_date, f.hour, f.at, e.people,
           e.entered_at, f.issue_id, f.q50
    from warehouse.active_dataset a
    join warehouse.adjustment e using (dataset)
    join warehouse.forecast f
      on (f.issue_id, f.series, f.business_date) = (e.issue_id, e.series, e.business_date)
     and f.hour >= e.from_hour and f.hour < e.to_hour
    left join warehouse.adjustment w on w.withdraws = e.id
    where e.entered_at < f.at and (w.id is null or w.entered_at >= f.at)),
judged as (
    select h.domain, h.sample, h.id::text as id, h.name, h.series, h.business_date, h.hour, h.at,
           h.issue_id, h.entered_at, h.people, together.people - h.people as others,
           h.q50 as forecast, greatest(h.q50 + together.people, 0) as adjusted, s.observed
    from held h
    cross join lateral (
        select sum(o.people)::integer as people from held o
        where (o.domain, o.series, o.at) = (h.domain, h.series, h.at)) together
    join lateral (
        select s.observed from warehouse.score s
        where (s.issue_id, s.series, s.business_date, s.hour)
            = (h.issue_id, h.series, h.business_date, h.hour)
        order by s.revision desc limit 1) s on true)
select j.*, abs(observed - forecast) as forecast_error, abs(observed - adjusted) as adjusted_error
from judged j;
comment on view published.adjustment_score is
    'Each scored hour of each adjustment that was in force when it began: the forecast published when it was entered, the same with what was adjusted, and what came.';

create view published.adjustment with (security_invoker = true) as
select a.domain, a.sample, e.id::text as id, e.series, e.business_date, e.from_hour, e.to_hour,
       e.name, e.people, e.issue_id, e.entered_at, e.entered_by, w.entered_at as withdrawn_at,
       w.entered_by as withdrawn_by, w.id is null as in_force, s.hours as scored_hours,
       s.forecast_error, s.adjusted_error
from warehouse.active_dataset a
join warehouse.adjustment e using (dataset)
left join warehouse.adjustment w on w.withdraws = e.id
left join (
    select id, count(*) as hours, sum(forecast_error) as forecast_error,
           sum(adjusted_error) as adjusted_error
    from published.adjustment_score group by id) s on s.id = e.id::text;
comment on view published.adjustment is
    'What people have added to the published forecast of a day and why, who withdrew it, and whether it was nearer to what came.';

-- How a planner would have done who calls every hour whose chance of the highest level is at least
-- so much: by how far ahead, over the newest scored days, and only of what was issued in time.
create view published.alarm with (security_invoker = true) as
with scored as (
    select distinct on (a.domain, f.series, f.horizon, f.business_date, f.hour)
           a.domain, a.sample, f.series, f.horizon, newest.day - f.business_date as age,
           f.p_levels[cardinality(f.p_levels)] as chance,
           width_bucket(s.observed, c.lower) = cardinality(c.lower) as crowded
    from warehouse.active_dataset a
    cross join lateral (
        select i.origin + 1 as day from warehouse.issue i
        where i.dataset = a.dataset and exists (
            select from warehouse.score s
            where s.issue_id = i.issue_id and s.business_date = i.origin + 1)
        order by i.origin desc limit 1) newest
    join warehouse.issue i on i.dataset = a.dataset and i.origin >= newest.day - 100
    join warehouse.cutoffs c on c.dataset = a.dataset and c.version = i.cutoffs
    join warehouse.forecast f on f.issue_id = i.issue_id and f.business_date > newest.day - 90
    join warehouse.score s on (s.issue_id, s.series, s.business_date, s.hour)
        = (f.issue_id, f.series, f.business_date, f.hour)
    where f.p_levels is not null and i.issued_at <= f.at
    order by a.domain, f.series, f.horizon, f.business_date, f.hour, i.number desc,
             s.revision desc)
select domain, sample, series, horizon, span.days, called.chance, count(*) as hours,
       count(*) filter (where s.chance >= called.chance) as called,
       count(*) filter (where s.chance >= called.chance and crowded) as hits,
       count(*) filter (where crowded) as crowded
from scored s
cross join (values (28), (90)) as span (days)
cross join (values (0.3::float), (0.5), (0.7), (0.9)) as called (chance)
where s.age < span.days
group by domain, sample, series, horizon, span.days, called.chance;
comment on view published.alarm is
    'How often hours came at the highest level of those forecast with at least some chance of it, and how many of those that came were, by how far ahead.';

do $$
declare
    held record;
begin
    for held in
        select c.oid::regclass as view, a.attname as name, told.text
        from (values
            ('domain', 'What is forecast: seongsu, or another declared domain.'),
            ('sample', 'Whether the data is generated, for trying the platform without any.'),
            ('id', 'The adjustment, as who entered it named it.'),
            ('series', 'What is counted: one of each domain is the total.'),
            ('business_date', 'The operating day: the hours after midnight belong to the day before.'),
            ('hour', 'The hour of the operating day, 0 to 27 at most: 25 is one in the morning of the next day.'),
            ('at', 'When the hour begins.'),
            ('from_hour', 'The first hour of the operating day.'),
            ('to_hour', 'The first hour that is not of it any more.'),
            ('name', 'What it is, as somebody typed it: show it as text only.'),
            ('people', 'How many people an hour it adds or takes away.'),
            ('others', 'People an hour of other adjustments in force for the same hour.'),
            ('issue_id', 'The issue that was published when it was entered: it is scored beside that.'),
            ('entered_at', 'When it was entered.'),
            ('entered_by', 'By which key: its fingerprint, of which no key can be made.'),
            ('withdrawn_at', 'When it was withdrawn; none where it was not.'),
            ('withdrawn_by', 'By which key.'),
            ('in_force', 'Whether it was not withdrawn.'),
            ('scored_hours', 'Hours of it that were scored; none before the first.'),
            ('forecast', 'People per hour: the forecast alone.'),
            ('adjusted', 'People per hour: the forecast with all adjustments in force when the hour began.'),
            ('observed', 'People per hour that came.'),
            ('forecast_error', 'How far the forecast alone was off: people, in `adjustment` of all scored hours.'),
            ('adjusted_error', 'How far it was off with the adjustments in force, likewise.'),
            ('horizon', 'Days between the origin and the day: 1 is issued in the morning of the day.'),
            ('days', 'The newest so many scored days.'),
            ('chance', 'Hours count as called whose chance of the highest level was at least this.'),
            ('hours', 'Scored hours, of what was issued before they began.'),
            ('called', 'How many were called.'),
            ('hits', 'How many of the called came at the highest level.'),
            ('crowded', 'How many came at the highest level, called or not.')
        ) as told (name, text)
        join pg_attribute a on a.attname = told.name and a.attnum > 0
        join pg_class c on c.oid = a.attrelid and c.relkind = 'v'
        where c.oid in ('published.adjustment'::regclass, 'published.adjustment_score'::regclass,
            'published.alarm'::regclass)
    loop
        execute format('comment on column %s.%I is %L', held.view, held.name, held.text);
    end loop;
end $$;

grant select on published.adjustment, published.adjustment_score, published.alarm
    to seongsu_reader, seongsu_writer;
