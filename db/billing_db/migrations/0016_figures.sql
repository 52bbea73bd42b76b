-- What monitoring counts over all tenants: states, codes and times, by column; no name, no amount, no text.
create policy platform on billing.runs to app_platform using (true) with check (false);
create policy platform on billing.exceptions to app_platform using (true) with check (false);
grant select (tenant_id, job, state, finished_at) on billing.runs to app_platform;
grant select (code, resolved_at, dismissed_at) on billing.exceptions to app_platform;
create index runs_finished on billing.runs (finished_at);
create index runs_succeeded on billing.runs (tenant_id, job, finished_at desc) where state = 'done';
create index postings_open on billing.postings (state, created_at) where state <> 'posted';
