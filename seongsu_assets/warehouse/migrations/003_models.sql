-- Trained models as text, the decisions about them, and who is champion.
create table warehouse.model (
    model_id      text        primary key,
    dataset       text        not null,
    created_at    timestamptz not null,
    trained_from  date        not null,
    trained_to    date        not null,
    data_sha      text        not null,
    code_version  text        not null,
    booster       text        not null,
    metadata      jsonb       not null,
    sha256        text        not null,
    metrics       jsonb       not null,
    evaluation    bytea       not null, -- the rolling-origin rows behind the metrics, as Parquet
    mlflow_run_id text,
    dagster_run_id text,
    number        bigint generated always as identity -- the order of training
);

create table warehouse.decision (
    id         bigint generated always as identity primary key,
    dataset    text        not null,
    decided_at timestamptz not null,
    challenger text        not null references warehouse.model,
    champion   text        references warehouse.model,
    outcome    text        not null check (outcome in ('first', 'promote', 'keep', 'reject')),
    reason     text        not null,
    inputs     jsonb       not null
);

create trigger append_only before update or delete or truncate on warehouse.model
    for each statement execute function warehouse.refuse_change();
create trigger append_only before update or delete or truncate on warehouse.decision
    for each statement execute function warehouse.refuse_change();

-- The champion is the challenger of the newest decision that promoted one.
create view warehouse.champion as
select distinct on (dataset) dataset, challenger as model_id, decided_at as since, reason
from warehouse.decision where outcome in ('first', 'promote') order by dataset, id desc;

create table warehouse.cutoffs (
    dataset    text               not null,
    version    text               not null,
    lower      double precision[] not null,
    names      text[]             not null,
    first_day  date               not null,
    last_day   date               not null,
    derived_at timestamptz        not null,
    primary key (dataset, version)
);
