-- One run of a job at a time: of two that begin at once the second is refused. Of several that never ended the newest stays.
alter table billing.runs no force row level security;
update billing.runs r set state = 'failed', code = 'interrupted', finished_at = now(),
    detail = 'The run ended without a word; the next one carried on'
  where r.state = 'running' and exists (
    select from billing.runs newer
    where newer.tenant_id = r.tenant_id and newer.job = r.job and newer.state = 'running' and newer.fence > r.fence);
alter table billing.runs force row level security;
create unique index runs_running on billing.runs (tenant_id, job) where state = 'running';
