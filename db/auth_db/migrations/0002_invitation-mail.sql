alter table auth.invitations
  add column mailing integer not null default 1,
  add column mail_attempts integer not null default 0,
  add column next_attempt_at timestamptz not null default now(),
  add column mail_failed_at timestamptz;
create index invitations_due on auth.invitations (next_attempt_at) where state = 'pending' and mail_failed_at is null;
drop index auth.invitations_pending;
