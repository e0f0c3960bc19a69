-- A snapshot that no published number stands on may go; its row stays and says so. First it is
-- swept, then its file is removed: what is cut short in between is finished by the next sweep.
alter table warehouse.snapshot
    add column swept_at timestamptz,
    add column freed_at timestamptz check (freed_at >= swept_at);

-- What each model was trained on: where it is below the store, or since when it is gone.
create view warehouse.training_set with (security_invoker = true) as
select m.model_id, m.dataset, s.kind, s.sha256, s.path, s.rows, s.bytes, s.swept_at
from warehouse.model m
join warehouse.model_source o using (model_id)
join warehouse.snapshot s on s.sha256 in (o.features, o.observations);
grant select on warehouse.training_set to seongsu_writer;
