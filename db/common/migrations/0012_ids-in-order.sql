-- Ids made one after the other sort so, to the microsecond: within one millisecond the order was chance, and rows that are read
-- by their id (a draft's edits, the newest voiding of an invoice) came in another order than they were written.
create or replace function app.uuid_v7() returns uuid language sql volatile parallel safe
  as $$
    select (overlay(lpad(to_hex(floor(extract(epoch from clock_timestamp()) * 4096000)::bigint), 15, '0') placing '7' from 13 for 0)
      || right(gen_random_uuid()::text, 17))::uuid
  $$;
