-- What changed after an approval is a signed line of a later invoice, which names the line that it corrects and its month. An
-- invoice whose total is below nothing is a credit memo; one whose lines cancel out is settled, and nothing is sent.
-- The foreign key is checked as the owner, whom the policies would bind.
alter table billing.invoice_lines no force row level security;
alter table billing.invoice_lines
  add column corrects uuid,
  add column corrects_period date,
  add constraint invoice_lines_corrects foreign key (tenant_id, corrects) references billing.invoice_lines (tenant_id, id) deferrable,
  add constraint invoice_lines_corrects_check check (corrects is null or corrects_period is not null);
alter table billing.invoice_lines force row level security;
create index invoice_lines_corrected on billing.invoice_lines (tenant_id, corrects_period) where corrects_period is not null;
create index invoice_lines_corrects on billing.invoice_lines (tenant_id, corrects) where corrects is not null;
grant insert (corrects, corrects_period) on billing.invoice_lines to tenant_job;
alter table billing.invoices
  add column kind text not null generated always as (case when total_minor < 0 then 'credit-memo' else 'invoice' end) stored,
  drop constraint invoices_status_check,
  add constraint invoices_status_check
    check (status in ('draft', 'approved', 'posting', 'posted', 'in-doubt', 'failed', 'settled')),
  add constraint invoices_settled_check check (status <> 'settled' or total_minor = 0);

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
          ('posting', 'failed'), ('in-doubt', 'posted'), ('in-doubt', 'failed')) then
        raise exception 'an invoice does not go from % to %', o.status, n.status using errcode = 'restrict_violation';
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
