-- What is wrong and since when, what people are told of it, and what was delivered where.
create table warehouse.incident (
    id        bigint generated always as identity primary key,
    domain    text        not null,
    kind      text        not null,
    subject   text        not null,
    owner     text        not null,
    what      text        not null,
    remedy    text        not null,
    link      text        not null,
    opened_at timestamptz not null,
    seen_at   timestamptz not null,
    closed_at timestamptz
);
create unique index incident_open on warehouse.incident (domain, kind, subject)
    where closed_at is null;
create index on warehouse.incident (domain, kind, subject, id desc);

-- The outbox. An incident is told at most three times, however often it opens again; news once.
create table warehouse.message (
    id          bigint generated always as identity primary key,
    incident_id bigint      references warehouse.incident,
    phase       text        not null check (phase in ('opened', 'reminder', 'closed', 'news')),
    domain      text        not null,
    kind        text        not null,
    subject     text        not null,
    owner       text        not null,
    title       text        not null,
    body        text        not null,
    created_at  timestamptz not null,
    check ((incident_id is null) = (phase = 'news')),
    unique (incident_id, phase)
);
create unique index message_news on warehouse.message (domain, kind, subject) where phase = 'news';

-- A place that messages go to, by a name that tells nothing of its address. What was said before
-- it was known is not sent to it.
create table warehouse.channel (
    name  text        primary key,
    since timestamptz not null
);

create table warehouse.delivery (
    id         bigint generated always as identity primary key,
    message_id bigint      not null references warehouse.message,
    channel    text        not null references warehouse.channel,
    tried_at   timestamptz not null,
    outcome    text        not null check (outcome in ('sent', 'failed')),
    detail     text        not null
);
create index on warehouse.delivery (channel, id desc);
create unique index delivery_once on warehouse.delivery (message_id, channel)
    where outcome = 'sent';

create trigger append_only before update or delete or truncate on warehouse.message
    for each statement execute function warehouse.refuse_change();
create trigger append_only before update or delete or truncate on warehouse.delivery
    for each statement execute function warehouse.refuse_change();

-- When each process of the platform was last seen alive.
create table warehouse.heartbeat (
    name   text        primary key,
    at     timestamptz not null,
    detail text        not null
);

-- How long the provider took to answer; unknown for what was asked before.
alter table warehouse.answer add column seconds double precision check (seconds >= 0);
