-- A tenant's job may write what it is for, column by column, and nothing that is a person's: DELETE and UPDATE on a whole
-- table would also let it lock the table against every other tenant (LOCK TABLE … IN ACCESS EXCLUSIVE MODE).
alter table billing.runs add column session integer;

revoke insert, update, delete on billing.runs, billing.pax8_companies, billing.pax8_subscriptions, billing.pax8_usage_lines,
  billing.pax8_usage_reads, billing.invoices, billing.invoice_lines, billing.exceptions from tenant_job;
grant insert (tenant_id, job, period, fence, session), update (state, code, detail, counts, finished_at)
  on billing.runs to tenant_job;
grant insert (tenant_id, id, name, status), update (name, status, learned_at) on billing.pax8_companies to tenant_job;
grant insert (tenant_id, id, company_id, product_id, product_name, quantity_e6, status, billing_term, start_date, end_date,
    price_e8, cost_e8, currency, effective_from),
  update (company_id, product_id, product_name, quantity_e6, status, billing_term, start_date, end_date, price_e8, cost_e8,
    currency, learned_at, effective_to)
  on billing.pax8_subscriptions to tenant_job;
grant insert (tenant_id, summary_id, subscription_id, company_id, usage_date, product_id, product_name, resource_group,
    unit_of_measure, quantity_e6, partner_total_e8, current_charges_e8, currency, is_trial),
  update (superseded_at)
  on billing.pax8_usage_lines to tenant_job;
grant insert (tenant_id, summary_id, read_from, read_to), update (read_from, read_to, read_at)
  on billing.pax8_usage_reads to tenant_job;
grant insert (tenant_id, customer_id, customer_name, period_start, period_end, currency, total_minor, content_hash, run_id),
  update (customer_name, total_minor, content_hash, run_id)
  on billing.invoices to tenant_job;
grant insert (tenant_id, invoice_id, position, source_key, description, quantity_e6, unit_price_e8, amount_minor, cost_minor,
    explanation)
  on billing.invoice_lines to tenant_job;
grant insert (tenant_id, run_id, subject_key, code, customer_id, detail, next_step, period),
  update (customer_id, detail, next_step, resolved_at, dismissed_at, dismissed_by)
  on billing.exceptions to tenant_job;

-- The service approves and posts; what an invoice says is the job's, and nobody's once it is approved.
revoke update on billing.invoices from app_service;
grant update (status, approved_by, approved_hash, approved_at) on billing.invoices to app_service;

-- What may become of an invoice: its content changes while it is a draft, and a draft is approved as it is, by a person.
create function billing.check_invoice_step(o billing.invoices, n billing.invoices) returns void language plpgsql
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
      if n.status <> o.status and (o.status, n.status) not in (('draft', 'approved'), ('approved', 'posting'),
          ('failed', 'posting'), ('posting', 'posted'), ('posting', 'in-doubt'), ('posting', 'failed'),
          ('in-doubt', 'posted'), ('in-doubt', 'failed')) then
        raise exception 'an invoice does not go from % to %', o.status, n.status using errcode = 'restrict_violation';
      end if;
      if o.status = 'draft' and n.status = 'approved' then
        if app.session_tenant() is not null or n.approved_by is null or n.approved_at is null then
          raise exception 'a person approves an invoice' using errcode = 'restrict_violation';
        end if;
      elsif (n.approved_by, n.approved_hash, n.approved_at) is distinct from (o.approved_by, o.approved_hash, o.approved_at) then
        raise exception 'an approval never changes' using errcode = 'restrict_violation';
      end if;
    end
  $$;
grant execute on function billing.check_invoice_step(billing.invoices, billing.invoices) to app_service, tenant_job;

-- Posted rows never change; only the end of the whole tenant removes them. What a person approved only moves on, and only
-- a person approves: whichever rights a login has, and an administrator aside, who repairs.
create or replace function billing.guard_posted() returns trigger language plpgsql set search_path = ''
  as $$
    begin
      if old.status = 'posted' and current_user <> 'legendops_owner' then
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

-- The invoice is held while its lines change: an approval waits for them, or they for the approval.
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
      return coalesce(new, old);
    end
  $$;

-- How a run ended is history.
create function billing.guard_ended_run() returns trigger language plpgsql set search_path = ''
  as $$
    begin
      if old.state <> 'running' and app.session_tenant() is not null then
        raise exception 'a run that has ended never changes' using errcode = 'restrict_violation';
      end if;
      return new;
    end
  $$;
grant execute on function billing.guard_ended_run() to tenant_job;
create trigger guard_ended_run before update on billing.runs for each row execute function billing.guard_ended_run();

-- A dismissal is a person's: a job may only take it back, when it has something else to say.
create function billing.guard_dismissal() returns trigger language plpgsql set search_path = ''
  as $$
    begin
      if app.session_tenant() is not null and (new.dismissed_at is not null or new.dismissed_by is not null)
          and (new.dismissed_at, new.dismissed_by) is distinct from (old.dismissed_at, old.dismissed_by) then
        raise exception 'a person dismisses an exception' using errcode = 'restrict_violation';
      end if;
      return new;
    end
  $$;
grant execute on function billing.guard_dismissal() to app_service, tenant_job;
create trigger guard_dismissal before update on billing.exceptions for each row execute function billing.guard_dismissal();

-- What a job removes, for its own tenant: a right to DELETE is one to lock the table.
create function billing.remove_drafts(p_ids uuid[]) returns integer language plpgsql security definer set search_path = ''
  as $$
    declare
      removed integer;
    begin
      delete from billing.invoices i
        where i.tenant_id = app.session_tenant() and i.id = any (p_ids) and i.status = 'draft';
      get diagnostics removed = row_count;
      return removed;
    end
  $$;

create function billing.remove_draft_lines(p_invoice uuid) returns integer language plpgsql security definer set search_path = ''
  as $$
    declare
      removed integer;
    begin
      perform from billing.invoices i
        where i.tenant_id = app.session_tenant() and i.id = p_invoice and i.status = 'draft' for update;
      if not found then
        raise exception 'the lines of an approved invoice never change' using errcode = 'restrict_violation';
      end if;
      delete from billing.invoice_lines l where l.tenant_id = app.session_tenant() and l.invoice_id = p_invoice;
      get diagnostics removed = row_count;
      return removed;
    end
  $$;

create function billing.remove_companies(p_listed uuid[]) returns integer language plpgsql security definer set search_path = ''
  as $$
    declare
      removed integer;
    begin
      delete from billing.pax8_companies c where c.tenant_id = app.session_tenant() and c.id <> all (p_listed);
      get diagnostics removed = row_count;
      return removed;
    end
  $$;

-- Whether a session of the caller's own tenant is still there: what a run's `session` held ends with it. No login can
-- have another tenant's name, so nobody else can keep a run alive or end it.
create function billing.is_own_session(p_pid integer) returns boolean language sql stable security definer set search_path = ''
  as $$
    select exists (select from pg_catalog.pg_stat_activity a
      where a.pid = p_pid and a.datname = pg_catalog.current_database()
        and a.usename::text in ('t_' || replace(app.session_tenant()::text, '-', '') || '_a',
          't_' || replace(app.session_tenant()::text, '-', '') || '_b'))
  $$;
grant execute on function billing.remove_drafts(uuid[]), billing.remove_draft_lines(uuid), billing.remove_companies(uuid[]),
  billing.is_own_session(integer) to tenant_job;
