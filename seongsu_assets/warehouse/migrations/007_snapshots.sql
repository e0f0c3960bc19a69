-- What models and issues were made from: frames in the artefact store, named by their content.
create table warehouse.snapshot (
    sha256  text        primary key check (sha256 ~ '^[0-9a-f]{64}$'),
    kind    text        not null check (kind in ('features', 'observations', 'calendar')),
    path    text        not null, -- below the folder of the store
    rows    bigint      not null,
    bytes   bigint      not null,
    made_at timestamptz not null
);

create table warehouse.model_source (
    model_id     text  primary key references warehouse.model,
    recipe       jsonb not null, -- the plan, the seed and whatever else the numbers depend on
    software     jsonb not null, -- the versions of the code and of the libraries
    features     text  not null references warehouse.snapshot,
    observations text  not null references warehouse.snapshot
);

create table warehouse.issue_source (
    issue_id     text  primary key references warehouse.issue,
    recipe       jsonb not null,
    software     jsonb not null,
    features     text  references warehouse.snapshot, -- none where the origin had none
    observations text  not null references warehouse.snapshot,
    calendar     text  not null references warehouse.snapshot
);

create trigger append_only before update or delete or truncate on warehouse.model_source
    for each statement execute function warehouse.refuse_change();
create trigger append_only before update or delete or truncate on warehouse.issue_source
    for each statement execute function warehouse.refuse_change();
