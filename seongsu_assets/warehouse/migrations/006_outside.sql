-- What the outside world was asked and answered, what it had not, and what it says beside counts.

-- Every answer over HTTP, before anything of it is read; `request` never holds a key.
create table warehouse.answer_body (
    sha256 text  primary key,
    body   bytea not null
);
create table warehouse.answer (
    id          bigint generated always as identity primary key,
    provider    text        not null,
    request     text        not null,
    status      smallint    not null,
    sha256      text        not null references warehouse.answer_body,
    received_at timestamptz not null
);
create index on warehouse.answer (provider, received_at desc);

-- Calls of one day of the provider, counted before they are made.
create table warehouse.quota (
    provider text not null,
    day      date not null,
    calls    int  not null,
    primary key (provider, day)
);

-- A day that a source was asked for and did not give.
create table warehouse.absence (
    id            bigint generated always as identity primary key,
    dataset       text        not null,
    source        text        not null,
    business_date date        not null,
    meaning       text        not null,
    detail        text        not null,
    asked_at      timestamptz not null
);
create index on warehouse.absence (dataset, source, business_date, id desc);

-- The contract of a source, judged for each payload.
create table warehouse.contract_verdict (
    payload_id bigint  not null references warehouse.payload,
    claim      text    not null,
    passed     boolean not null,
    blocking   boolean not null,
    observed   text    not null,
    reason     text    not null,
    primary key (payload_id, claim)
);

-- received = good + the sum of `records` in quarantine, for every payload that counts its records.
alter table warehouse.payload_read add column received int;
alter table warehouse.quarantine add column records int not null default 0;

-- What is said beside counts: weather, the city's own forecast, trains. As issued, never rewritten.
create table warehouse.reading (
    domain      text        not null,
    feed        text        not null,
    key         text        not null,
    issued_at   timestamptz not null,
    at          timestamptz not null,
    attributes  jsonb       not null,
    payload_id  bigint      not null references warehouse.payload,
    recorded_at timestamptz not null,
    primary key (domain, feed, key, issued_at, at)
);
create index on warehouse.reading (domain, feed, at);

-- Several sources speak of the same day: which one an arrival is from.
alter table warehouse.arrival disable trigger append_only;
alter table warehouse.arrival add column source text;
update warehouse.arrival a set source = p.source from warehouse.payload p where p.id = a.payload_id;
alter table warehouse.arrival alter column source set not null;
alter table warehouse.arrival enable trigger append_only;
create index on warehouse.arrival (dataset, source, grain, business_date, id desc);

-- The newest thing that each source said of each day, and the newest of it that passed the audit.
drop view warehouse.latest_arrival cascade;
drop view warehouse.latest_accepted;
create view warehouse.latest_arrival as
select distinct on (dataset, source, grain, business_date) *
from warehouse.arrival order by dataset, source, grain, business_date, id desc;
create view warehouse.latest_accepted as
select distinct on (dataset, source, grain, business_date) *
from warehouse.arrival where accepted order by dataset, source, grain, business_date, id desc;

-- A day may stand on several arrivals. Where only its total is known its hours are estimates,
-- made from the measured days that were known at step `seen`.
alter table warehouse.observation add column estimated boolean not null default false;
alter table warehouse.settlement add column arrivals bigint[];
update warehouse.settlement set arrivals = array[arrival_id];
alter table warehouse.settlement alter column arrivals set not null;
alter table warehouse.settlement drop column arrival_id;
alter table warehouse.settlement add column estimated boolean not null default false;
alter table warehouse.settlement add column seen bigint not null default 0;

-- Since when the sources of this warehouse are a rehearsal's: all that it holds is generated.
create table warehouse.rehearsal (
    since timestamptz not null
);
create or replace view warehouse.active_dataset as
select distinct on (domain) domain, dataset,
       sample or exists (select from warehouse.rehearsal) as sample
from (select split_part(dataset, '@', 1) as domain, dataset, dataset like '%@sample' as sample
      from warehouse.arrival where grain = 'hourly' and accepted group by dataset) known
order by domain, known.sample;

create or replace view published.actual as
select a.domain, a.sample, o.series, o.business_date, o.hour, o.at, o.value, o.revision, r.source
from warehouse.active_dataset a
join warehouse.observation o using (dataset)
join warehouse.arrival r on r.id = o.arrival_id
where o.superseded_at is null and not o.estimated;
comment on view published.actual is
    'Measured people per series and hour, and the source that said so; an hour that is not known has no row.';

create view published.estimate as
select a.domain, a.sample, o.series, o.business_date, o.hour, o.at, o.value, r.source
from warehouse.active_dataset a
join warehouse.observation o using (dataset)
join warehouse.arrival r on r.id = o.arrival_id
where o.superseded_at is null and o.estimated;
comment on view published.estimate is
    'Hours of days of which only the total is known: the total spread over recent days'' hours. Replaced when they are counted.';

create view published.data_status as
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
         where p.dataset = a.dataset) as issued_at
from warehouse.active_dataset a;
comment on view published.data_status is
    'What each domain stands on: the newest measured data, what was refused, the last issue.';

create view published.source_status as
select a.domain, said.source, said.grain, said.newest_day, said.days, said.arrived_at,
       o.hours_in_force, o.hours_estimated
from warehouse.active_dataset a
join lateral (
    select r.source, r.grain, max(r.business_date) as newest_day,
           count(distinct r.business_date) as days, max(p.received_at) as arrived_at
    from warehouse.latest_accepted r join warehouse.payload p on p.id = r.payload_id
    where r.dataset = a.dataset group by r.source, r.grain) said on true
left join lateral (
    select count(*) as hours_in_force, count(*) filter (where o.estimated) as hours_estimated
    from warehouse.observation o join warehouse.arrival r on r.id = o.arrival_id
    where o.dataset = a.dataset and o.superseded_at is null
      and (r.source, r.grain) = (said.source, said.grain)) o on true;
comment on view published.source_status is
    'Which source each number came from: its days, its newest, and how many hours in force are its own.';

create view published.rivals as
select f.domain, f.feed, f.issued_at, f.at,
       extract(epoch from f.at - f.issued_at) / 3600 as hours_ahead,
       ((f.attributes->>'people_min')::float + (f.attributes->>'people_max')::float) / 2 as said,
       f.attributes->>'level' as level_said,
       ((n.attributes->>'people_min')::float + (n.attributes->>'people_max')::float) / 2 as came,
       n.attributes->>'level' as level_came
from warehouse.reading f
left join lateral (
    select n.attributes from warehouse.reading n
    where (n.domain, n.feed, n.key) = (f.domain, f.feed, 'now')
      and n.at between f.at and f.at + interval '29 minutes' and n.at > f.issued_at
    order by n.at limit 1) n on true
where f.key = 'forecast';
comment on view published.rivals is
    'What others forecast, as they issued it, beside what they themselves said when the hour came.';

grant select on published.data_status, published.actual, published.estimate,
                published.source_status, published.rivals to seongsu_reader;
