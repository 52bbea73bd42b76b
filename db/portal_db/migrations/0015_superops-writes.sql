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
