-- The schema `app`: what every database shares. db/common/migrations must lead to the same; a test compares them.
alter default privileges for role legendops_owner revoke execute on functions from public;

create schema app;
grant usage on schema app to app_service, app_platform, tenant_job, app_registry;

-- The tenant of a service's transaction. nullif: after a transaction that set it, the setting is '' and not null.
create function app.tenant_id() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.tenant_id', true), '')::uuid $$;

-- The customer that a guest's transaction is narrowed to; null for staff.
create function app.customer_id() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.customer_id', true), '')::uuid $$;

-- The tenant of a tenant's own login: from session_user, which no SQL of that login can change.
create function app.session_tenant() returns uuid language sql stable parallel safe
  as $$ select (regexp_match(session_user::text, '^t_([0-9a-f]{32})_[ab]$'))[1]::uuid $$;

-- The tenant of whoever asks: a tenant's login has its own, whatever it sets; everybody else the one of the transaction.
create function app.own_tenant() returns uuid language sql stable parallel safe
  as $$
    select coalesce((regexp_match(session_user::text, '^t_([0-9a-f]{32})_[ab]$'))[1]::uuid,
      nullif(current_setting('app.tenant_id', true), '')::uuid)
  $$;

-- uuidv7() exists from PostgreSQL 18 only; this is the same on 17: 48 bits of milliseconds, the version, 12 bits of their 4096ths,
-- 62 of chance (RFC 9562, 6.2, method 3). What is made one after the other sorts so.
create function app.uuid_v7() returns uuid language sql volatile parallel safe
  as $$
    select (overlay(lpad(to_hex(floor(extract(epoch from clock_timestamp()) * 4096000)::bigint), 15, '0') placing '7' from 13 for 0)
      || right(gen_random_uuid()::text, 17))::uuid
  $$;

-- Every change of a row: a new version for ETags, the time of the change.
create function app.touch() returns trigger language plpgsql set search_path = ''
  as $$
    begin
      new.version := old.version + 1;
      new.updated_at := clock_timestamp();
      return new;
    end
  $$;

grant execute on function app.tenant_id(), app.customer_id(), app.session_tenant(), app.own_tenant(), app.uuid_v7(), app.touch()
  to app_service, app_platform, tenant_job, app_registry;

-- The registry: which tenants exist. Written by the operator alone, through the functions below.
create table app.tenants (
  id uuid primary key,
  name text not null unique check (name ~ '^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$'),
  display_name text not null check (length(display_name) between 1 and 128),
  state text not null check (state in ('active', 'suspended', 'deleting', 'retained')),
  limits jsonb not null default '{}',
  settings jsonb not null default '{}',
  owner_uid uuid not null unique,
  owner_cluster uuid not null default '00000000-0000-0000-0000-000000000000',
  updated_at timestamptz not null default now()
);
alter table app.tenants enable row level security, force row level security;
-- For everybody, and so every policy that binds tenants' logins: `drop owned by tenant_job`, which each member of that role
-- may send, would take away those for tenant_job.
create policy tenant on app.tenants using (id = (select app.own_tenant())) with check (false);
create policy platform on app.tenants to app_platform using (true) with check (false);
create policy registry on app.tenants to legendops_owner using (true) with check (true);
grant select on app.tenants to app_service, app_platform, tenant_job;

-- The clusters whose operators work on this registry. An operator is heard of once a minute, in portal_db alone, which decides
-- whose a tenant is; the nil uuid stands for operators that do not say where they run.
create table app.clusters (
  id uuid primary key,
  seen_at timestamptz not null default now()
);
alter table app.clusters enable row level security, force row level security;
create policy registry on app.clusters to legendops_owner using (true) with check (true);

-- An operator of this cluster runs.
create function app.see_cluster(p_cluster uuid) returns void language plpgsql security definer set search_path = ''
  as $$
    begin
      insert into app.clusters as c (id) values (p_cluster)
        on conflict (id) do update set seen_at = pg_catalog.now() where c.seen_at < pg_catalog.now() - interval '10 seconds';
    end
  $$;

-- Registers a tenant, or brings its row up to date; writes nothing where nothing differs.
-- outcome: registered | updated | unchanged | adopted | name-taken | name-retained. With the last two `refusal` says why, and id
-- and holder speak of the tenant that is there:
--   retained        its resource was deleted: who names its id may adopt it
--   owner-gone      its resource was of this cluster, where a name is there once: who names its id may adopt it
--   cluster-silent  its resource was of another cluster, of which nothing was heard for five minutes: who names that cluster as
--                   lost may adopt it
--   cluster-lives   its resource is of a cluster whose operator runs
--   other-name      the id belongs to a tenant of another name
--   currency        it may be adopted, and its money is in another currency
--   unknown         there is no tenant that could be adopted
-- p_decided: portal_db has said that p_id is this resource's, and this database follows.
create function app.register_tenant(
  p_id uuid, p_name text, p_display_name text, p_state text, p_limits jsonb, p_settings jsonb, p_owner_uid uuid, p_adopt uuid,
  p_cluster uuid default null, p_lost_cluster uuid default null, p_decided boolean default false
) returns table (id uuid, outcome text, refusal text, holder jsonb) language plpgsql security definer set search_path = ''
  as $$
    declare
      held app.tenants;
      heard_at timestamptz;
      why text;
    begin
      perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('legendops:tenant:' || p_name, 0));
      -- An operator of before says in every pass, by asking, that it runs.
      if p_cluster is null then perform app.see_cluster('00000000-0000-0000-0000-000000000000'); end if;
      select * into held from app.tenants t where t.owner_uid = p_owner_uid;
      if found then
        if (held.display_name, held.state, held.limits, held.settings, held.owner_cluster)
          = (p_display_name, p_state, p_limits, p_settings, coalesce(p_cluster, held.owner_cluster)) then
          return query select held.id, 'unchanged', null::text, null::jsonb;
          return;
        end if;
        update app.tenants t set display_name = p_display_name, state = p_state, limits = p_limits, settings = p_settings,
            owner_cluster = coalesce(p_cluster, held.owner_cluster), updated_at = pg_catalog.now()
          where t.id = held.id;
        return query select held.id, 'updated', null::text, null::jsonb;
        return;
      end if;
      select * into held from app.tenants t where t.name = p_name or t.id in (p_id, p_adopt)
        order by t.name = p_name desc limit 1;
      if not found and p_adopt is not null and not p_decided then
        return query select p_adopt, 'name-taken', 'unknown', '{}'::jsonb;
        return;
      end if;
      if not found then
        insert into app.tenants (id, name, display_name, state, limits, settings, owner_uid, owner_cluster)
          values (p_id, p_name, p_display_name, p_state, p_limits, p_settings, p_owner_uid,
            coalesce(p_cluster, '00000000-0000-0000-0000-000000000000'));
        return query select p_id, 'registered', null::text, null::jsonb;
        return;
      end if;
      select c.seen_at into heard_at from app.clusters c where c.id = held.owner_cluster;
      why := case
        when held.name <> p_name then 'other-name'
        when p_decided and held.id = p_id then null
        when held.state = 'retained' then case when p_adopt is distinct from held.id then 'retained' end
        when held.owner_cluster = p_cluster then case when p_adopt is distinct from held.id then 'owner-gone' end
        when heard_at > pg_catalog.now() - interval '5 minutes' then 'cluster-lives'
        when p_lost_cluster is distinct from held.owner_cluster then 'cluster-silent'
      end;
      if why is null and held.settings->>'currency' <> p_settings->>'currency' then why := 'currency'; end if;
      if why is not null then
        return query select held.id, case held.state when 'retained' then 'name-retained' else 'name-taken' end, why,
          pg_catalog.jsonb_build_object('name', held.name, 'cluster', held.owner_cluster,
            'heardAt', pg_catalog.to_char(heard_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"'),
            'currency', held.settings->>'currency');
        return;
      end if;
      update app.tenants t set owner_uid = p_owner_uid, owner_cluster = coalesce(p_cluster, t.owner_cluster),
          display_name = p_display_name, state = p_state, limits = p_limits, settings = p_settings, updated_at = pg_catalog.now()
        where t.id = held.id;
      return query select held.id, 'adopted', null::text, null::jsonb;
    end
  $$;

-- The tenants that a resource has here: what its deletion has to undo.
create function app.tenants_of_owner(p_owner_uid uuid) returns setof uuid language plpgsql stable security definer set search_path = ''
  as $$
    begin
      return query select t.id from app.tenants t where t.owner_uid = p_owner_uid;
    end
  $$;

-- Moves a tenant towards its end: deleting (services refuse at once) or retained. False when the row is not this owner's.
create function app.set_tenant_state(p_id uuid, p_owner_uid uuid, p_state text) returns boolean
  language plpgsql security definer set search_path = ''
  as $$
    begin
      update app.tenants t set state = p_state, updated_at = pg_catalog.now()
        where t.id = p_id and t.owner_uid = p_owner_uid and t.state <> p_state;
      return exists (select from app.tenants t where t.id = p_id and t.owner_uid = p_owner_uid);
    end
  $$;

-- Removes every row of a tenant that is being deleted, then its registry row. Repeatable; false when nothing was left.
create function app.remove_tenant(p_id uuid, p_owner_uid uuid) returns boolean
  language plpgsql security definer set search_path = ''
  as $$
    declare
      relation regclass;
    begin
      if not exists (select from app.tenants t where t.id = p_id and t.owner_uid = p_owner_uid and t.state = 'deleting') then
        return false;
      end if;
      -- The owner is bound by FORCE like everyone: the tables' policies let it touch this one tenant only.
      perform pg_catalog.set_config('app.tenant_id', p_id::text, true);
      set constraints all deferred;
      for relation in
        select c.oid from pg_catalog.pg_class c
        join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
        where c.relkind = 'r' and c.relowner = 'legendops_owner'::regrole
      loop
        execute pg_catalog.format('delete from %s where tenant_id = $1', relation) using p_id;
      end loop;
      delete from app.tenants t where t.id = p_id;
      return true;
    end
  $$;

grant execute on function
  app.register_tenant(uuid, text, text, text, jsonb, jsonb, uuid, uuid, uuid, uuid, boolean), app.see_cluster(uuid),
  app.tenants_of_owner(uuid), app.set_tenant_state(uuid, uuid, text), app.remove_tenant(uuid, uuid) to app_registry;

-- One change at a time of a tenant's logins, held on a row that no tenant can reach: an advisory lock in billing_db could
-- be taken by any tenant's login, and a suspension would wait for as long as that pleased.
create table app.login_locks (tenant_id uuid primary key);
alter table app.login_locks enable row level security, force row level security;
create policy owner on app.login_locks to legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));

-- Held until the caller's transaction ends.
create function app.lock_logins(p_tenant_id uuid) returns void language plpgsql security definer set search_path = ''
  as $$
    begin
      perform pg_catalog.set_config('app.tenant_id', p_tenant_id::text, true);
      insert into app.login_locks values (p_tenant_id) on conflict do nothing;
      perform from app.login_locks l where l.tenant_id = p_tenant_id for update;
    end
  $$;
grant execute on function app.lock_logins(uuid) to app_registry;

-- Changes that other services follow, written in the transaction of the change. The cursor is (tx, seq), and a reader
-- takes settled transactions only: ordered by seq alone, a late commit would be skipped for ever.
create table app.outbox (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  tx xid8 not null default pg_current_xact_id(),
  seq bigint generated always as identity,
  topic text not null,
  entity_id uuid not null,
  entity_version integer not null,
  payload jsonb not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index outbox_feed on app.outbox (topic, tx, seq);
create index outbox_age on app.outbox (created_at);
alter table app.outbox enable row level security, force row level security;
create policy service on app.outbox to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy platform on app.outbox to app_platform using (true) with check (false);
-- Guests only read: what they do leaves no trace here or in the stored answers.
create policy guest on app.outbox as restrictive to app_service using ((select app.customer_id()) is null);
grant insert, select on app.outbox to app_service;
grant select, delete on app.outbox to app_platform;

-- How far each reader of a feed of this database had come when it last asked: what all have read may go.
create table app.feed_readers (
  topic text not null,
  reader text not null,
  tx xid8 not null,
  seq bigint not null,
  updated_at timestamptz not null default now(),
  primary key (topic, reader)
);
alter table app.feed_readers enable row level security, force row level security;
create policy platform on app.feed_readers to app_platform using (true) with check (true);
-- An export of a tenant looks whether everybody has read what its rows told.
create policy owner on app.feed_readers to legendops_owner using (true) with check (false);
grant select, insert, update on app.feed_readers to app_platform;

-- How far this database has followed another service's feed; moved in the transaction that applies the events.
create table app.feed_cursors (
  topic text primary key,
  tx xid8 not null,
  seq bigint not null,
  updated_at timestamptz not null default now()
);
alter table app.feed_cursors enable row level security, force row level security;
create policy platform on app.feed_cursors to app_platform using (true) with check (true);
grant select, insert, update on app.feed_cursors to app_platform;

-- The first answer to a request with an Idempotency-Key, stored with its effect and replayed for 24 hours.
create table app.idempotency_keys (
  tenant_id uuid not null,
  route text not null,
  key text not null check (length(key) between 1 and 255),
  fingerprint text not null,
  status integer not null,
  body jsonb not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, route, key)
);
create index idempotency_keys_age on app.idempotency_keys (created_at);
alter table app.idempotency_keys enable row level security, force row level security;
create policy service on app.idempotency_keys to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy platform on app.idempotency_keys to app_platform
  using (created_at < now() - interval '24 hours') with check (false);
create policy guest on app.idempotency_keys as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on app.idempotency_keys to app_service;
grant select (tenant_id, route, key, created_at), delete on app.idempotency_keys to app_platform;

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
