-- The model that the newest origins of a challenger's evaluation were asked of. Its metadata tells by
-- a hash what it learned from: who repeats the evaluation on the same rows would make it again.
create table warehouse.judging_model (
    model_id text  primary key references warehouse.model,
    booster  text  not null,
    metadata jsonb not null,
    sha256   text  not null
);
create trigger append_only before update or delete or truncate on warehouse.judging_model
    for each statement execute function warehouse.refuse_change();
grant select, insert on warehouse.judging_model to seongsu_writer;
alter table warehouse.judging_model enable row level security;
create policy written on warehouse.judging_model to seongsu_writer using (true) with check (true);
