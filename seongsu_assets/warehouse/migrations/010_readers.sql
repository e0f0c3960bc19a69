-- Who may read what. The published views run by their reader's own rights, through row level
-- security; the tables behind them are in a schema that no reader may name.
do $$
declare
    made text;
begin
    foreach made in array array['seongsu_reader', 'seongsu_writer'] loop
        if not exists (select from pg_roles where rolname = made) then
            execute format('create role %I nologin', made);
        end if;
    end loop;
exception when duplicate_object or unique_violation then
    null; -- the role is the server's: another database of it was migrated in this moment
end $$;

-- What anybody may know of a table, by column: not the bytes that arrived, nor what was refused.
grant select on warehouse.active_dataset, warehouse.latest_arrival, warehouse.latest_accepted,
                warehouse.champion to seongsu_reader;
grant select on warehouse.publication, warehouse.issue, warehouse.forecast, warehouse.cutoffs,
                warehouse.score, warehouse.observation, warehouse.reading to seongsu_reader;
grant select (id, source, grain) on warehouse.arrival to seongsu_reader;
grant select (id, dataset, received_at) on warehouse.payload to seongsu_reader;
grant select (dataset) on warehouse.quarantine to seongsu_reader;
grant select (model_id, dataset, trained_from, trained_to, metrics) on warehouse.model
    to seongsu_reader;

do $$
declare
    held record;
begin
    for held in
        select oid::regclass as name, relname = any(array[
            'publication', 'issue', 'forecast', 'cutoffs', 'score', 'observation', 'reading',
            'arrival', 'payload', 'quarantine', 'model']) as read
        from pg_class where relnamespace = 'warehouse'::regnamespace and relkind = 'r'
    loop
        execute format('alter table %s enable row level security', held.name);
        execute format('create policy written on %s to seongsu_writer '
                       'using (true) with check (true)', held.name);
        if held.read then
            execute format('create policy known on %s for select to seongsu_reader using (true)',
                           held.name);
        end if;
    end loop;
    for held in
        select oid::regclass as name from pg_class
        where relnamespace = 'published'::regnamespace and relkind = 'v'
    loop
        execute format('alter view %s set (security_invoker = true)', held.name);
    end loop;
end $$;

-- The writer changes rows, never the schema; what is append only stays so for it.
grant usage on schema warehouse, published to seongsu_writer;
grant select, insert, update, delete on all tables in schema warehouse to seongsu_writer;
grant select on all tables in schema published to seongsu_writer;
grant usage on all sequences in schema warehouse to seongsu_writer;
alter function warehouse.refuse_change() set search_path = '';
revoke execute on all functions in schema warehouse from public;
grant execute on all functions in schema warehouse to seongsu_writer;

create view published.explanation with (security_invoker = true) as
select a.domain, a.sample, i.issue_id, f.series, f.business_date, f.hour, f.at, f.q50, f.usual,
       part.name as part, part.people
from warehouse.active_dataset a
join warehouse.publication p using (dataset)
join warehouse.issue i using (issue_id)
join warehouse.forecast f using (issue_id)
cross join lateral (values
    ('level', f.part_level), ('weekday', f.part_weekday), ('trend', f.part_trend),
    ('holiday', f.part_holiday), ('season', f.part_season), ('weather', f.part_weather)
) as part (name, people)
where part.people is not null;
comment on view published.explanation is
    'What the published forecast is made of: people per part, adding up to q50. None where the usual profile serves.';

-- On Supabase these are whoever comes with the public key, and whoever has logged in.
do $$
declare
    known text;
begin
    grant usage on schema published to seongsu_reader;
    grant select on all tables in schema published to seongsu_reader;
    alter role seongsu_reader set statement_timeout = '3s';
    for known in select rolname from pg_roles where rolname in ('anon', 'authenticated') loop
        execute format('grant seongsu_reader to %I', known);
        execute format('alter role %I set statement_timeout = ''3s''', known);
    end loop;
    if exists (select from pg_roles where rolname = 'service_role') then
        grant seongsu_writer to service_role;
    end if;
end $$;
