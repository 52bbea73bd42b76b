-- A draft that was taken back after a try that never went could not be removed by a run, which stopped there.
create or replace function billing.remove_drafts(p_ids uuid[]) returns integer language plpgsql security definer set search_path = ''
  as $$
    declare
      removed integer;
    begin
      -- A draft that was approved once may have tries that never went: nothing of them is anywhere.
      delete from billing.postings p
        where p.tenant_id = app.session_tenant() and p.state = 'failed' and p.sent_at is null and p.invoice_id in (
          select i.id from billing.invoices i
          where i.tenant_id = app.session_tenant() and i.id = any (p_ids) and i.status = 'draft' for update);
      delete from billing.invoices i
        where i.tenant_id = app.session_tenant() and i.id = any (p_ids) and i.status = 'draft';
      get diagnostics removed = row_count;
      return removed;
    end
  $$;

-- Of an order. What is within a document cannot be looked up by an index under row level security.
alter table billing.pax8_evidence
  add column company_id text generated always as (case when kind = 'order' then body ->> 'companyId' end) stored,
  add column ordered_on text collate "C" generated always as (case when kind = 'order' then body ->> 'createdDate' end) stored;
-- The orders of one customer, the newest first: a page reads those and no others.
create index pax8_evidence_orders on billing.pax8_evidence (tenant_id, company_id, ordered_on desc, id collate "C" desc)
  where kind = 'order' and subject = '' and effective_to is null;
