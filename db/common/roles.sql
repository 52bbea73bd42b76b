-- The roles of a server, applied before any migration, as often as wanted, by an administrator connected to the
-- database `postgres`: advisory locks are per database, and two runs at once would collide on pg_authid without one.
-- No password is set here: deployment sets them, and scram refuses a login that has none.
do $$
declare
  group_role text;
  login text;
  other text;
begin
  perform pg_advisory_xact_lock(hashtextextended('legendops:roles', 0));

  -- legendops_owner owns every object; app_service holds the services' rights on tables; app_platform the few named
  -- cross-tenant paths; tenant_job what a tenant's jobs may touch; app_registry the registry functions (operator).
  foreach group_role in array array['legendops_owner', 'app_service', 'app_platform', 'tenant_job', 'app_registry'] loop
    if not exists (select from pg_roles where rolname = group_role) then
      execute format('create role %I nologin', group_role);
    end if;
  end loop;

  if not exists (select from pg_roles where rolname = 'legendops_migrator') then
    create role legendops_migrator login noinherit;
  end if;
  grant legendops_owner to legendops_migrator with inherit false, set true, admin false;

  -- A service's login owns nothing and inherits nothing: without SET LOCAL ROLE it can read no table.
  foreach login in array array['svc_auth', 'svc_billing', 'svc_catalog', 'svc_portal'] loop
    if not exists (select from pg_roles where rolname = login) then
      execute format('create role %I login noinherit', login);
    end if;
    execute format('grant app_service, app_platform to %I with inherit false, set true, admin false', login);
    execute format('alter role %I set statement_timeout = %L', login, '15s');
    execute format('alter role %I set lock_timeout = %L', login, '5s');
    execute format('alter role %I set idle_in_transaction_session_timeout = %L', login, '30s');
  end loop;

  -- Many provisioners because a role's creator becomes its member: with one, every role change rebuilds a list of all
  -- tenants' logins (66 ms a tenant at 10,000 against 2 ms with 64).
  for shard in 0..63 loop
    login := format('provisioner_%s', lpad(shard::text, 2, '0'));
    if not exists (select from pg_roles where rolname = login) then
      execute format('create role %I login createrole', login);
    end if;
    execute format('grant tenant_job to %I with admin true, inherit false, set false', login);
    execute format('grant app_registry to %I with inherit true, set false, admin false', login);
  end loop;

  -- PUBLIC may connect to every database that somebody makes, `postgres` and the templates too: a tenant's login has business
  -- in billing_db and portal_db alone. database.sql says who has any in ours.
  for other in
    select d.datname from pg_database d
    where exists (select from aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a where a.grantee = 0)
  loop
    execute format('revoke connect, temporary on database %I from public', other);
  end loop;
end $$;
