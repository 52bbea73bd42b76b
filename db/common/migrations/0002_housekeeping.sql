create index outbox_age on app.outbox (created_at);

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
grant select, insert, update on app.feed_readers to app_platform;

create index idempotency_keys_age on app.idempotency_keys (created_at);
create policy platform on app.idempotency_keys to app_platform
  using (created_at < now() - interval '24 hours') with check (false);
grant select (tenant_id, route, key, created_at), delete on app.idempotency_keys to app_platform;
