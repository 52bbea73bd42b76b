create index sessions_member on auth.sessions (tenant_id, member_id);

create or replace function app.set_directories(p_tenant_id uuid, p_directories uuid[]) returns text
  language plpgsql security definer set search_path = ''
  as $$
    declare
      changed integer;
      total integer;
    begin
      perform pg_catalog.set_config('app.tenant_id', p_tenant_id::text, true);
      delete from auth.directories d where d.tenant_id = p_tenant_id and d.directory_id <> all (p_directories);
      get diagnostics total = row_count;
      if total > 0 then
        update auth.sessions s set ended_at = pg_catalog.now() from auth.members m
          where s.tenant_id = p_tenant_id and s.ended_at is null and m.tenant_id = s.tenant_id and m.id = s.member_id
            and m.role <> 'guest' and m.directory_id <> all (p_directories);
      end if;
      insert into auth.directories (tenant_id, directory_id)
        select p_tenant_id, wanted from pg_catalog.unnest(p_directories) wanted
        where not exists (select from auth.directories d where d.tenant_id = p_tenant_id and d.directory_id = wanted);
      get diagnostics changed = row_count;
      return case when total + changed > 0 then 'updated' else 'unchanged' end;
    exception when unique_violation then
      return 'directory-taken';
    end
  $$;

create or replace function app.invite_admins(p_tenant_id uuid, p_admins jsonb) returns integer
  language plpgsql security definer set search_path = ''
  as $$
    declare
      added integer;
      remade integer;
    begin
      perform pg_catalog.set_config('app.tenant_id', p_tenant_id::text, true);
      insert into auth.invitations (tenant_id, email, name, role, origin)
        select p_tenant_id, admin.email, admin.name, 'tenant_admin', 'operator'
        from pg_catalog.jsonb_to_recordset(p_admins) admin (email text, name text)
        where not exists (select from auth.invitations i
          where i.tenant_id = p_tenant_id and i.email = admin.email and i.origin = 'operator')
        on conflict do nothing;
      get diagnostics added = row_count;
      update auth.invitations i set state = 'pending', mailing = i.mailing + 1, mail_attempts = 0, mail_failed_at = null,
          next_attempt_at = pg_catalog.now(), token_hash = null, expires_at = null
        where i.tenant_id = p_tenant_id and i.origin = 'operator'
          and i.email in (select admin.email from pg_catalog.jsonb_to_recordset(p_admins) admin (email text))
          and (i.state = 'sent' and i.expires_at < pg_catalog.now()
            or i.state = 'pending' and i.mail_failed_at < pg_catalog.now() - interval '1 day');
      get diagnostics remade = row_count;
      return added + remade;
    end
  $$;
