-- What persons do with a draft: they change its lines, hold it, reject it, approve it by one or by two, and take that back.
alter table billing.invoices
  drop constraint invoices_status_check,
  add constraint invoices_status_check
    check (status in ('draft', 'approved', 'posting', 'posted', 'in-doubt', 'failed', 'settled', 'rejected', 'voided')),
  drop constraint invoices_approved_check,
  add constraint invoices_approved_check
    check (status in ('draft', 'rejected') or (approved_hash is not null and approved_hash = content_hash));
grant update (total_minor, content_hash) on billing.invoices to app_service;

-- What the rating says of a line that a person has changed: {description, quantityE6, unitPriceE8, amountMinor}.
alter table billing.invoice_lines add column rated jsonb;
grant insert, update (description, quantity_e6, unit_price_e8, amount_minor, rated), delete on billing.invoice_lines to app_service;
grant insert (rated) on billing.invoice_lines to tenant_job;

-- What persons have changed of drafts: the rating goes on saying what it says, and a run that writes the draft anew keeps both.
-- A null is as the rating has it. A line of a person's own is complete, and its key begins with 'manual:'.
create table billing.line_edits (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  customer_id uuid not null,
  period_start date not null,
  currency text not null,
  source_key text not null,
  description text,
  quantity_e6 bigint,
  unit_price_e8 bigint,
  reason text not null,
  edited_by uuid not null,
  edited_name text not null,
  edited_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, customer_id, period_start, currency, source_key),
  foreign key (tenant_id, customer_id) references billing.customers (tenant_id, id) deferrable,
  constraint line_edits_manual_check
    check (source_key not like 'manual:%' or (description is not null and quantity_e6 is not null and unit_price_e8 is not null))
);
alter table billing.line_edits enable row level security, force row level security;
create policy tenant on billing.line_edits
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on billing.line_edits as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on billing.line_edits to app_service;
grant select on billing.line_edits to tenant_job;

-- What a person has decided about a customer's month, whatever becomes of its draft. held: nobody approves it until then.
-- left: it is not billed. anew: it is drafted anew before anybody approves it, by a run that begins after.
create table billing.invoice_decisions (
  tenant_id uuid not null,
  customer_id uuid not null,
  period_start date not null,
  currency text not null,
  decision text not null check (decision in ('held', 'left', 'anew')),
  reason text not null,
  held_until date,
  -- The instant at which that day begins where the tenant is.
  held_until_at timestamptz,
  decided_by uuid not null,
  decided_name text not null,
  decided_at timestamptz not null,
  answered_at timestamptz,
  primary key (tenant_id, customer_id, period_start, currency),
  foreign key (tenant_id, customer_id) references billing.customers (tenant_id, id) deferrable,
  constraint invoice_decisions_until_check
    check ((held_until is null) = (held_until_at is null) and (decision = 'held' or held_until is null)),
  constraint invoice_decisions_answered_check check (decision = 'anew' or answered_at is null)
);
alter table billing.invoice_decisions enable row level security, force row level security;
create policy tenant on billing.invoice_decisions
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on billing.invoice_decisions as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on billing.invoice_decisions to app_service;
grant select, update (answered_at) on billing.invoice_decisions to tenant_job;

-- Above which amount two persons approve.
create table billing.approval_limits (
  tenant_id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  limit_minor bigint not null check (limit_minor >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, currency)
);
alter table billing.approval_limits enable row level security, force row level security;
create policy service on billing.approval_limits to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on billing.approval_limits as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on billing.approval_limits to app_service;

-- Who has approved what; of which words and numbers.
create table billing.invoice_approvals (
  tenant_id uuid not null,
  invoice_id uuid not null,
  member_id uuid not null,
  member_name text not null,
  content_hash text not null,
  approved_at timestamptz not null,
  primary key (tenant_id, invoice_id, member_id),
  foreign key (tenant_id, invoice_id) references billing.invoices (tenant_id, id) on delete cascade deferrable
);
alter table billing.invoice_approvals enable row level security, force row level security;
create policy tenant on billing.invoice_approvals
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on billing.invoice_approvals as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on billing.invoice_approvals to app_service;

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
          ('draft', 'rejected'), ('approved', 'posting'), ('failed', 'posting'), ('posting', 'posted'),
          ('posting', 'in-doubt'), ('posting', 'failed'), ('in-doubt', 'posted'), ('in-doubt', 'failed'), ('posted', 'voided'),
          ('posted', 'posting'), ('approved', 'draft'), ('settled', 'draft'), ('rejected', 'draft'), ('posting', 'draft'),
          ('failed', 'draft')) then
        raise exception 'an invoice does not go from % to %', o.status, n.status using errcode = 'restrict_violation';
      end if;
      if n.status <> o.status and (o.status = 'draft' or n.status = 'draft') and app.session_tenant() is not null then
        raise exception 'a person decides what becomes of a draft' using errcode = 'restrict_violation';
      end if;
      if o.status = 'posted' and n.status <> 'posted' and exists (
          select from billing.postings p
          where p.tenant_id = n.tenant_id and p.invoice_id = n.id and p.state = 'posted') then
        raise exception 'what is in QuickBooks stays posted' using errcode = 'restrict_violation';
      end if;
      if o.status = 'draft' and n.status in ('approved', 'settled') then
        if n.approved_by is null or n.approved_at is null then
          raise exception 'a person approves an invoice' using errcode = 'restrict_violation';
        end if;
        if exists (select from billing.approval_limits l
              where l.tenant_id = n.tenant_id and l.currency = n.currency and abs(n.total_minor) > l.limit_minor)
            and (select count(*) from billing.invoice_approvals a
              where a.tenant_id = n.tenant_id and a.invoice_id = n.id and a.content_hash = n.content_hash) < 2 then
          raise exception 'two persons approve what is above the limit' using errcode = 'restrict_violation';
        end if;
      elsif o.status <> 'draft' and n.status = 'draft' then
        if exists (select from billing.postings p where p.tenant_id = n.tenant_id and p.invoice_id = n.id
            and (p.state in ('posting', 'in-doubt', 'posted') or p.sent_at is not null)) then
          raise exception 'what may have been sent is not taken back' using errcode = 'restrict_violation';
        end if;
        if coalesce(n.approved_by::text, n.approved_hash, n.approved_at::text) is not null then
          raise exception 'a draft has no approval' using errcode = 'restrict_violation';
        end if;
      elsif (n.approved_by, n.approved_hash, n.approved_at) is distinct from (o.approved_by, o.approved_hash, o.approved_at) then
        raise exception 'an approval never changes' using errcode = 'restrict_violation';
      end if;
    end
  $$;

create or replace function billing.guard_posted_lines() returns trigger language plpgsql set search_path = ''
  as $$
    declare
      held text;
    begin
      if current_user = 'legendops_owner' then
        return coalesce(new, old);
      end if;
      select i.status into held from billing.invoices i
        where i.tenant_id = coalesce(new.tenant_id, old.tenant_id) and i.id = coalesce(new.invoice_id, old.invoice_id)
        for share;
      if held <> 'draft' then
        raise exception 'the lines of an approved invoice never change' using errcode = 'restrict_violation';
      end if;
      -- An approval that was taken back meanwhile: its month is drafted anew, and there is nothing to correct.
      if tg_op = 'INSERT' and new.corrects_period is not null then
        perform from billing.invoices i
          join billing.invoices c on c.tenant_id = i.tenant_id and c.customer_id = i.customer_id and c.currency = i.currency
          where i.tenant_id = new.tenant_id and i.id = new.invoice_id and c.period_start = new.corrects_period
            and c.status = 'draft'
          for share of c;
        if found then
          raise exception 'a draft is not corrected' using errcode = 'restrict_violation';
        end if;
      end if;
      return coalesce(new, old);
    end
  $$;
