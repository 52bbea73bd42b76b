-- An entry of the audit trail for what SQL itself does: the operator's registry functions, and a job whose login may not write
-- to the outbox. What it looks like is kit's contract/audit-payload.ts.
create function app.append_audit(p_tenant_id uuid, p_act text, p_author jsonb, p_subject jsonb, p_changes jsonb) returns void
  language plpgsql set search_path = ''
  as $$
    declare
      before text := pg_catalog.current_setting('app.tenant_id', true);
    begin
      perform pg_catalog.set_config('app.tenant_id', p_tenant_id::text, true);
      insert into app.outbox (tenant_id, topic, entity_id, entity_version, payload)
        values (p_tenant_id, 'audit', app.uuid_v7(), 1, pg_catalog.jsonb_build_object(
          'happenedAt', pg_catalog.to_char(pg_catalog.clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
          'act', p_act, 'author', p_author, 'subject', p_subject, 'changes', p_changes, 'requestId', null, 'traceId', null));
      perform pg_catalog.set_config('app.tenant_id', coalesce(before, ''), true);
    end
  $$;

-- The author of what the platform's team wrote into a Tenant resource.
create function app.operator_author() returns jsonb language sql immutable set search_path = ''
  as $$ select pg_catalog.jsonb_build_object('kind', 'operator', 'id', null, 'name', 'Platform operator', 'email', null) $$;
