-- An account of a vendor and the one tenant that it belongs to: a QuickBooks company by its realm; a Pax8 partner by its client
-- id and by every company that it lists, since no answer of Pax8's names the partner and each may have many client ids.
create table billing.vendor_accounts (
  tenant_id uuid not null,
  vendor text not null check (vendor in ('pax8', 'pax8-company', 'quickbooks')),
  account text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, vendor, account)
);
create unique index vendor_accounts_one_tenant on billing.vendor_accounts (vendor, account);

-- What was connected twice stays with the one who had it first; the other is asked to connect again, and is refused then.
alter table app.tenants no force row level security;
alter table billing.connections no force row level security;
alter table billing.pax8_companies no force row level security;
delete from billing.connections c using app.tenants t where t.id = c.tenant_id and t.state = 'retained'
  and exists (select from billing.connections o where o.vendor = c.vendor and o.account = c.account and o.tenant_id <> c.tenant_id);
delete from billing.connections c using billing.connections o
  where (o.vendor, o.account) = (c.vendor, c.account) and (o.created_at, o.tenant_id) < (c.created_at, c.tenant_id);
delete from billing.connections c where c.vendor = 'pax8' and exists (
  select from billing.pax8_companies own
  join billing.pax8_companies theirs on theirs.id = own.id and theirs.tenant_id <> own.tenant_id
  join billing.connections o on o.tenant_id = theirs.tenant_id and o.vendor = 'pax8'
  where own.tenant_id = c.tenant_id and (o.created_at, o.tenant_id) < (c.created_at, c.tenant_id));
insert into billing.vendor_accounts (tenant_id, vendor, account) select tenant_id, vendor, account from billing.connections;
insert into billing.vendor_accounts (tenant_id, vendor, account)
  select p.tenant_id, 'pax8-company', p.id::text from billing.pax8_companies p
  join billing.connections c on c.tenant_id = p.tenant_id and c.vendor = 'pax8' order by c.created_at on conflict do nothing;
alter table billing.connections add constraint connections_account foreign key (tenant_id, vendor, account)
  references billing.vendor_accounts (tenant_id, vendor, account) deferrable;
alter table app.tenants force row level security;
alter table billing.connections force row level security;
alter table billing.pax8_companies force row level security;

alter table billing.vendor_accounts enable row level security, force row level security;
create policy tenant on billing.vendor_accounts
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy holders on billing.vendor_accounts to legendops_owner using (true) with check (false);
create policy guest on billing.vendor_accounts as restrictive to app_service using ((select app.customer_id()) is null);
grant select, delete on billing.vendor_accounts to app_service;
grant delete on billing.connections to app_service;

-- Makes accounts the caller's tenant's, and returns those that were not yet. One that another tenant holds is a violation of
-- vendor_accounts_one_tenant, which tells nothing of the holder; whose tenant is retained gives it up to who has it now.
create function billing.claim_accounts(p_vendor text, p_accounts text[]) returns text[]
  language plpgsql security definer set search_path = ''
  as $$
    declare
      own constant uuid := app.own_tenant();
      gone uuid;
      claimed text[];
    begin
      for gone in
        select distinct a.tenant_id from billing.vendor_accounts a join app.tenants t on t.id = a.tenant_id
        where a.vendor = p_vendor and a.account = any (p_accounts) and a.tenant_id <> own and t.state = 'retained'
      loop
        perform pg_catalog.set_config('app.tenant_id', gone::text, true);
        delete from billing.connections c
          where c.tenant_id = gone and c.vendor = pg_catalog.split_part(p_vendor, '-', 1);
        delete from billing.vendor_accounts a
          where a.tenant_id = gone and pg_catalog.split_part(a.vendor, '-', 1) = pg_catalog.split_part(p_vendor, '-', 1);
      end loop;
      perform pg_catalog.set_config('app.tenant_id', own::text, true);
      with added as (
        insert into billing.vendor_accounts (tenant_id, vendor, account)
          select own, p_vendor, wanted from pg_catalog.unnest(p_accounts) wanted
          on conflict (tenant_id, vendor, account) do nothing
          returning account
      )
      select pg_catalog.array_agg(account) into claimed from added;
      return coalesce(claimed, '{}');
    end
  $$;
grant execute on function billing.claim_accounts(text, text[]) to app_service;

-- A company of the mirror is its partner's: the tenant that has one is the only one.
create function billing.claim_company() returns trigger language plpgsql security definer set search_path = ''
  as $$
    begin
      perform billing.claim_accounts('pax8-company', array[new.id::text]);
      return null;
    end
  $$;
create trigger claim_company after insert on billing.pax8_companies for each row execute function billing.claim_company();

create function billing.free_company() returns trigger language plpgsql security definer set search_path = ''
  as $$
    begin
      delete from billing.vendor_accounts a
        where a.tenant_id = old.tenant_id and a.vendor = 'pax8-company' and a.account = old.id::text;
      return null;
    end
  $$;
create trigger free_company after delete on billing.pax8_companies for each row execute function billing.free_company();
