-- What arrived, byte for byte, what it says of each day, and what was refused. Append only.
-- `dataset` is a domain's name, or NAME@sample for generated data: the two never mix.
create schema warehouse;

create function warehouse.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append only', tg_table_name
        using errcode = 'restrict_violation', hint = 'add a new row instead';
end $$;

create table warehouse.payload (
    id          bigint generated always as identity primary key,
    dataset     text        not null,
    source      text        not null,
    request     text        not null,
    sha256      text        not null,
    body        bytea       not null,
    received_at timestamptz not null,
    unique (dataset, source, sha256)
);

-- A payload without a row here was stored but not yet read: a crash in between is repaired by reading it.
create table warehouse.payload_read (
    payload_id bigint      primary key references warehouse.payload,
    rows       int         not null,
    refused    int         not null,
    read_at    timestamptz not null
);

create table warehouse.arrival (
    id            bigint generated always as identity primary key,
    dataset       text        not null,
    business_date date        not null,
    grain         text        not null check (grain in ('hourly', 'daily')),
    payload_id    bigint      not null references warehouse.payload,
    content_sha   text        not null,
    accepted      boolean     not null,
    audited_at    timestamptz not null
);
create index on warehouse.arrival (dataset, grain, business_date, id desc);

create table warehouse.arrival_row (
    arrival_id bigint           not null references warehouse.arrival,
    series     text             not null,
    hour       smallint         not null,
    value      double precision not null,
    place      text             not null
);
create index on warehouse.arrival_row (arrival_id);

create table warehouse.quarantine (
    id            bigint generated always as identity primary key,
    dataset       text        not null,
    payload_id    bigint      not null references warehouse.payload,
    business_date date,
    claim         text        not null,
    place         text        not null,
    reason        text        not null,
    record        text        not null,
    refused_at    timestamptz not null
);
create index on warehouse.quarantine (dataset, business_date);

create trigger append_only before update or delete or truncate on warehouse.payload
    for each statement execute function warehouse.refuse_change();
create trigger append_only before update or delete or truncate on warehouse.arrival
    for each statement execute function warehouse.refuse_change();
create trigger append_only before update or delete or truncate on warehouse.arrival_row
    for each statement execute function warehouse.refuse_change();
create trigger append_only before update or delete or truncate on warehouse.quarantine
    for each statement execute function warehouse.refuse_change();

-- The newest thing said of each day, and the newest that passed the audit.
create view warehouse.latest_arrival as
select distinct on (dataset, grain, business_date) *
from warehouse.arrival order by dataset, grain, business_date, id desc;

create view warehouse.latest_accepted as
select distinct on (dataset, grain, business_date) *
from warehouse.arrival where accepted order by dataset, grain, business_date, id desc;
