-- portal_db: what an MSP keeps about its customers.
create schema portal;
grant usage on schema portal to app_service;

create table portal.customers (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  name text not null check (length(name) between 1 and 256),
  -- By PostgreSQL's own rules, whatever the server's locale: under C lower() knows ASCII alone.
  search_name text not null generated always as (lower(name collate pg_catalog.pg_c_utf8)) stored,
  pax8_company_id uuid,
  -- The name that Pax8 gave: an import renames only what still has it, and leaves alone what a person has renamed.
  imported_name text,
  state text not null default 'active' check (state in ('active', 'archived')),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, pax8_company_id)
);
create index customers_newest on portal.customers (tenant_id, created_at desc, id desc);
create index customers_by_name on portal.customers (tenant_id, search_name collate "C", id);
create trigger touch before update on portal.customers for each row execute function app.touch();
alter table portal.customers enable row level security, force row level security;
create policy service on portal.customers to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on portal.customers as restrictive to app_service
  using (case when (select app.customer_id()) is null then true else id = (select app.customer_id()) end);
grant select, insert, update on portal.customers to app_service;

-- The audit trail of all services: who did what, when, to what. Each entry's hash covers the one before it, so that a gap, a
-- changed entry and another order are found. Positions are dense; a head says how long the chain is, and how it ends.
create table portal.audit_entries (
  tenant_id uuid not null,
  -- Given by the service that did it: what its feed brings twice is kept once.
  id uuid not null,
  position bigint not null check (position > 0),
  source text not null check (source in ('auth', 'billing', 'catalog', 'portal')),
  happened_at timestamptz not null,
  act text not null,
  author_kind text not null,
  author_id uuid,
  author_name text not null,
  author_email text,
  subject_type text not null,
  subject_id text not null,
  subject_name text not null,
  changes jsonb not null,
  request_id text,
  trace_id text,
  hash bytea not null,
  primary key (tenant_id, id),
  unique (tenant_id, position)
);
create index audit_entries_newest on portal.audit_entries (tenant_id, happened_at desc, id desc);
create index audit_entries_author on portal.audit_entries (tenant_id, author_id, happened_at desc, id desc);
create index audit_entries_subject on portal.audit_entries (tenant_id, subject_type, subject_id, happened_at desc, id desc);
alter table portal.audit_entries enable row level security, force row level security;
create policy service on portal.audit_entries to app_service, app_platform, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on portal.audit_entries as restrictive to app_service using ((select app.customer_id()) is null);
grant select on portal.audit_entries to app_service;
grant select, insert on portal.audit_entries to app_platform;
grant usage on schema portal to app_platform;

create table portal.audit_heads (
  tenant_id uuid not null,
  position bigint not null,
  hash bytea not null,
  primary key (tenant_id)
);
alter table portal.audit_heads enable row level security, force row level security;
create policy service on portal.audit_heads to app_service, app_platform, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on portal.audit_heads as restrictive to app_service using ((select app.customer_id()) is null);
grant select on portal.audit_heads to app_service;
grant select, insert, update on portal.audit_heads to app_platform;

-- For whoever has more rights than a service: entries go with their tenant, when that is deleted, and never otherwise.
create function portal.keep_audit() returns trigger language plpgsql set search_path = ''
  as $$
    begin
      if tg_op = 'DELETE' and exists (select from app.tenants t where t.id = old.tenant_id and t.state = 'deleting') then
        return old;
      end if;
      raise exception 'An audit entry is never changed or removed' using errcode = '42501';
    end
  $$;
create trigger keep before update or delete on portal.audit_entries for each row execute function portal.keep_audit();
create trigger keep_all before truncate on portal.audit_entries for each statement execute function portal.keep_audit();

-- A tenant's link to SuperOps; its token is in the vault, never here. An account belongs to one tenant.
create table portal.superops_connections (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  region text not null check (region in ('us', 'eu')),
  subdomain text not null check (subdomain ~ '^[a-z0-9-]{1,63}$'),
  state text not null default 'connected' check (state in ('connected', 'reconnect', 'paused')),
  -- Why it does not work, as a kind: the words are the service's.
  failure text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id),
  -- The mirror is of the account that is connected: with the connection, or another account, it goes, and a job that has read
  -- the account before finds no place for its rows.
  constraint superops_connections_account unique (tenant_id, region, subdomain),
  check ((state = 'connected') = (failure is null))
);
create unique index superops_connections_one_tenant on portal.superops_connections (region, subdomain);
create trigger touch before update on portal.superops_connections for each row execute function app.touch();
alter table portal.superops_connections enable row level security, force row level security;
create policy service on portal.superops_connections to app_service
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
-- free_superops_account looks whether a retained tenant holds an account.
create policy holders on portal.superops_connections to legendops_owner
  using (true) with check (tenant_id = (select app.tenant_id()));
create policy guest on portal.superops_connections as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on portal.superops_connections to app_service;

-- A retained tenant keeps its account until somebody else has proven it. Tells nothing of the holder.
create function portal.free_superops_account(p_region text, p_subdomain text) returns void
  language plpgsql security definer set search_path = ''
  as $$
    begin
      delete from portal.superops_connections c using app.tenants t
        where t.id = c.tenant_id and t.state = 'retained' and c.tenant_id <> app.tenant_id()
          and c.region = p_region and c.subdomain = p_subdomain;
    end
  $$;
grant execute on function portal.free_superops_account(text, text) to app_service;

-- Who a client of SuperOps is here: a person's word, for one account.
create table portal.superops_clients (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  region text not null check (region in ('us', 'eu')),
  subdomain text not null,
  -- Digits up to twenty: no number of ours holds them.
  client_id text not null check (client_id ~ '^[0-9]{1,20}$'),
  -- As it was called when the link was confirmed.
  client_name text not null,
  customer_id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- The name of a customer and of the client that it is, as both were when nothing was left to do about them: a side that
  -- differs from it since was changed by somebody. Null of a link that is older than this, before the first look.
  our_name text,
  their_name text,
  -- Why a change of one side was not made on the other; gone with the next that is.
  name_refusal text check (name_refusal in ('taken-here', 'refused-there', 'forbidden-there')),
  constraint superops_clients_names_check check ((our_name is null) = (their_name is null)),
  primary key (tenant_id, id),
  constraint superops_clients_one_customer unique (tenant_id, region, subdomain, client_id),
  constraint superops_clients_one_client unique (tenant_id, region, subdomain, customer_id),
  foreign key (tenant_id, customer_id) references portal.customers (tenant_id, id) deferrable
);
create index superops_clients_customer on portal.superops_clients (tenant_id, customer_id);
create trigger touch before update on portal.superops_clients for each row execute function app.touch();
alter table portal.superops_clients enable row level security, force row level security;
create policy service on portal.superops_clients to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on portal.superops_clients as restrictive to app_service
  using (case when (select app.customer_id()) is null then true else customer_id = (select app.customer_id()) end);
grant select, insert, update, delete on portal.superops_clients to app_service;

-- What is written in SuperOps, which dedupes nothing: one row before each attempt, so that what may have arrived is looked for
-- before it is sent again. The key is the caller's.
create table portal.superops_writes (
  tenant_id uuid not null,
  key text not null,
  -- Of what was asked for under the key.
  fingerprint text not null,
  -- Another attempt may begin afterwards, by the database's clock.
  held_until timestamptz not null,
  -- What SuperOps has made; null until that is known.
  remote_id text,
  created_at timestamptz not null default now(),
  primary key (tenant_id, key)
);
alter table portal.superops_writes enable row level security, force row level security;
create policy service on portal.superops_writes to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on portal.superops_writes as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on portal.superops_writes to app_service;

-- Which item of SuperOps's catalog a product at Pax8 is: a person's word, for one account. Several products may be one item.
create table portal.superops_items (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  region text not null check (region in ('us', 'eu')),
  subdomain text not null,
  product_id uuid not null,
  -- Both as they were called when the link was confirmed.
  product_name text not null,
  item_id text not null check (item_id ~ '^[0-9]{1,20}$'),
  item_name text not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint superops_items_one_item unique (tenant_id, region, subdomain, product_id)
);
create trigger touch before update on portal.superops_items for each row execute function app.touch();
alter table portal.superops_items enable row level security, force row level security;
create policy service on portal.superops_items to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on portal.superops_items as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on portal.superops_items to app_service;

-- The seats of a month at Pax8 set against contracts in SuperOps: a draft, until a person approves it by its content.
create table portal.seat_pushes (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  region text not null check (region in ('us', 'eu')),
  subdomain text not null,
  -- The first day of the month.
  period date not null check (extract(day from period) = 1),
  state text not null default 'draft' check (state in ('draft', 'approved', 'done', 'rejected')),
  -- Of the lines that are to be sent.
  content_hash text not null,
  prepared_at timestamptz not null,
  prepared_by text not null,
  -- When Pax8 had been read, and what of it and of SuperOps could not be.
  seats_read_at timestamptz not null,
  unreadable_seats integer not null,
  unreadable_contracts integer not null,
  -- How many counts were right already, and how many customers are no clients.
  matching integer not null,
  not_clients integer not null,
  decided_at timestamptz,
  decided_by text,
  reason text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  check ((state = 'draft') = (decided_at is null)),
  check ((decided_at is null) = (decided_by is null)),
  check ((state = 'rejected') = (reason is not null))
);
-- Two that are open at a time would send one change twice.
create unique index seat_pushes_open on portal.seat_pushes (tenant_id, region, subdomain, period)
  where state in ('draft', 'approved');
create trigger touch before update on portal.seat_pushes for each row execute function app.touch();
alter table portal.seat_pushes enable row level security, force row level security;
create policy service on portal.seat_pushes to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on portal.seat_pushes as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update on portal.seat_pushes to app_service;

-- One dated change of one contract, or what keeps a count from being one.
create table portal.seat_push_lines (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  push_id uuid not null,
  customer_id uuid not null,
  customer_name text not null,
  -- The products at Pax8 whose seats it counts.
  products text not null,
  client_id text check (client_id ~ '^[0-9]{1,20}$'),
  contract_id text check (contract_id ~ '^[0-9]{1,20}$'),
  contract_name text,
  item_id text check (item_id ~ '^[0-9]{1,20}$'),
  item_name text,
  effective_on date not null,
  -- What the contract has on that day, and what it is to have.
  before_e6 bigint check (before_e6 >= 0),
  quantity_e6 bigint not null check (quantity_e6 >= 0),
  state text not null check (state in ('waiting', 'sent', 'there', 'refused', 'held')),
  -- Why it is refused or held, as a kind: the words are the service's.
  reason text,
  settled_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, push_id) references portal.seat_pushes (tenant_id, id) deferrable,
  check ((state in ('refused', 'held')) = (reason is not null)),
  check (state = 'held' or num_nonnulls(client_id, contract_id, contract_name, item_id, before_e6) = 5)
);
create index seat_push_lines_push on portal.seat_push_lines (tenant_id, push_id);
alter table portal.seat_push_lines enable row level security, force row level security;
create policy service on portal.seat_push_lines to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on portal.seat_push_lines as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, delete, update (state, reason, settled_at) on portal.seat_push_lines to app_service;

-- Which ticket in SuperOps an exception of billing's worklist has: a person's word, for one account.
create table portal.exception_tickets (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  exception_id uuid not null,
  region text not null check (region in ('us', 'eu')),
  subdomain text not null,
  ticket_id text not null check (ticket_id ~ '^[0-9]{1,20}$'),
  -- As they were when it was linked: an exception goes once its cause is gone.
  subject text not null,
  detail text not null,
  customer_id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint exception_tickets_one_ticket unique (tenant_id, exception_id),
  foreign key (tenant_id, customer_id) references portal.customers (tenant_id, id) deferrable
);
create index exception_tickets_ticket on portal.exception_tickets (tenant_id, ticket_id);
create index exception_tickets_customer on portal.exception_tickets (tenant_id, customer_id);
create trigger touch before update on portal.exception_tickets for each row execute function app.touch();
alter table portal.exception_tickets enable row level security, force row level security;
create policy service on portal.exception_tickets to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on portal.exception_tickets as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on portal.exception_tickets to app_service;
-- What the job psa-sync keeps of SuperOps. A tenant's login writes it, column by column, and deletes nothing.
grant usage on schema portal to tenant_job;

-- One execution of a job. fence grows with every start of that job: a write under an older one is refused. session is the
-- process id of the session that the job keeps open as long as it runs.
create table portal.runs (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  job text not null check (job in ('psa-sync')),
  fence bigint not null,
  state text not null default 'running' check (state in ('running', 'done', 'failed', 'needs-person')),
  code text,
  detail text,
  counts jsonb not null default '{}',
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  session integer,
  primary key (tenant_id, id),
  unique (tenant_id, job, fence)
);
create index runs_newest on portal.runs (tenant_id, started_at desc, id desc);
-- One run of a job at a time: of two that begin at once the second is refused.
create unique index runs_running on portal.runs (tenant_id, job) where state = 'running';
create index runs_finished on portal.runs (finished_at);
create index runs_succeeded on portal.runs (tenant_id, job, finished_at desc) where state = 'done';
alter table portal.runs enable row level security, force row level security;
create policy tenant on portal.runs
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy platform on portal.runs to app_platform using (true) with check (false);
create policy guest on portal.runs as restrictive to app_service using ((select app.customer_id()) is null);
grant select on portal.runs to app_service;
grant select on portal.runs to tenant_job;
grant insert (tenant_id, job, fence, session, started_at), update (state, code, detail, counts, finished_at)
  on portal.runs to tenant_job;
-- Monitoring counts over all tenants, by column: no name, no text.
grant select (tenant_id, job, state, finished_at) on portal.runs to app_platform;
-- How a run ended is history.
create function portal.guard_ended_run() returns trigger language plpgsql set search_path = ''
  as $$
    begin
      if old.state <> 'running' and app.session_tenant() is not null then
        raise exception 'a run that has ended never changes' using errcode = 'restrict_violation';
      end if;
      return new;
    end
  $$;
grant execute on function portal.guard_ended_run() to tenant_job;
create trigger guard_ended_run before update on portal.runs for each row execute function portal.guard_ended_run();

-- Whether a session of the caller's own tenant is still there: what a run's `session` held ends with it.
create function portal.is_own_session(p_pid integer) returns boolean language sql stable security definer set search_path = ''
  as $$
    select exists (select from pg_catalog.pg_stat_activity a
      where a.pid = p_pid and a.datname = pg_catalog.current_database()
        and a.usename::text in ('t_' || replace(app.session_tenant()::text, '-', '') || '_a',
          't_' || replace(app.session_tenant()::text, '-', '') || '_b'))
  $$;
grant execute on function portal.is_own_session(integer) to tenant_job;

-- What SuperOps has, one row an object, as it was read: `body` holds what our schemas read of it. An object that is there no
-- more keeps its row, and says since when.
create table portal.superops_objects (
  tenant_id uuid not null,
  region text not null,
  subdomain text not null,
  kind text not null
    check (kind in ('client', 'site', 'contact', 'technician', 'ticket', 'message', 'asset', 'contract', 'item')),
  -- Digits up to twenty: no number of ours holds them.
  id text not null check (id ~ '^[0-9]{1,20}$'),
  -- The client whose it is; a client's own id is its `id`.
  client_id text,
  -- Of a message.
  ticket_id text,
  -- What a person calls it.
  name text not null,
  body jsonb not null,
  -- As SuperOps says, where it says so.
  changed_at timestamptz,
  -- Since when we have it as it is.
  learned_at timestamptz not null default clock_timestamp(),
  -- Of a ticket: the learned_at whose conversation has been read.
  messages_of timestamptz,
  gone_at timestamptz,
  primary key (tenant_id, kind, id),
  foreign key (tenant_id, region, subdomain) references portal.superops_connections (tenant_id, region, subdomain)
    on delete cascade deferrable
);
create index superops_objects_account on portal.superops_objects (tenant_id, region, subdomain);
create index superops_objects_of_client on portal.superops_objects (tenant_id, kind, client_id, changed_at desc, id);
create index superops_objects_of_ticket on portal.superops_objects (tenant_id, ticket_id) where ticket_id is not null;
create index superops_objects_unread on portal.superops_objects (tenant_id, changed_at desc, id)
  where kind = 'ticket' and gone_at is null and messages_of is distinct from learned_at;
alter table portal.superops_objects enable row level security, force row level security;
create policy tenant on portal.superops_objects
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on portal.superops_objects as restrictive to app_service using ((select app.customer_id()) is null);
grant select on portal.superops_objects to app_service, tenant_job;
grant insert (tenant_id, region, subdomain, kind, id, client_id, ticket_id, name, body, changed_at),
  update (client_id, ticket_id, name, body, changed_at, learned_at, messages_of, gone_at)
  on portal.superops_objects to tenant_job;

-- How far each kind has been read. changes_to: all that changed before is here; whole_at: when it was last read from its first
-- page to its last, so that what is gone was seen; read_at: when either was last finished.
create table portal.superops_reads (
  tenant_id uuid not null,
  region text not null,
  subdomain text not null,
  kind text not null
    check (kind in ('client', 'site', 'contact', 'technician', 'ticket', 'message', 'asset', 'contract', 'item')),
  changes_to timestamptz,
  whole_at timestamptz,
  read_at timestamptz not null,
  primary key (tenant_id, kind),
  foreign key (tenant_id, region, subdomain) references portal.superops_connections (tenant_id, region, subdomain)
    on delete cascade deferrable
);
create index superops_reads_account on portal.superops_reads (tenant_id, region, subdomain);
alter table portal.superops_reads enable row level security, force row level security;
create policy tenant on portal.superops_reads
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on portal.superops_reads as restrictive to app_service using ((select app.customer_id()) is null);
grant select on portal.superops_reads to app_service, tenant_job;
grant insert (tenant_id, region, subdomain, kind, changes_to, whole_at, read_at), update (changes_to, whole_at, read_at)
  on portal.superops_reads to tenant_job;

-- Records that SuperOps gave and we could not read: each is named, and holds up no other.
create table portal.superops_held (
  tenant_id uuid not null,
  region text not null,
  subdomain text not null,
  kind text not null
    check (kind in ('client', 'site', 'contact', 'technician', 'ticket', 'message', 'asset', 'contract', 'item')),
  -- Its id, or 'page 3, row 7' where that is what could not be read.
  subject text not null check (length(subject) between 1 and 100),
  -- What somebody there finds it by, as far as it could be read.
  name text,
  -- The fields that were not what they have to be; never what they hold.
  fields text not null,
  held_since timestamptz not null default clock_timestamp(),
  -- It was read since, or is there no more.
  resolved_at timestamptz,
  primary key (tenant_id, kind, subject),
  foreign key (tenant_id, region, subdomain) references portal.superops_connections (tenant_id, region, subdomain)
    on delete cascade deferrable
);
create index superops_held_account on portal.superops_held (tenant_id, region, subdomain);
alter table portal.superops_held enable row level security, force row level security;
create policy tenant on portal.superops_held
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on portal.superops_held as restrictive to app_service using ((select app.customer_id()) is null);
grant select on portal.superops_held to app_service, tenant_job;
grant insert (tenant_id, region, subdomain, kind, subject, name, fields),
  update (name, fields, held_since, resolved_at) on portal.superops_held to tenant_job;

-- What the operator makes of a Tenant resource; portal_db is the first that it writes.
create function portal.tenant_fields(t app.tenants) returns jsonb language sql stable set search_path = ''
  as $$
    select pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object('displayName', t.display_name, 'state', t.state,
      'resource', t.owner_uid)) || coalesce(t.limits, '{}') || coalesce(t.settings, '{}')
  $$;

create function portal.audit_tenant() returns trigger language plpgsql set search_path = ''
  as $$
    declare
      changes jsonb;
    begin
      select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('field', key, 'before', b.value, 'after', a.value) order by key)
        into changes
        from pg_catalog.jsonb_each_text(portal.tenant_fields(old)) b
        full join pg_catalog.jsonb_each_text(portal.tenant_fields(new)) a using (key)
        where a.value is distinct from b.value;
      if changes is not null then
        perform app.append_audit(new.id, case tg_op when 'INSERT' then 'tenant.registered' else 'tenant.changed' end,
          app.operator_author(), pg_catalog.jsonb_build_object('type', 'tenant', 'id', new.id, 'name', new.display_name), changes);
      end if;
      return null;
    end
  $$;
create trigger audit after insert or update on app.tenants for each row execute function portal.audit_tenant();
