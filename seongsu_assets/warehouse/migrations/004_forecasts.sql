-- Issued forecasts (append only), the pointer that readers go through, and the scores.
create table warehouse.issue (
    issue_id   text        primary key,
    dataset    text        not null,
    origin     date        not null,
    issued_at  timestamptz not null,
    data_through date      not null,
    model_id   text        references warehouse.model,
    tier       text        not null check (tier in ('champion', 'last_good', 'profile')),
    data_sha   text        not null,
    cutoffs    text        not null,
    number     bigint      generated always as identity, -- the order of issue
    foreign key (dataset, cutoffs) references warehouse.cutoffs (dataset, version)
);
create index on warehouse.issue (dataset, origin);

create table warehouse.forecast (
    issue_id      text             not null references warehouse.issue,
    series        text             not null,
    business_date date             not null,
    hour          smallint         not null,
    at            timestamptz      not null,
    horizon       smallint         not null,
    q10           double precision not null check (q10 >= 0),
    q50           double precision not null check (q50 >= q10),
    q90           double precision not null check (q90 >= q50 and q90 < 'infinity'),
    level         smallint,
    p_levels      double precision[],
    usual         double precision,
    naive         double precision,
    primary key (issue_id, series, business_date, hour)
);
create index on warehouse.forecast (business_date);

create trigger append_only before update or delete or truncate on warehouse.issue
    for each statement execute function warehouse.refuse_change();
create trigger append_only before update or delete or truncate on warehouse.forecast
    for each statement execute function warehouse.refuse_change();

create table warehouse.publication (
    dataset      text        primary key,
    issue_id     text        not null references warehouse.issue,
    published_at timestamptz not null
);

-- One row per forecast that met its truth; a revised truth adds a row and keeps the old one.
create table warehouse.score (
    issue_id      text             not null,
    series        text             not null,
    business_date date             not null,
    hour          smallint         not null,
    revision      smallint         not null,
    observed      double precision not null,
    scored_at     timestamptz      not null,
    primary key (issue_id, series, business_date, hour, revision),
    foreign key (issue_id, series, business_date, hour) references warehouse.forecast
);
create trigger append_only before update or delete or truncate on warehouse.score
    for each statement execute function warehouse.refuse_change();

create table warehouse.drift (
    id        bigint generated always as identity primary key,
    dataset   text        not null,
    origin    date        not null,
    judged_at timestamptz not null,
    verdict   text        not null,
    reason    text        not null,
    inputs    jsonb       not null
);
create trigger append_only before update or delete or truncate on warehouse.drift
    for each statement execute function warehouse.refuse_change();
