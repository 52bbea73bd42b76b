-- An invoice that is void in QuickBooks, or deleted there, stays here as `voided`. What it bills counts as billed unless a
-- person said that it is to be billed anew. One that was lost there by mistake is posted anew, under another number.
alter table billing.invoices
  add column counts_as_billed boolean not null default true,
  drop constraint invoices_status_check,
  add constraint invoices_status_check
    check (status in ('draft', 'approved', 'posting', 'posted', 'in-doubt', 'failed', 'settled', 'voided')),
  add constraint invoices_counts_check check (counts_as_billed or status = 'voided');
grant update (counts_as_billed) on billing.invoices to app_service;

drop policy guest on billing.invoices;
create policy guest on billing.invoices as restrictive to app_service
  using (case when (select app.customer_id()) is null then true
    else customer_id = (select app.customer_id()) and status in ('posted', 'voided') end);
drop policy guest on billing.invoice_lines;
create policy guest on billing.invoice_lines as restrictive to app_service
  using (case when (select app.customer_id()) is null then true else invoice_id in
    (select i.id from billing.invoices i where i.customer_id = (select app.customer_id()) and i.status in ('posted', 'voided')) end);
drop policy guest on billing.postings;
create policy guest on billing.postings as restrictive to app_service
  using (case when (select app.customer_id()) is null then true else invoice_id in
    (select i.id from billing.invoices i where i.customer_id = (select app.customer_id()) and i.status in ('posted', 'voided')) end);

alter table billing.postings
  drop constraint postings_state_check,
  add constraint postings_state_check check (state in ('posting', 'posted', 'in-doubt', 'failed', 'voided')),
  drop constraint postings_check,
  add constraint postings_check check ((state in ('posted', 'voided')) = (remote_id is not null));

create or replace function billing.check_invoice_step(o billing.invoices, n billing.invoices) returns void language plpgsql
  set search_path = ''
  as $$
    begin
      if (o.status <> 'draft' or n.status <> 'draft')
          and (n.tenant_id, n.id, n.customer_id, n.customer_name, n.period_start, n.period_end, n.currency, n.total_minor,
            n.content_hash, n.run_id, n.created_at)
          is distinct from (o.tenant_id, o.id, o.customer_id, o.customer_name, o.period_start, o.period_end, o.currency,
            o.total_minor, o.content_hash, o.run_id, o.created_at) then
        raise exception 'only a draft changes' using errcode = 'restrict_violation';
      end if;
      if n.status <> o.status and (o.status, n.status) not in (('draft', 'approved'), ('draft', 'settled'),
          ('approved', 'posting'), ('failed', 'posting'), ('posting', 'posted'), ('posting', 'in-doubt'),
          ('posting', 'failed'), ('in-doubt', 'posted'), ('in-doubt', 'failed'), ('posted', 'voided'),
          ('posted', 'posting')) then
        raise exception 'an invoice does not go from % to %', o.status, n.status using errcode = 'restrict_violation';
      end if;
      if o.status = 'posted' and n.status <> 'posted' and exists (
          select from billing.postings p
          where p.tenant_id = n.tenant_id and p.invoice_id = n.id and p.state = 'posted') then
        raise exception 'what is in QuickBooks stays posted' using errcode = 'restrict_violation';
      end if;
      if o.status = 'draft' and n.status in ('approved', 'settled') then
        if app.session_tenant() is not null or n.approved_by is null or n.approved_at is null then
          raise exception 'a person approves an invoice' using errcode = 'restrict_violation';
        end if;
      elsif (n.approved_by, n.approved_hash, n.approved_at) is distinct from (o.approved_by, o.approved_hash, o.approved_at) then
        raise exception 'an approval never changes' using errcode = 'restrict_violation';
      end if;
    end
  $$;

create or replace function billing.guard_posted() returns trigger language plpgsql set search_path = ''
  as $$
    begin
      if current_user <> 'legendops_owner' and (old.status = 'voided'
          or old.status = 'posted' and (tg_op = 'DELETE' or new.status not in ('voided', 'posting'))) then
        raise exception 'a posted invoice never changes' using errcode = 'restrict_violation';
      end if;
      if tg_op = 'DELETE' then
        return old;
      end if;
      if current_user = 'app_service' or app.session_tenant() is not null then
        perform billing.check_invoice_step(old, new);
      end if;
      new.version := old.version + 1;
      new.updated_at := pg_catalog.clock_timestamp();
      return new;
    end
  $$;

-- A void that a person has asked for exists before the call to QuickBooks, as a posting does: a process that dies in the
-- middle of it leaves it to be looked for.
create table billing.voidings (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  invoice_id uuid not null,
  posting_id uuid not null,
  state text not null default 'voiding' check (state in ('voiding', 'voided', 'failed')),
  reason text not null,
  -- Whether what the invoice bills is billed anew.
  bills_anew boolean not null,
  asked_by uuid not null,
  code text,
  detail text,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  claimed_until timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, posting_id) references billing.postings (tenant_id, id) deferrable
);
create unique index voidings_open on billing.voidings (tenant_id, invoice_id) where state = 'voiding';
create index voidings_due on billing.voidings (next_attempt_at) where state = 'voiding';
create index voidings_invoice on billing.voidings (tenant_id, invoice_id);
create index voidings_posting on billing.voidings (tenant_id, posting_id);
create trigger touch before update on billing.voidings for each row execute function app.touch();
alter table billing.voidings enable row level security, force row level security;
create policy service on billing.voidings to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy platform on billing.voidings to app_platform using (true) with check (false);
create policy guest on billing.voidings as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update on billing.voidings to app_service;
grant select on billing.voidings to app_platform;
