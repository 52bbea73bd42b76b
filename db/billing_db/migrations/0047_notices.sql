-- The channel of Teams that a tenant's notices go to. Its address is a secret: it is in the vault, and never here.
create table billing.teams_channels (
  tenant_id uuid not null,
  -- The host of its address, for people to know it by.
  host text not null,
  kinds text[] not null default '{failure,approval,variance,connection,month}'
    check (kinds <@ array['failure', 'approval', 'variance', 'connection', 'month']),
  -- Why Teams does not take what is sent there; null while it does.
  failure text,
  connected_at timestamptz not null default now(),
  primary key (tenant_id)
);
alter table billing.teams_channels enable row level security, force row level security;
create policy service on billing.teams_channels to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on billing.teams_channels as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on billing.teams_channels to app_service;

-- Which notices a person gets by mail, and when; of what nobody has chosen there is no row.
create table billing.notice_choices (
  tenant_id uuid not null,
  member_id uuid not null,
  kind text not null check (kind in ('failure', 'approval', 'variance', 'connection', 'month')),
  delivery text not null check (delivery in ('at-once', 'daily', 'none')),
  primary key (tenant_id, member_id, kind)
);
alter table billing.notice_choices enable row level security, force row level security;
create policy service on billing.notice_choices to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on billing.notice_choices as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update on billing.notice_choices to app_service;

-- When a tenant is looked through for what to tell. One process at a time takes it.
create table billing.notice_sweeps (
  tenant_id uuid not null,
  next_at timestamptz not null,
  primary key (tenant_id)
);
alter table billing.notice_sweeps enable row level security, force row level security;
create policy service on billing.notice_sweeps to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy platform on billing.notice_sweeps to app_platform using (true) with check (false);
create policy guest on billing.notice_sweeps as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update on billing.notice_sweeps to app_service;
grant select on billing.notice_sweeps to app_platform;

-- A cause that people are told of, in the words that they are told it by. There is one as long as the cause is there: it is
-- cleared when that is gone, and another one is raised when it comes again.
create table billing.notices (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  kind text not null check (kind in ('failure', 'approval', 'variance', 'connection', 'month')),
  cause_key text not null,
  title text not null,
  customer_name text,
  period date,
  amount_minor bigint,
  currency text,
  detail text not null,
  next_step text not null,
  -- Where in the portal the next step is taken.
  path text not null check (path like '/%'),
  raised_at timestamptz not null,
  -- When its messages were written.
  told_at timestamptz,
  cleared_at timestamptz,
  primary key (tenant_id, id),
  constraint notices_amount_check check ((amount_minor is null) = (currency is null))
);
create unique index notices_open on billing.notices (tenant_id, cause_key) where cleared_at is null;
create index notices_newest on billing.notices (tenant_id, raised_at desc, id desc);
create index notices_age on billing.notices (cleared_at) where cleared_at is not null;
alter table billing.notices enable row level security, force row level security;
create policy service on billing.notices to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy platform on billing.notices to app_platform
  using (cleared_at < now() - interval '90 days') with check (false);
create policy guest on billing.notices as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update (told_at, cleared_at) on billing.notices to app_service;
grant select (tenant_id, id, cleared_at), delete on billing.notices to app_platform;

-- What is sent: to the mailbox of a person, at once or as the digest of one of the tenant's days, or to the channel.
-- sent: taken by the mail server, or by Teams; dead: given up; dropped: there was nobody, or nothing left, to tell.
create table billing.notice_messages (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  channel text not null check (channel in ('mail', 'teams')),
  member_id uuid,
  digest_on date,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'dead', 'dropped')),
  -- Names the claim: a later one makes an earlier one's outcome void. failures counts those in vain alone.
  attempts integer not null default 0,
  failures integer not null default 0,
  next_attempt_at timestamptz not null,
  claimed_until timestamptz,
  -- Why the last attempt was in vain.
  failure text,
  settled_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint notice_messages_person_check check ((channel = 'mail') = (member_id is not null)),
  constraint notice_messages_digest_check check (digest_on is null or channel = 'mail'),
  constraint notice_messages_settled_check check ((state = 'waiting') = (settled_at is null))
);
create unique index notice_messages_digest on billing.notice_messages (tenant_id, member_id, digest_on)
  where digest_on is not null;
create index notice_messages_due on billing.notice_messages (next_attempt_at) where state = 'waiting';
create index notice_messages_age on billing.notice_messages (settled_at) where settled_at is not null;
alter table billing.notice_messages enable row level security, force row level security;
create policy service on billing.notice_messages to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy platform on billing.notice_messages to app_platform using (true) with check (false);
create policy guest on billing.notice_messages as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update on billing.notice_messages to app_service;
grant select (tenant_id, id, channel, state, next_attempt_at, claimed_until, settled_at), delete
  on billing.notice_messages to app_platform;

-- What a message tells.
create table billing.notice_items (
  tenant_id uuid not null,
  message_id uuid not null,
  notice_id uuid not null,
  primary key (tenant_id, message_id, notice_id),
  foreign key (tenant_id, message_id) references billing.notice_messages (tenant_id, id) on delete cascade deferrable,
  foreign key (tenant_id, notice_id) references billing.notices (tenant_id, id) on delete cascade deferrable
);
create index notice_items_notice on billing.notice_items (tenant_id, notice_id);
alter table billing.notice_items enable row level security, force row level security;
create policy service on billing.notice_items to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on billing.notice_items as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, delete on billing.notice_items to app_service;
