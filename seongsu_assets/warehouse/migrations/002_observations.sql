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

-- Orders what happened without asking a clock, which may jump: the later step is the larger.
create sequence warehouse.step;

-- Which arrival a day's observations stand on, and the step at which they last changed.
create table warehouse.settlement (
    dataset       text   not null,
    business_date date   not null,
    arrival_id    bigint not null references warehouse.arrival,
    step          bigint not null,
    primary key (dataset, business_date)
);

-- Known ahead and the same for measured and generated data, so kept per domain.
create table warehouse.covariate (
    domain        text        not null,
    name          text        not null,
    business_date date        not null,
    attributes    jsonb       not null,
    recorded_at   timestamptz not null,
    step          bigint      not null default nextval('warehouse.step'),
    primary key (domain, name, business_date)
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
    step        bigint      not null default nextval('warehouse.step'), -- when it was last found true
    primary key (dataset, origin)
);
