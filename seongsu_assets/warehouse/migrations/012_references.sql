-- A foreign key looks its row up for each row that comes: most of the time in which millions are
-- loaded. Arrivals are append only, so one look for all rows of a statement holds the same.
create function warehouse.require_arrival() returns trigger
language plpgsql set search_path = '' as $$
declare
    missing bigint;
begin
    select a.arrival_id into missing
    from (select distinct arrival_id from added) a
    where not exists (select from warehouse.arrival b where b.id = a.arrival_id)
    limit 1;
    if found then
        raise exception 'arrival % is not there, but % speaks of it', missing, tg_table_name
            using errcode = 'foreign_key_violation', hint = 'record the arrival first';
    end if;
    return null;
end $$;

alter table warehouse.arrival_row drop constraint arrival_row_arrival_id_fkey;
create trigger of_an_arrival after insert on warehouse.arrival_row
    referencing new table as added for each statement execute function warehouse.require_arrival();

alter table warehouse.observation drop constraint observation_arrival_id_fkey;
create trigger of_an_arrival after insert on warehouse.observation
    referencing new table as added for each statement execute function warehouse.require_arrival();
create trigger still_of_an_arrival after update on warehouse.observation
    referencing new table as added for each statement execute function warehouse.require_arrival();
revoke execute on function warehouse.require_arrival() from public;
grant execute on function warehouse.require_arrival() to seongsu_writer;
