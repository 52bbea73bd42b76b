-- What the vendor calls the account, and why a connection does not work: two things, which had one column. Programs of
-- the version before still write and read `detail` while these are rolled out; it goes with the next version.
alter table billing.connections
  add column account_name text,
  add column failure text,
  add constraint connections_failure_check check (state <> 'connected' or failure is null);

-- The owner itself is under the policies, and a migration has no tenant. Nothing of this is a change that anybody made. The
-- name of books that no longer work stands on what was sent to them.
alter table billing.connections no force row level security, disable trigger touch;
alter table billing.postings no force row level security;
update billing.connections c set
  account_name = case when c.state = 'connected' then nullif(c.detail, '') else (
    select p.realm_name from billing.postings p
    where p.tenant_id = c.tenant_id and c.vendor = 'quickbooks' and p.realm_id = c.account and p.realm_name <> ''
    order by p.created_at desc limit 1) end,
  failure = case when c.state <> 'connected' then nullif(c.detail, '') end;
alter table billing.postings force row level security;
alter table billing.connections force row level security, enable trigger touch;
