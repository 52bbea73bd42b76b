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

-- The mirror is of the account that is connected: with the connection, or another account, it goes, and a job that has read
-- the account before finds no place for its rows.
alter table portal.superops_connections add constraint superops_connections_account unique (tenant_id, region, subdomain);

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
