-- A run that drafted invoices, told by the database from the run's own row: a tenant's login writes no entry of the audit trail.
create function billing.audit_run() returns trigger language plpgsql security definer set search_path = ''
  as $$
    begin
      perform app.append_audit(new.tenant_id, 'invoices.drafted',
        pg_catalog.jsonb_build_object('kind', 'job', 'id', null, 'name', new.job, 'email', null),
        pg_catalog.jsonb_build_object('type', 'run', 'id', new.id,
          'name', coalesce('Invoice run of ' || pg_catalog.to_char(new.period, 'YYYY-MM'), 'Invoice run')),
        (select coalesce(pg_catalog.jsonb_agg(
            pg_catalog.jsonb_build_object('field', key, 'before', null, 'after', value) order by key), '[]')
          from pg_catalog.jsonb_each_text(new.counts)));
      return null;
    end
  $$;
create trigger audit after update of state on billing.runs for each row
  when (old.state = 'running' and new.state = 'done' and new.job = 'invoice-run') execute function billing.audit_run();
