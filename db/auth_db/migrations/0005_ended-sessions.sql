-- When a session ended, and by which transaction: services follow the latter and refuse the session's tokens.
alter table auth.sessions add column ended_tx xid8;
create index sessions_ended on auth.sessions (ended_tx) where ended_tx is not null;

create function auth.stamp_end() returns trigger language plpgsql set search_path = ''
  as $$
    begin
      new.ended_at := pg_catalog.clock_timestamp();
      new.ended_tx := pg_catalog.pg_current_xact_id();
      return new;
    end
  $$;
create trigger stamp_end before update on auth.sessions for each row
  when (old.ended_at is null and new.ended_at is not null) execute function auth.stamp_end();

-- Whoever changes what a member may do ends their sessions with it: the next one begins with what holds then.
create function auth.end_sessions() returns trigger language plpgsql set search_path = ''
  as $$
    begin
      update auth.sessions s set ended_at = pg_catalog.now()
        where s.tenant_id = new.tenant_id and s.member_id = new.id and s.ended_at is null;
      return null;
    end
  $$;
create trigger end_sessions after update on auth.members for each row
  when ((old.state, old.role, old.customer_id) is distinct from (new.state, new.role, new.customer_id))
  execute function auth.end_sessions();

-- Sessions that ended just before this migration are told as well.
alter table auth.sessions no force row level security;
update auth.sessions set ended_tx = pg_current_xact_id() where ended_at > now() - interval '10 minutes';
alter table auth.sessions force row level security;

create or replace function app.set_directories(p_tenant_id uuid, p_directories uuid[]) returns text
  language plpgsql security definer set search_path = ''
  as $$
    declare
      changed integer;
      total integer;
    begin
      perform pg_catalog.set_config('app.tenant_id', p_tenant_id::text, true);
      -- Whoever joins or signs in meanwhile waits: their session would outlive the directory.
      perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('legendops:members:' || p_tenant_id, 0));
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
