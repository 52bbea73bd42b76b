-- What the operator's registry functions do to the people of an organisation. Of a tenant that is being deleted nothing is told:
-- its trail goes with it.
create function auth.audit_directory() returns trigger language plpgsql set search_path = ''
  as $$
    declare
      directory auth.directories := coalesce(new, old);
    begin
      if exists (select from app.tenants t where t.id = directory.tenant_id and t.state = 'deleting') then return null; end if;
      perform app.append_audit(directory.tenant_id, case tg_op when 'INSERT' then 'directory.added' else 'directory.removed' end,
        app.operator_author(), pg_catalog.jsonb_build_object('type', 'directory', 'id', directory.directory_id,
          'name', directory.directory_id), '[]');
      return null;
    end
  $$;
create trigger audit after insert or delete on auth.directories for each row execute function auth.audit_directory();

create function auth.audit_invitation() returns trigger language plpgsql set search_path = ''
  as $$
    begin
      perform app.append_audit(new.tenant_id, 'invitation.created', app.operator_author(),
        pg_catalog.jsonb_build_object('type', 'invitation', 'id', new.id, 'name', new.name),
        pg_catalog.jsonb_build_array(
          pg_catalog.jsonb_build_object('field', 'email', 'before', null, 'after', new.email),
          pg_catalog.jsonb_build_object('field', 'role', 'before', null, 'after', new.role)));
      return null;
    end
  $$;
create trigger audit after insert on auth.invitations for each row when (new.origin = 'operator')
  execute function auth.audit_invitation();
