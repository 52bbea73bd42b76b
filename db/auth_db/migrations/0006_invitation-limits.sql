-- One open invitation an address and organisation. Of several the newest stays.
alter table auth.invitations no force row level security;
update auth.invitations i set state = 'revoked', token_hash = null
  where i.state in ('pending', 'sent') and exists (
    select from auth.invitations newer
    where newer.tenant_id = i.tenant_id and lower(newer.email) = lower(i.email) and newer.state in ('pending', 'sent')
      and (newer.created_at, newer.id) > (i.created_at, i.id));
alter table auth.invitations force row level security;
create unique index invitations_open on auth.invitations (tenant_id, lower(email)) where state in ('pending', 'sent');

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
grant select, insert on auth.invitation_mailings to app_service;
grant select (tenant_id, id, created_at), delete on auth.invitation_mailings to app_platform;
