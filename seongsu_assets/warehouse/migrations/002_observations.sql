-- What passed the audit: one current row per series and hour; earlier values are kept as revisions.
create table warehouse.observation (
    dataset       text             not null,
    series        text             not null,
    business_date date             not null,
    hour          smallint         not null,
    revision      smallint         not null,
    at            timestamptz      not null,
    value         double precision not null,
    arrival_id    bigint           not null references warehouse.arrival,
    recorded_at   timestamptz      not null,
    superseded_at timestamptz,
    primary key (dataset, series, business_date, hour, revision)
);
create unique index observation_current
    on warehouse.observation (dataset, business_date, series, hour) where superseded_at is null;

create table warehouse.covariate (
    dataset       text        not null,
    name          text        not null,
    business_date date        not null,
    attributes    jsonb       not null,
    recorded_at   timestamptz not null,
    primary key (dataset, name, business_date)
);

-- What was known at the end of `origin` about the days that follow it: one Parquet table an origin.
-- As rows the same numbers take thirty times the space, for hundreds of columns of many series.
create table warehouse.feature (
    dataset     text        not null,
    origin      date        not null,
    names       text[]      not null,
    rows        int         not null,
    content_sha text        not null,
    body        bytea       not null,
    built_at    timestamptz not null,
    primary key (dataset, origin)
);
