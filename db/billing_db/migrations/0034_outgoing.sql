-- What was sent, so that whatever is sent again under the same requestid is the very same; a choice that a person makes
-- meanwhile is for the next one.
alter table billing.postings add column outgoing jsonb;

-- What a posting cannot decide is told while it happens, by the service and not by a run; what settles it resolves it.
alter table billing.exceptions alter column run_id drop not null;
grant insert (tenant_id, subject_key, code, customer_id, detail, next_step, period, amount_minor, currency),
  update (customer_id, detail, next_step, resolved_at, amount_minor, currency)
  on billing.exceptions to app_service;
