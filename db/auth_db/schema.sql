-- auth_db: who may sign in, as what. People are known by (directory, object id), never by an e-mail address.
-- A guest reads the people of the own customer. Invitations and sessions hold secrets' hashes, and directories are the
-- organisation's: signing in and out is done for the tenant, not as the guest.
create schema auth;
grant usage on schema auth to app_service, app_platform;

-- The Entra directories whose people may sign in; each belongs to one tenant, else a sign-in would be ambiguous.
create table auth.directories (
  tenant_id uuid not null,
  directory_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, directory_id)
);
create unique index directories_one_tenant on auth.directories (directory_id);
alter table auth.directories enable row level security, force row level security;
create policy service on auth.directories to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy platform on auth.directories to app_platform using (true) with check (false);
create policy guest on auth.directories as restrictive to app_service using ((select app.customer_id()) is null);
grant select on auth.directories to app_service, app_platform;

create table auth.members (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  directory_id uuid not null,
  object_id uuid not null,
  name text not null check (length(name) between 1 and 256),
  email text not null check (length(email) between 3 and 320),
  role text not null check (role in ('tenant_admin', 'billing_viewer', 'support_user', 'guest')),
  customer_id uuid,
  state text not null default 'active' check (state in ('active', 'disabled')),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, directory_id, object_id),
  check ((role = 'guest') = (customer_id is not null))
);
create index members_person on auth.members (directory_id, object_id);
create trigger touch before update on auth.members for each row execute function app.touch();
alter table auth.members enable row level security, force row level security;
create policy service on auth.members to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy platform on auth.members to app_platform using (true) with check (false);
create policy guest on auth.members as restrictive to app_service
  using (case when (select app.customer_id()) is null then true else customer_id = (select app.customer_id()) end);
grant select, insert, update on auth.members to app_service;
grant select on auth.members to app_platform;

-- pending: to be mailed; sent: a link with a secret is out, we keep its hash; redeemed: a member was made from it.
-- Each attempt of one mailing is the same mail: next_attempt_at is the lease of the running one, then the pause until the
-- next; mail_failed_at says that there will be none.
create table auth.invitations (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  email text not null check (length(email) between 3 and 320),
  name text not null check (length(name) between 1 and 256),
  role text not null check (role in ('tenant_admin', 'billing_viewer', 'support_user', 'guest')),
  customer_id uuid,
  origin text not null check (origin in ('operator', 'member')),
  state text not null default 'pending' check (state in ('pending', 'sent', 'redeemed', 'revoked')),
  token_hash bytea,
  expires_at timestamptz,
  member_id uuid,
  mailing integer not null default 1,
  mail_attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  mail_failed_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, member_id) references auth.members (tenant_id, id) deferrable,
  check ((role = 'guest') = (customer_id is not null))
);
create unique index invitations_once on auth.invitations (tenant_id, email) where origin = 'operator';
-- One open invitation an address and organisation.
create unique index invitations_open on auth.invitations (tenant_id, lower(email)) where state in ('pending', 'sent');
create index invitations_due on auth.invitations (next_attempt_at) where state = 'pending' and mail_failed_at is null;
create index invitations_token on auth.invitations (token_hash) where token_hash is not null;
create trigger touch before update on auth.invitations for each row execute function app.touch();
alter table auth.invitations enable row level security, force row level security;
create policy service on auth.invitations to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy platform on auth.invitations to app_platform using (true) with check (false);
create policy guest on auth.invitations as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update on auth.invitations to app_service;
grant select on auth.invitations to app_platform;

-- Each mailing that people asked for, for as long as it counts towards the limits of a day.
create table auth.invitation_mailings (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  email text not null check (email = lower(email) and length(email) between 3 and 320),
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index invitation_mailings_tenant on auth.invitation_mailings (tenant_id, created_at);
create index invitation_mailings_age on auth.invitation_mailings (created_at);
alter table auth.invitation_mailings enable row level security, force row level security;
create policy service on auth.invitation_mailings to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy platform on auth.invitation_mailings to app_platform
  using (created_at < now() - interval '24 hours') with check (false);
create policy guest on auth.invitation_mailings as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert on auth.invitation_mailings to app_service;
grant select (tenant_id, id, created_at), delete on auth.invitation_mailings to app_platform;

-- A browser's session; the cookie holds the secret, the row its SHA-256.
create table auth.sessions (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  member_id uuid not null,
  token_hash bytea not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_tx xid8,
  primary key (tenant_id, id),
  foreign key (tenant_id, member_id) references auth.members (tenant_id, id) deferrable
);
create index sessions_token on auth.sessions (token_hash);
create index sessions_age on auth.sessions (expires_at);
create index sessions_member on auth.sessions (tenant_id, member_id);
create index sessions_ended on auth.sessions (ended_tx) where ended_tx is not null;

-- Whoever ends a session says so to every service: they follow ended_tx and refuse its tokens.
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
alter table auth.sessions enable row level security, force row level security;
create policy service on auth.sessions to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy platform on auth.sessions to app_platform using (true) with check (false);
create policy guest on auth.sessions as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update on auth.sessions to app_service;
grant select, delete on auth.sessions to app_platform;

-- Makes the tenant's directories equal to the list; staff of one that is gone lose their sessions with it.
-- outcome: updated | unchanged | directory-taken.
create function app.set_directories(p_tenant_id uuid, p_directories uuid[]) returns text
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

-- Invites first admins: those that were not invited before, and those whose link ran out unused or whose mail failed a day
-- ago. Whoever redeemed it, or had it revoked, is left alone. Returns how many are to be mailed.
create function app.invite_admins(p_tenant_id uuid, p_admins jsonb) returns integer
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

grant execute on function app.set_directories(uuid, uuid[]), app.invite_admins(uuid, jsonb) to app_registry;

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
